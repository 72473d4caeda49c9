"""Breakers that are open now, for people to see. Dispatchers write them; those of dead dispatchers are passed over."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify

LONGEST_SILENCE_SECONDS = 180
"""A dispatcher that lives has tried again, and said so, by this long after it meant to."""


class OpenBreaker(msgspec.Struct, frozen=True):
    """Texts of this number, or of the whole account, wait; `waiting` of them now."""

    provider_account_id: int
    number_id: int | None
    reason: str
    opened_at: datetime
    retry_at: datetime
    waiting: int


async def list_open(database: Database) -> list[OpenBreaker]:
    """The longest open first."""
    rows = await database.fetch(
        """
        select b.provider_account_id, b.number_id, max(b.reason) as reason, min(b.opened_at) as opened_at,
               min(b.retry_at) as retry_at,
               (select count(*) from outbox o join number n on n.id = o.number_id
                where o.state = 'queued' and n.provider_account_id = b.provider_account_id
                  and (b.number_id is null or o.number_id = b.number_id)) as waiting
        from breaker b where b.retry_at > now() - make_interval(secs => $1)
        group by b.provider_account_id, b.number_id order by min(b.opened_at)
        """,
        LONGEST_SILENCE_SECONDS,
    )
    return [OpenBreaker(**row) for row in rows]


async def note_open(
    connection: Connection, holder: str, account_id: int, number_id: int | None, *, reason: str, seconds: float
) -> None:
    """Tried again and still in trouble, or newly so: only the latter is an event."""
    is_new = await connection.fetchval(
        """
        insert into breaker as b (holder, provider_account_id, number_id, reason, retry_at)
        values ($1, $2, $3, $4, now() + make_interval(secs => $5))
        on conflict (holder, provider_account_id, number_id)
            do update set reason = excluded.reason, retry_at = excluded.retry_at
        returning xmax = 0
        """,
        holder,
        account_id,
        number_id,
        reason,
        seconds,
    )
    if is_new:
        await _tell(connection, "BreakerOpened", account_id=account_id, number_id=number_id, reason=reason)


async def note_closed(connection: Connection, holder: str, account_id: int, number_id: int | None) -> None:
    reason = await connection.fetchval(
        "delete from breaker where holder = $1 and provider_account_id = $2 and number_id is not distinct from $3"
        " returning reason",
        holder,
        account_id,
        number_id,
    )
    if reason is not None:
        await _tell(connection, "BreakerClosed", account_id=account_id, number_id=number_id, reason=reason)


async def forget_breakers(database: Database, holder: str) -> None:
    """The dispatcher stops, and those that died long ago: whoever takes over finds out for itself."""
    await database.execute(
        "delete from breaker where holder = $1 or retry_at < now() - make_interval(secs => $2)",
        holder,
        LONGEST_SILENCE_SECONDS,
    )


async def _tell(connection: Connection, kind: str, **data: object) -> None:
    await append(connection, [NewEvent(kind, data=data)])
    await notify(connection, "event")
