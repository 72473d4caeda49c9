"""A calendar: the opening times of a week in one time zone, days that are different, and public holidays."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from answerback.domain.hours.holidays import holidays_in

DAY: Final = 1440
"""Minutes by the clock on the wall."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from `opens` until before `closes`, in minutes after the midnight that begins the day.

    A span belongs to the day it begins on: 22:00 to 06:00 is (1320, 1800).
    """

    opens: int
    closes: int


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day or several in a row that are not as the week says; without spans closed. The first that fits counts."""

    first: date
    last: date
    name: str
    spans: Spans = ()
    holiday: bool = False
    """Say "closed for a holiday" rather than "closed"."""


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """Closed on the public holidays of a country or a part of it; `names` None means all of them."""

    country: str
    subdivision: str | None = None
    names: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """`week` has seven days, Monday first. `zone` is an IANA name."""

    zone: str
    week: tuple[Spans, ...]
    special_days: tuple[SpecialDay, ...] = ()
    holidays: PublicHolidays | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What a calendar says about one date. `name` is empty on a day that is as the week says."""

    date: date
    spans: Spans
    name: str = ""
    holiday: bool = False


def day_of(calendar: Calendar, on: date) -> Day:
    """Special days win over holidays, holidays over the week."""
    for special in calendar.special_days:
        if special.first <= on <= special.last:
            return Day(on, special.spans, special.name, special.holiday)
    name = _holiday(calendar.holidays, on)
    if name is not None:
        return Day(on, (), name, holiday=True)
    return Day(on, calendar.week[on.weekday()])


def is_chosen(name: str, names: frozenset[str]) -> bool:
    """Also the day a holiday is moved to, and a day that is two holidays at once."""
    return any(part.removesuffix(" (observed)").strip() in names for part in name.split(";"))


def _holiday(chosen: PublicHolidays | None, on: date) -> str | None:
    if chosen is None:
        return None
    name = holidays_in(chosen.country, chosen.subdivision, on.year).get(on)
    return name if name is not None and (chosen.names is None or is_chosen(name, chosen.names)) else None


def overlap(spans: Spans) -> bool:
    """Whether two spans of one day lie over each other."""
    in_order = sorted(spans)
    return any(one.closes > other.opens for one, other in pairwise(in_order))
