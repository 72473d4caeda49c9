"""Calendars: opening times as settings, and what each says now."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import asyncpg
import msgspec
from msgspec import Meta

from answerback.storage.connection import Connection, Database

Clock = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", description="By the clock on the wall.")]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

SELECT = """
select id, name, time_zone, week, special_days, holidays, state, state_name, until, created_at from calendar
"""


class OpenSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Open from `opens` until `closes`; where that is not later, on the next day. 00:00 to 24:00: all day."""

    opens: Clock
    closes: Clock


Spans = Annotated[list[OpenSpan], Meta(max_length=10)]


class Week(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day without spans is closed."""

    mon: Spans = []
    tue: Spans = []
    wed: Spans = []
    thu: Spans = []
    fri: Spans = []
    sat: Spans = []
    sun: Spans = []


class SpecialDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days that are not as the week says: closed without `spans`. `holiday` says it as a holiday to customers."""

    first: date
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    last: date | None = None
    spans: Spans = []
    holiday: bool = False


class HolidayChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Closed on public holidays of a country or part of it; `names` null: all of them."""

    country: Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["US"])]
    subdivision: Annotated[str, Meta(max_length=10, examples=["PR"])] | None = None
    names: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=100)] | None = None


class HoursNow(msgspec.Struct, frozen=True):
    """`until` is when it closes or opens again; null: not within a year. `name` is that of the day, if it has one."""

    state: Literal["open", "closed", "holiday"]
    name: str
    until: datetime | None


class Calendar(msgspec.Struct, frozen=True):
    """A calendar as the API shows it."""

    id: int
    name: str
    time_zone: str
    week: Week
    special_days: list[SpecialDay]
    holidays: HolidayChoice | None
    now: HoursNow
    created_at: datetime


async def list_calendars(database: Database, after: int = 0, limit: int = 10_000) -> list[Calendar]:
    rows = await database.fetch(SELECT + " where id > $1 order by id limit $2", after, limit)
    return [_calendar(row) for row in rows]


async def get_calendar(database: Database, calendar_id: int) -> Calendar | None:
    row = await database.fetchrow(SELECT + " where id = $1", calendar_id)
    return _calendar(row) if row else None


async def lock_calendar(connection: Connection, calendar_id: int) -> Calendar | None:
    row = await connection.fetchrow(SELECT + " where id = $1 for update", calendar_id)
    return _calendar(row) if row else None


async def insert_calendar(connection: Connection, calendar: Calendar, look_at: datetime) -> Calendar:
    """`id` and `created_at` are ignored."""
    row = await connection.fetchrow(
        """
        insert into calendar (name, time_zone, week, special_days, holidays, state, state_name, until, look_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id, created_at
        """,
        *_values(calendar, look_at),
    )
    assert row is not None
    return msgspec.structs.replace(calendar, id=row["id"], created_at=row["created_at"])


async def update_calendar(connection: Connection, calendar: Calendar, look_at: datetime) -> None:
    await connection.execute(
        """
        update calendar set name = $1, time_zone = $2, week = $3, special_days = $4, holidays = $5, state = $6,
            state_name = $7, until = $8, look_at = $9
        where id = $10
        """,
        *_values(calendar, look_at),
        calendar.id,
    )


async def due_calendars(connection: Connection, limit: int) -> list[Calendar]:
    """Those to look at again now, locked; what another clock is on is left to it."""
    rows = await connection.fetch(
        SELECT + " where look_at <= now() order by look_at limit $1 for update skip locked", limit
    )
    return [_calendar(row) for row in rows]


async def delete_calendar(connection: Connection, calendar_id: int) -> None:
    await connection.execute("delete from calendar where id = $1", calendar_id)


async def uses_of_calendar(connection: Database, calendar_id: int) -> tuple[str, ...]:
    """What keeps these hours, in words."""
    rows = await connection.fetch(
        """
        (select 'number ' || address as use from number where calendar_id = $1 order by address limit 5)
        union all
        (select 'queue ' || name from queue where calendar_id = $1 order by name limit 5)
        """,
        calendar_id,
    )
    return tuple(row["use"] for row in rows)


def _values(calendar: Calendar, look_at: datetime) -> list[Any]:
    plain = msgspec.to_builtins((calendar.week, calendar.special_days, calendar.holidays))
    now = calendar.now
    return [calendar.name, calendar.time_zone, *plain, now.state, now.name, now.until, look_at]


def _calendar(row: asyncpg.Record) -> Calendar:
    week, special_days, holidays = msgspec.convert(
        (row["week"], row["special_days"], row["holidays"]), tuple[Week, list[SpecialDay], HolidayChoice | None]
    )
    return Calendar(
        row["id"],
        row["name"],
        row["time_zone"],
        week,
        special_days,
        holidays,
        HoursNow(row["state"], row["state_name"], row["until"]),
        row["created_at"],
    )
