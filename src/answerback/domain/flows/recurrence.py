"""When a timed flow begins: occurrences by the clocks of its zone, through every change to and from summer time.

The rule is a part of RFC 5545: FREQ daily to yearly, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, COUNT, UNTIL. A time that a
change of clocks skips is kept as much later; one that comes twice is its first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil import rrule

from answerback.domain.flows.triggers import OnDate, Scheduled, Timed

LATEST: Final = timedelta(hours=12)
"""How late an occurrence still begins after the centre was down: a text of the morning is no good the next day."""
FAR: Final = timedelta(days=9 * 366)
"""A rule without a day in so long (29 February comes every eight years at the most) has none."""
DAILY: Final = "FREQ=DAILY"
_FREQUENCIES: Final = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
_DAYS: Final = {"MO": rrule.MO, "TU": rrule.TU, "WE": rrule.WE, "TH": rrule.TH, "FR": rrule.FR, "SA": rrule.SA,
                "SU": rrule.SU}  # fmt: skip
_PATTERNS: Final = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYDAY": r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
}


class WrongRule(Exception):  # noqa: N818 - a finding, told to people
    """The message says what is wrong, as the second half of a sentence."""


@lru_cache(1024)
def read_rule(text: str) -> dict[str, Any]:
    """Its parts, as dateutil takes them. Raises WrongRule."""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if name not in _PATTERNS:
            raise WrongRule(f"has {name or 'an empty part'}, which is not known here")
        if name in parts:
            raise WrongRule(f"has {name} twice")
        if not re.fullmatch(_PATTERNS[name], value):
            raise WrongRule(f"has {name} {value}, which cannot be used")
        parts[name] = value
    if "FREQ" not in parts:
        raise WrongRule("does not say how often: FREQ is missing")
    if "COUNT" in parts and "UNTIL" in parts:
        raise WrongRule("has both COUNT and UNTIL")
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        raise WrongRule("counts weekdays (such as 1MO), which only a month or a year has")
    return _as_taken(parts)


def _as_taken(parts: dict[str, str]) -> dict[str, Any]:
    taken: dict[str, Any] = {"freq": _FREQUENCIES[parts["FREQ"]], "interval": int(parts.get("INTERVAL", "1"))}
    if "BYDAY" in parts:
        days = [re.fullmatch(r"([+-]?\d)?(..)", one) for one in parts["BYDAY"].split(",")]
        taken["byweekday"] = [_DAYS[day[2]](int(day[1])) if day[1] else _DAYS[day[2]] for day in days if day]
    for name in ("BYMONTHDAY", "BYMONTH"):
        if name in parts:
            taken[name.lower()] = [int(one) for one in parts[name].split(",")]
    if "COUNT" in parts:
        taken["count"] = int(parts["COUNT"])
    if "UNTIL" in parts:
        try:
            taken["until"] = datetime.strptime(parts["UNTIL"], "%Y%m%d") + timedelta(days=1, seconds=-1)
        except ValueError:
            raise WrongRule(f"has UNTIL {parts['UNTIL']}, which is no day") from None
    return taken


def next_time(trigger: Timed, after: datetime) -> datetime | None:
    """The first occurrence later than that; None: there is no more."""
    zone = ZoneInfo(trigger.zone)
    for local in _local_times(trigger, after.astimezone(zone).replace(tzinfo=None)):
        moment = local.replace(tzinfo=zone).astimezone(UTC)
        if moment > after:
            return moment
    return None


@dataclass(frozen=True, slots=True)
class Due:
    """The last occurrence that has come, how many before it passed unused, and the next."""

    at: datetime
    skipped: int
    following: datetime | None


def newest_due(trigger: Timed, due: datetime, now: datetime) -> Due:
    """`due` is the oldest that has come."""
    skipped = 0
    following = next_time(trigger, due)
    while following is not None and following <= now:
        due, following, skipped = following, next_time(trigger, following), skipped + 1
    return Due(due, skipped, following)


def _local_times(trigger: Timed, near: datetime) -> Iterator[datetime]:
    """By the clock on the wall, from a day before `near`, so that no change of clocks hides one."""
    since = near - timedelta(days=1)
    match trigger:
        case OnDate(time_of_day=time):
            begins, rule = datetime.fromisoformat(f"{since.date()}T{time}"), DAILY
        case Scheduled(begins=begins_text, repeats=repeats):
            begins = datetime.fromisoformat(begins_text)
            if repeats is None:
                yield begins
                return
            rule = repeats
    taken = dict(read_rule(rule))
    count = taken.pop("count", None)  # counted here, so that a rule without any day comes to its end
    taken["until"] = min(taken.get("until", datetime.max), max(near, begins) + FAR)
    for local in islice(rrule.rrule(dtstart=begins, **taken), count):
        if local >= since:
            yield local
