"""Between a calendar as it is stored and the calendar the domain reads; and what it says now, kept up by the clock."""

from datetime import UTC, datetime

import msgspec

from answerback.domain.hours import calendar as hours
from answerback.domain.hours.state import Closed, Holiday, HoursState, Open, changes_at, state_at
from answerback.storage.calendars import (
    DAYS,
    Calendar,
    HolidayChoice,
    HoursNow,
    OpenSpan,
    SpecialDay,
    Week,
    due_calendars,
    update_calendar,
)
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify

BATCH = 100


def read_calendar(
    time_zone: str, week: Week, special_days: list[SpecialDay], holidays: HolidayChoice | None
) -> hours.Calendar:
    """The calendar the domain reasons about."""
    return hours.Calendar(
        time_zone,
        tuple(_spans(getattr(week, day)) for day in DAYS),
        tuple(
            hours.SpecialDay(day.first, day.last or day.first, day.name, _spans(day.spans), day.holiday)
            for day in special_days
        ),
        None
        if holidays is None
        else hours.PublicHolidays(
            holidays.country,
            holidays.subdivision,
            None if holidays.names is None else frozenset(holidays.names),
        ),
    )


def hours_of(calendar: Calendar) -> hours.Calendar:
    """The same of a stored one."""
    return read_calendar(calendar.time_zone, calendar.week, calendar.special_days, calendar.holidays)


def look(calendar: hours.Calendar, now: datetime) -> tuple[HoursNow, datetime]:
    """What it says at `now`, and when to look again."""
    state = state_at(calendar, now)
    return show_state(state), changes_at(calendar, state, now)


def show_state(state: HoursState) -> HoursNow:
    """For the API and the row."""
    match state:
        case Open(closes_at):
            return HoursNow("open", "", closes_at)
        case Closed(reason, reopens_at):
            return HoursNow("closed", reason, reopens_at)
        case Holiday(name, reopens_at):
            return HoursNow("holiday", name, reopens_at)


async def turn_calendars(pool: Pool) -> bool:
    """Note what opened or closed and let waiting conversations be offered. Whether there may be more."""
    async with pool.acquire() as connection, connection.transaction():
        due = await due_calendars(connection, BATCH)
        if not due:
            return False
        turned = []
        for calendar in due:
            now, look_at = look(hours_of(calendar), datetime.now(UTC))
            await update_calendar(connection, msgspec.structs.replace(calendar, now=now), look_at)
            if now.state != calendar.now.state:
                turned.append(NewEvent("HoursTurned", data={"calendar_id": calendar.id, "state": now.state}))
        await append(connection, turned)
        if turned:
            await notify(connection, "event", "route")
        return len(due) == BATCH


def _spans(spans: list[OpenSpan]) -> hours.Spans:
    return tuple(_span(span) for span in spans)


def _span(span: OpenSpan) -> hours.Span:
    opens, closes = _minutes(span.opens), _minutes(span.closes)
    return hours.Span(opens, closes if closes > opens else closes + hours.DAY)


def _minutes(wall: str) -> int:
    hour, _, minute = wall.partition(":")
    return int(hour) * 60 + int(minute)
