"""Texts that may leave from another number, and the numbers that would do: rows for usecases/fail_over.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from answerback.storage.breakers import LONGEST_SILENCE_SECONDS
from answerback.storage.connection import Connection, Database
from answerback.storage.senders import COLUMNS, JOINS, SenderFacts

HELD = f"""
    select from breaker b where b.retry_at > now() - make_interval(secs => {LONGEST_SILENCE_SECONDS})
      and b.provider_account_id = n.provider_account_id and (b.number_id is null or b.number_id = n.id)
"""


@dataclass(frozen=True, slots=True)
class FailedReply:
    """A reply that failed; `media_count` of its files go along when it is sent again."""

    id: int
    body: str
    origin: str
    author_id: int | None
    error_class: str | None
    media_count: int


async def held_back(database: Database, passed_over: Sequence[int], limit: int) -> list[int]:
    """Conversations with replies queued behind an open breaker, where the workstream lets them go another way."""
    rows = await database.fetch(
        f"""
        select o.conversation_id, min(o.message_id) as first
        from number n join workstream w on w.id = n.workstream_id and w.fail_over
        join outbox o on o.number_id = n.id and o.state = 'queued' and o.purpose = 'reply'
        where exists ({HELD}) and o.conversation_id <> all ($1::bigint[])
        group by o.conversation_id order by first limit $2
        """,
        list(passed_over),
        limit,
    )
    return [row["conversation_id"] for row in rows]


async def lock_held_replies(connection: Connection, conversation_id: int) -> list[tuple[int, str, int]]:
    """The replies queued behind an open breaker: message, body and files, in their order. None while one of the
    conversation is under way or being taken: it must end first, or order would be lost."""
    under_way = await connection.fetchval(
        "select exists (select from outbox where conversation_id = $1 and state = 'sending')", conversation_id
    )
    rows = await connection.fetch(
        f"""
        select o.message_id, m.body, (select count(*) from media d where d.message_id = m.id)::int as media_count
        from outbox o join message m on m.id = o.message_id join number n on n.id = o.number_id
        where o.conversation_id = $1 and o.state = 'queued' and o.purpose = 'reply' and m.from_number_id is null
          and exists ({HELD})
        order by o.message_id for update of o skip locked
        """,
        conversation_id,
    )
    waiting = await connection.fetchval(
        "select count(*) from outbox where conversation_id = $1 and purpose = 'reply' and state <> 'scheduled'",
        conversation_id,
    )
    return [] if under_way or waiting != len(rows) else [tuple(row) for row in rows]


async def take_out(connection: Connection, message_ids: Sequence[int]) -> None:
    """Out of the outbox, so that they can be put there anew: a dispatcher about to take one finds it gone."""
    await connection.execute(
        "delete from outbox where message_id = any ($1::bigint[]) and state = 'queued'", list(message_ids)
    )


async def lock_failed_replies(
    connection: Connection, conversation_id: int, classes: Sequence[str]
) -> list[FailedReply]:
    """The last replies of the conversation that all failed for one of these reasons, oldest first. What was said before
    something that went out is not among them: sent again, it would come in the wrong order."""
    rows = await connection.fetch(
        """
        with last as (
            select m.id, m.seq, m.body, m.origin, m.author_id, m.error_class,
                   (select count(*) from media d where d.message_id = m.id)::int as media_count,
                   m.status in ('failed', 'undelivered') and m.error_class = any ($2::text[])
                   and m.from_number_id is null and m.origin in ('agent', 'api')
                   and m.created_at > now() - interval '1 hour'
                   and exists (select from message i where i.conversation_id = $1 and i.kind = 'inbound'
                               and i.seq < m.seq)
                   and not exists (select from failed_text_done d where d.message_id = m.id) as fits
            from message m where m.conversation_id = $1 and m.kind = 'outbound'
              and m.status not in ('refused', 'scheduled', 'canceled')
              and not exists (select from failed_text_done d where d.message_id = m.id and d.how = 'resent')
            order by m.seq desc limit 20
        )
        select id, body, origin, author_id, error_class, media_count from last
        where fits and seq > coalesce((select max(seq) from last where not fits), 0) order by seq
        """,
        conversation_id,
        list(classes),
    )
    return [FailedReply(**row) for row in rows]


async def known_numbers(database: Database, conversation_id: int) -> list[tuple[SenderFacts, int]]:
    """Other numbers of the same workstream that could send now and that this customer has exchanged texts with, the
    last used first; with the conversation there."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}, there.id as there
        from conversation c
        join number own on own.id = c.number_id
        join number n on n.workstream_id = own.workstream_id and n.id <> own.id and n.active
        {JOINS}
        cross join lateral (
            select max(k.id) as id, max(k.last_message_at) as last_at,
                   bool_or(exists (select from message m where m.conversation_id = k.id and m.kind = 'inbound'))
                       as heard,
                   bool_or(exists (select from message m where m.conversation_id = k.id and m.kind = 'outbound'
                                   and m.status in ('accepted', 'sent', 'delivered', 'read'))) as said
            from conversation k
            where k.number_id = n.id and k.contact_id = c.contact_id and k.customer_phone = c.customer_phone) there
        where c.id = $1 and a.active and there.heard and there.said and not exists ({HELD})
        order by there.last_at desc nulls last, n.id
        """,
        conversation_id,
    )
    return [
        (SenderFacts(**{**row, "capabilities": frozenset(row["capabilities"])}), there)
        for row in map(dict, rows)
        for there in (row.pop("there"),)
    ]


async def expect_answer(connection: Connection, conversation_id: int, agent_id: int) -> bool:
    """A closed conversation waits again, with this agent: the customer's answer to its number comes to them first.
    False where it is open, in whoever's hands."""
    row = await connection.fetchrow(
        """
        update conversation c
        set state = 'waiting', state_since = now(), agent_id = $2, closed_at = null, close_reason = null,
            wake_at = null, auto_close_at = now() + make_interval(secs => w.auto_close_waiting_seconds),
            version = c.version + 1
        from workstream w where c.id = $1 and c.state = 'closed' and w.id = c.workstream_id
          and not exists (select from conversation o where o.number_id = c.number_id and o.contact_id = c.contact_id
                          and o.state <> 'closed')
        returning c.id
        """,
        conversation_id,
        agent_id,
    )
    return row is not None
