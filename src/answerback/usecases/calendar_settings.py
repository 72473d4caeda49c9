"""Calendars: add, change, remove, and try one out before it is saved."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import available_timezones

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.hours import calendar as hours
from answerback.domain.hours.holidays import holidays_in, places
from answerback.storage.calendars import (
    DAYS,
    Calendar,
    HolidayChoice,
    HoursNow,
    OpenSpan,
    SpecialDay,
    Week,
    delete_calendar,
    get_calendar,
    insert_calendar,
    lock_calendar,
    update_calendar,
    uses_of_calendar,
)
from answerback.storage.connection import Database, Pool
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.opening_hours import hours_of, look, read_calendar
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Office hours"])]
TimeZone = Annotated[str, Meta(min_length=1, max_length=64, description="An IANA name.", examples=["America/New_York"])]
SpecialDays = Annotated[list[SpecialDay], Meta(max_length=500)]


class CalendarTrial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Opening times to try out."""

    time_zone: TimeZone
    week: Week = msgspec.field(default_factory=Week)
    special_days: SpecialDays = []
    holidays: HolidayChoice | None = None


class CalendarDraft(CalendarTrial, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A calendar to add; what is left out is closed."""

    name: Name


class CalendarChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; the week, the special days and the holidays are replaced as a whole."""

    name: Name | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    week: Week | UnsetType = UNSET
    special_days: SpecialDays | UnsetType = UNSET
    holidays: HolidayChoice | UnsetType | None = UNSET


async def create_calendar(pool: Pool, draft: CalendarDraft, actor_id: int) -> Calendar | Invalid | Conflict:
    problems = tuple(_problems(draft.name, draft))
    if problems:
        return Invalid(problems)
    at = datetime.now(UTC)
    now, look_at = look(read_calendar(draft.time_zone, draft.week, draft.special_days, draft.holidays), at)
    calendar = Calendar(id=0, now=now, created_at=at, **msgspec.structs.asdict(draft))
    try:
        async with pool.acquire() as connection, connection.transaction():
            created = await insert_calendar(connection, calendar, look_at)
            await record_setting(connection, "CalendarCreated", actor_id, {"id": created.id, "name": created.name})
            return created
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_calendar(
    pool: Pool, calendar_id: int, changes: CalendarChanges, actor_id: int
) -> Calendar | Invalid | NotFound | Conflict:
    """Acts at once: queues with these hours open or close as they now say."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_calendar(connection, calendar_id)
            if old is None:
                return NotFound(f"calendar {calendar_id}")
            wanted = apply_changes(old, changes)
            problems = tuple(_problems(wanted.name, wanted))
            if problems:
                return Invalid(problems)
            now, look_at = look(hours_of(wanted), datetime.now(UTC))
            new = msgspec.structs.replace(wanted, now=now)
            await update_calendar(connection, new, look_at)
            same_moment = msgspec.structs.replace(old, now=now)
            if new != same_moment:
                data = {"id": new.id, "name": new.name, "changes": difference(same_moment, new)}
                await record_setting(connection, "CalendarChanged", actor_id, data)
            return new
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def remove_calendar(pool: Pool, calendar_id: int, actor_id: int) -> NotFound | InUse | None:
    async with pool.acquire() as connection, connection.transaction():
        calendar = await lock_calendar(connection, calendar_id)
        if calendar is None:
            return NotFound(f"calendar {calendar_id}")
        uses = await uses_of_calendar(connection, calendar_id)
        if uses:
            return InUse(f"calendar {calendar.name}", uses, "Give them other hours first.")
        await delete_calendar(connection, calendar_id)
        data = {"id": calendar_id, "name": calendar.name}
        await record_setting(connection, "CalendarRemoved", actor_id, data)
    return None


def try_calendar(trial: CalendarTrial, at: datetime) -> HoursNow | Invalid:
    """What it would say at a moment."""
    problems = tuple(_problems(None, trial))
    if problems:
        return Invalid(problems)
    return look(read_calendar(trial.time_zone, trial.week, trial.special_days, trial.holidays), at)[0]


async def calendar_problem(database: Database, calendar_id: int | None) -> FieldProblem | None:
    """What is wrong with naming this calendar."""
    if calendar_id is None or await get_calendar(database, calendar_id) is not None:
        return None
    return FieldProblem("calendar_id", "is not a calendar", "Choose one from GET /api/v1/calendars, or add it first.")


def _problems(name: str | None, calendar: CalendarTrial | Calendar) -> Iterator[FieldProblem]:
    if name is not None and (problem := name_problem(name)):
        yield problem
    if calendar.time_zone not in available_timezones():
        yield FieldProblem("time_zone", "is not a time zone", "Use an IANA name such as America/New_York.")
    for day in DAYS:
        yield from _span_problems(f"week.{day}", getattr(calendar.week, day))
    for place, special in enumerate(calendar.special_days):
        yield from _span_problems(f"special_days[{place}].spans", special.spans)
        if special.last is not None and not special.first <= special.last:
            yield FieldProblem(f"special_days[{place}].last", "is before the first day", "Let it end later.")
    if calendar.holidays is not None:
        yield from _holiday_problems(calendar.holidays)


def _span_problems(field: str, spans: list[OpenSpan]) -> Iterator[FieldProblem]:
    if any(span.opens == "24:00" for span in spans):
        yield FieldProblem(field, "opens at 24:00", "Write 00:00 on the next day.")
        return
    week = Week(mon=spans)
    if hours.overlap(read_calendar("UTC", week, [], None).week[0]):
        yield FieldProblem(field, "has times that lie over each other", "Join them, or move one.")


def _holiday_problems(choice: HolidayChoice) -> Iterator[FieldProblem]:
    if choice.country not in places():
        yield FieldProblem(
            "holidays.country", "has no holidays here", "Choose one from GET /api/v1/calendars/places, or enter days."
        )
    elif choice.subdivision is not None and choice.subdivision not in places()[choice.country]:
        problem = f"is not a part of {choice.country} with holidays of its own"
        yield FieldProblem("holidays.subdivision", problem, "Choose one from GET /api/v1/calendars/places.")
    else:
        yield from _name_problems(choice)


def _name_problems(choice: HolidayChoice) -> Iterator[FieldProblem]:
    """A name that no year near now knows is a typing error."""
    year = datetime.now(UTC).year
    known = {
        part.removesuffix(" (observed)").strip()
        for each in (year - 1, year, year + 1)
        for name in holidays_in(choice.country, choice.subdivision, each).values()
        for part in name.split(";")
    }
    for name in choice.names or ():
        if name not in known:
            problem = f"has {name}, which is no holiday there"
            yield FieldProblem("holidays.names", problem, "Choose from GET /api/v1/calendars/holidays.")


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another calendar", "Choose another name.")
    return Conflict("Another calendar has this name.", (problem,))
