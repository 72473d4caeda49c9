"""Open or closed: what a calendar says at a moment, and when that changes. Pure, and right when clocks change.

A wall time that a clock change leaves out counts as if the clock had not changed yet; of one that comes twice the
first opens and the second closes. So an hour before and after every change is as people expect it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from answerback.domain.hours.calendar import DAY, Calendar, Day, day_of

HORIZON: Final = timedelta(days=400)
"""How far ahead to look for a change: past every holiday of a year."""


@dataclass(frozen=True, slots=True)
class Open:
    """`closes_at` None: not within the horizon."""

    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """Outside the opening times; `reason` names a special day. `reopens_at` None: not within the horizon."""

    reason: str
    reopens_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holiday:
    """Closed for a holiday of this name."""

    name: str
    reopens_at: datetime | None


HoursState = Open | Closed | Holiday


def state_at(calendar: Calendar, now: datetime) -> HoursState:
    """What the calendar says at `now` (aware). Times of change are UTC."""
    today = day_of(calendar, now.astimezone(ZoneInfo(calendar.zone)).date())
    start, end = _first_interval(calendar, now, today.date)
    if start is not None and start <= now:
        return Open(end)
    if today.holiday and not today.spans:
        return Holiday(today.name, start)
    return Closed(today.name, start)


def changes_at(calendar: Calendar, state: HoursState, now: datetime) -> datetime:
    """When to look again: at the next change, and at midnight while closed, when a holiday may begin."""
    if isinstance(state, Open):
        return state.closes_at or now + HORIZON / 2
    zone = ZoneInfo(calendar.zone)
    midnight = _instant(now.astimezone(zone).date() + timedelta(days=1), 0, zone, later=False)
    return min(midnight, state.reopens_at) if state.reopens_at else midnight


def _first_interval(
    calendar: Calendar, now: datetime, today: date
) -> tuple[datetime, datetime | None] | tuple[None, None]:
    """The open time that holds `now`, else the next one; joined with what follows it without a gap."""
    start: datetime | None = None
    end: datetime | None = None
    for begins, ends in _intervals(calendar, today):
        if ends <= now:
            continue
        if start is None or end is None:
            start, end = begins, ends
        elif begins <= end:
            end = max(end, ends)
        else:
            return start, end
    if start is None or end is None:
        return None, None
    return start, end if end < now + HORIZON - timedelta(days=2) else None


def _intervals(calendar: Calendar, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Open times in order, from those that began yesterday on."""
    zone = ZoneInfo(calendar.zone)
    for days in range(-1, HORIZON.days):
        day: Day = day_of(calendar, today + timedelta(days=days))
        for span in sorted(day.spans):
            begins = _instant(day.date, span.opens, zone, later=False)
            ends = _instant(day.date, span.closes, zone, later=True)
            if begins < ends:
                yield begins, ends


def _instant(on: date, minutes: int, zone: ZoneInfo, *, later: bool) -> datetime:
    """The moment when the clock on the wall shows this; of two such moments the first, or the later."""
    on, minutes = on + timedelta(days=minutes // DAY), minutes % DAY
    wall = datetime.combine(on, time(minutes // 60, minutes % 60), zone)
    moment = wall.astimezone(UTC)
    if later:
        again = wall.replace(fold=1).astimezone(UTC)
        return max(moment, again)  # in a gap the second reading is the earlier one
    return moment
