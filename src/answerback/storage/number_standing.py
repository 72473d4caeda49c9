"""How numbers stand with the carriers: their registration, and how much they have sent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import msgspec

from answerback.domain.sending.caps import Cap, Period, began
from answerback.storage.connection import Connection, Database


class Registration(msgspec.Struct, frozen=True):
    """What carriers were told of a number, and what they said. `details` by the provider's own field names.

    `override_reason` says why an administrator lets it send all the same; empty when nobody does.
    """

    status: str = "unknown"
    reference: str = ""
    rejection_reason: str = ""
    brand_kind: str | None = None
    trust_score: int | None = None
    details: Mapping[str, Any] = msgspec.field(default_factory=dict)
    override_reason: str = ""
    override_by: int | None = None
    checked_at: datetime | None = None


COLUMNS = """status, reference, rejection_reason, brand_kind, trust_score, details, override_reason, override_by,
    checked_at"""


async def read_registration(database: Database, number_id: int) -> Registration:
    row = await database.fetchrow(f"select {COLUMNS} from number_registration where number_id = $1", number_id)
    return Registration(**row) if row else Registration()


async def read_registrations(database: Database) -> dict[int, Registration]:
    """Of every number that has one."""
    rows = await database.fetch(f"select number_id, {COLUMNS} from number_registration")
    return {row["number_id"]: _registration(row) for row in rows}


async def write_registration(connection: Connection, number_id: int, registration: Registration) -> None:
    await connection.execute(
        f"""
        insert into number_registration (number_id, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (number_id) do update set status = excluded.status, reference = excluded.reference,
            rejection_reason = excluded.rejection_reason, brand_kind = excluded.brand_kind,
            trust_score = excluded.trust_score, details = excluded.details, override_reason = excluded.override_reason,
            override_by = excluded.override_by, checked_at = excluded.checked_at, updated_at = now()
        """,
        number_id,
        registration.status,
        registration.reference,
        registration.rejection_reason,
        registration.brand_kind,
        registration.trust_score,
        dict(registration.details),
        registration.override_reason,
        registration.override_by,
        registration.checked_at,
    )


async def read_caps(database: Database, number_id: int, most: Mapping[Period, int]) -> tuple[Cap, ...]:
    """The caps of one number with what is gone of them; nothing is asked where there are none."""
    if not most:
        return ()
    return (await read_all_caps(database, {number_id: most}))[number_id]


async def read_all_caps(
    database: Database, most: Mapping[int, Mapping[Period, int]], now: datetime | None = None
) -> dict[int, tuple[Cap, ...]]:
    """Of these numbers."""
    now = now or datetime.now(UTC)
    starts: dict[Period, date] = {period: began(period, now) for period in Period}
    rows = await database.fetch(
        """
        select n.id,
            (select coalesce(sum(u.parts), 0) from number_usage u where u.number_id = n.id and u.day >= $2) as day,
            (select coalesce(sum(u.parts), 0) from number_usage u where u.number_id = n.id and u.day >= $3) as week,
            (select coalesce(sum(u.parts), 0) from number_usage u where u.number_id = n.id and u.day >= $4) as month,
            (select coalesce(sum(o.parts), 0) from outbox o where o.number_id = n.id and o.state = 'queued') as waiting
        from unnest($1::bigint[]) as n (id)
        """,
        list(most),
        starts[Period.DAY],
        starts[Period.WEEK],
        starts[Period.MONTH],
    )
    return {
        row["id"]: tuple(
            Cap(period, limit, int(row[period.value]), int(row["waiting"])) for period, limit in most[row["id"]].items()
        )
        for row in rows
    }


def caps_of(daily: int | None, weekly: int | None, monthly: int | None) -> dict[Period, int]:
    """Those that are set."""
    limits = {Period.DAY: daily, Period.WEEK: weekly, Period.MONTH: monthly}
    return {period: limit for period, limit in limits.items() if limit is not None}


def _registration(row: asyncpg.Record) -> Registration:
    return Registration(**{name: value for name, value in row.items() if name != "number_id"})
