"""The daily look at providers: when it is due, and what it found. A column is the deadline, so a crash loses none."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from answerback.storage.connection import Connection, Database

LEASE = timedelta(minutes=10)
"""Whoever claims a look has this long; then another node takes it over."""
SET_UP = timedelta(hours=1)
"""A new account is left to whoever sets it up for this long."""


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at: `ok` null where it cannot be seen from here; `evidence` what was seen, `fix` what to do."""

    name: str
    ok: bool | None
    evidence: str
    fix: str = ""


class Findings(msgspec.Struct, frozen=True):
    """Of one number, or of the account itself where `number_id` is null."""

    number_id: int | None
    checks: list[Finding]
    checked_at: datetime


class Failing(msgspec.Struct, frozen=True):
    """A finding that is wrong, and whose it is."""

    provider_account_id: int
    number_id: int | None
    name: str
    evidence: str
    fix: str
    checked_at: datetime


async def claim_due(database: Database) -> int | None:
    """An active account whose look is due, now this node's to do; None when there is none."""
    account_id: int | None = await database.fetchval(
        """
        with due as (
            select a.id from provider_account a left join provider_upkeep u on u.provider_account_id = a.id
            where a.active and coalesce(u.due_at, a.created_at + $2::interval) <= now()
            order by u.due_at nulls first, a.id limit 1 for update of a skip locked
        )
        insert into provider_upkeep (provider_account_id, due_at) select id, now() + $1::interval from due
        on conflict (provider_account_id) do update set due_at = excluded.due_at
            where provider_upkeep.due_at <= now()
        returning provider_account_id
        """,
        LEASE,
        SET_UP,
    )
    return account_id


async def set_due(connection: Database, account_id: int, after: timedelta) -> None:
    await connection.execute(
        """
        insert into provider_upkeep (provider_account_id, due_at) values ($1, now() + $2::interval)
        on conflict (provider_account_id) do update set due_at = excluded.due_at
        """,
        account_id,
        after,
    )


async def write_findings(
    connection: Connection, account_id: int, found: Mapping[int | None, Sequence[Finding]], at: datetime
) -> None:
    """Replaces what was known of the account; numbers no longer among them are forgotten."""
    await connection.execute("delete from provider_finding where provider_account_id = $1", account_id)
    await connection.executemany(
        "insert into provider_finding (provider_account_id, number_id, checks, checked_at)"
        " select $1, $2::bigint, $3, $4 where $2 is null or exists (select from number where id = $2)",
        [(account_id, number_id, msgspec.to_builtins(list(checks)), at) for number_id, checks in found.items()],
    )


async def read_findings(database: Database, account_id: int) -> list[Findings]:
    """The account's own first."""
    rows = await database.fetch(
        "select number_id, checks, checked_at from provider_finding where provider_account_id = $1"
        " order by number_id nulls first",
        account_id,
    )
    return [msgspec.convert(dict(row), Findings) for row in rows]


async def read_number_findings(database: Database) -> dict[int, Findings]:
    """Of every number that was looked at."""
    rows = await database.fetch(
        "select number_id, checks, checked_at from provider_finding where number_id is not null"
    )
    return {row["number_id"]: msgspec.convert(dict(row), Findings) for row in rows}


async def list_failing(database: Database) -> list[Failing]:
    """What is wrong at active accounts and numbers."""
    rows = await database.fetch(
        """
        select f.provider_account_id, f.number_id, c.name, c.evidence, c.fix, f.checked_at
        from provider_finding f
        join provider_account a on a.id = f.provider_account_id and a.active
        left join number n on n.id = f.number_id
        cross join lateral jsonb_to_recordset(f.checks) as c (name text, ok boolean, evidence text, fix text)
        where c.ok = false and (f.number_id is null or n.active) order by f.checked_at, f.number_id
        """
    )
    return [Failing(**row) for row in rows]


async def lock_turn(connection: Connection, account_id: int) -> None:
    """One look at an account is written at a time; until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock(7002, $1)", account_id % 2**31)
