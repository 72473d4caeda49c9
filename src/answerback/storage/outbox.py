"""Texts waiting to leave: who may send from which number, and which texts are taken next.

Statements for dispatchers only; queueing a text is storage/messages.py, its result storage/reports.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from answerback.storage.connection import Database

LEASE_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Claimed:
    """A text committed as being sent at `sending_at`. `attempts` counts this one; `media` are ids of stored files."""

    message_id: int
    number_id: int
    parts: int
    attempts: int
    phone: str
    body: str
    media: list[int]
    purpose: str
    sending_at: datetime


async def numbers_with_queued(database: Database) -> list[int]:
    """Numbers that have texts waiting, one index probe each however many texts that are."""
    rows = await database.fetch(
        """
        with recursive number_id as (
            (select o.number_id as id from outbox o where o.state = 'queued' order by o.number_id limit 1)
            union all
            select (select o.number_id from outbox o where o.state = 'queued' and o.number_id > n.id
                    order by o.number_id limit 1)
            from number_id n where n.id is not null
        )
        select id from number_id where id is not null
        """
    )
    return [row["id"] for row in rows]


async def numbers_with_strays(database: Database, holder: str) -> list[int]:
    """Numbers with sends that somebody else began, where the lease is not theirs any more."""
    rows = await database.fetch(
        """
        select distinct o.number_id as id from outbox o
        where o.state = 'sending' and o.holder <> $1
          and not exists (select from number_lease l where l.number_id = o.number_id and l.until > now()
                          and l.holder <> $1)
        """,
        holder,
    )
    return [row["id"] for row in rows]


async def lease_numbers(database: Database, holder: str, numbers: Sequence[int]) -> list[int]:
    """Take the leases that are free or over; gives those that are now `holder`'s."""
    rows = await database.fetch(
        """
        insert into number_lease as l (number_id, holder, until)
        select n.id, $1, now() + make_interval(secs => $3) from number n where n.id = any ($2::bigint[]) order by n.id
        on conflict (number_id) do update set holder = excluded.holder, until = excluded.until
        where l.until < now() or l.holder = excluded.holder
        returning number_id
        """,
        holder,
        list(numbers),
        LEASE_SECONDS,
    )
    return [row["number_id"] for row in rows]


async def renew_leases(database: Database, holder: str) -> list[int]:
    """Gives the numbers still held; one whose lease ran out is lost."""
    rows = await database.fetch(
        """
        update number_lease set until = now() + make_interval(secs => $2)
        where holder = $1 and until > now() returning number_id
        """,
        holder,
        LEASE_SECONDS,
    )
    return [row["number_id"] for row in rows]


async def release_leases(database: Database, holder: str) -> None:
    """Let others go on at once."""
    await database.execute("delete from number_lease where holder = $1", holder)


async def strays(database: Database, holder: str, numbers: Sequence[int]) -> list[int]:
    """Messages that an earlier holder of these numbers began to send and never settled."""
    rows = await database.fetch(
        "select message_id from outbox where state = 'sending' and holder <> $1 and number_id = any ($2::bigint[])",
        holder,
        list(numbers),
    )
    return [row["message_id"] for row in rows]


async def begun(database: Database, holder: str, older_than_seconds: float) -> list[int]:
    """Messages that `holder` claimed some time ago and has not settled."""
    rows = await database.fetch(
        "select message_id from outbox where state = 'sending' and holder = $1"
        " and sending_at < now() - make_interval(secs => $2)",
        holder,
        older_than_seconds,
    )
    return [row["message_id"] for row in rows]


async def claim(
    database: Database, holder: str, tokens: Mapping[int, int], limit: int
) -> tuple[list[Claimed], set[int]]:
    """Up to `limit` texts, from each number at most as many parts as it has tokens (the last text may overdraw).

    Gives also the numbers that have more waiting, whether due or not.
    """
    rows = await database.fetch(
        "select * from claim_outbox($1, $2, $3, $4)", holder, list(tokens), list(tokens.values()), limit
    )
    claimed = [Claimed(*row) for row in rows if row["message_id"] is not None]
    return claimed, {row["number_id"] for row in rows if row["message_id"] is None}


async def requeue(database: Database, holder: str, due: Mapping[int, datetime]) -> None:
    """Back into the queue: certainly not sent, and worth another try at that time."""
    await database.execute(
        """
        update outbox o set state = 'queued', holder = null, sending_at = null, due_at = r.due
        from unnest($2::bigint[], $3::timestamptz[]) as r (id, due)
        where o.message_id = r.id and o.state = 'sending' and o.holder = $1
        """,
        holder,
        list(due),
        list(due.values()),
    )
