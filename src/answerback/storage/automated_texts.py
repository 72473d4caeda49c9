"""Automated texts that are owed, and what became of each: every occasion once, by a unique index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Connection
from answerback.storage.wakeups import notify


@dataclass(frozen=True, slots=True)
class Owed:
    """`occasion` is its key within the conversation; `happened_at` when the occasion came; it waits so many seconds."""

    conversation_id: int
    occasion: str
    trigger: str
    body: str
    happened_at: datetime
    wait_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DueText:
    """One that is due, locked until the transaction ends."""

    id: int
    conversation_id: int
    trigger: str
    body: str
    happened_at: datetime


async def owe_texts(connection: Connection, owed: Sequence[Owed]) -> None:
    """Those not owed before; wakes whoever sends them."""
    if not owed:
        return
    await connection.execute(
        """
        insert into automated_text (conversation_id, occasion, trigger, body, happened_at, due_at)
        select conversation_id, occasion, trigger, body, happened_at, now() + make_interval(secs => wait_seconds)
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::float8[]) with ordinality
             as o (conversation_id, occasion, trigger, body, happened_at, wait_seconds, ord) order by ord
        on conflict (conversation_id, occasion) do nothing
        """,
        [one.conversation_id for one in owed],
        [one.occasion for one in owed],
        [one.trigger for one in owed],
        [one.body for one in owed],
        [one.happened_at for one in owed],
        [one.wait_seconds for one in owed],
    )
    await notify(connection, "automated")


async def claim_due(connection: Connection) -> DueText | None:
    """The next that is due and that nobody else is on."""
    row = await connection.fetchrow(
        """
        select id, conversation_id, trigger, body, happened_at from automated_text
        where outcome = 'due' and due_at <= now() order by due_at, id limit 1 for update skip locked
        """
    )
    return DueText(**row) if row else None


async def settle_text(
    connection: Connection,
    text_id: int,
    outcome: str,
    *,
    reason: str = "",
    phone: str | None = None,
    message_id: int | None = None,
) -> None:
    """`outcome` is sent, late, capped, refused (by the gate, with its reason), or asked (a survey still stands)."""
    await connection.execute(
        """
        update automated_text set outcome = $2, reason = $3, phone = $4, message_id = $5, settled_at = now()
        where id = $1
        """,
        text_id,
        outcome,
        reason,
        phone,
        message_id,
    )


async def drop_due(connection: Connection, text_id: int) -> None:
    """It was only a reminder to look."""
    await connection.execute("delete from automated_text where id = $1", text_id)


async def sent_lately(connection: Connection, phone: str) -> tuple[int, int]:
    """Automated texts to this phone in the last hour and the last day."""
    row = await connection.fetchrow(
        """
        select count(*) filter (where settled_at > now() - interval '1 hour') as hour, count(*) as day
        from automated_text where phone = $1 and outcome = 'sent' and settled_at > now() - interval '1 day'
        """,
        phone,
    )
    assert row is not None
    return row["hour"], row["day"]
