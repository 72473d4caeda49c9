"""Texts that have not left yet, queued or scheduled: taken back when they may not leave any more, released when due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.domain.sending.request import Recent
from answerback.storage.connection import Connection, Database

OF_PHONE = """
    select o.message_id from contact_phone k
    join conversation c on c.contact_id = k.contact_id and c.customer_phone = k.phone
    join outbox o on o.conversation_id = c.id and o.state = '{state}'
    where k.phone = $1 and o.purpose <> 'keyword_reply'
      and ($2::bigint is null or o.number_id = $2)
      and ($3::bigint is null or o.number_id in (select n.id from number n where n.brand_id = $3))
"""
REFUSE_WAITING = f"""
    with waiting as (
        select array(({OF_PHONE.format(state="queued")}) union all ({OF_PHONE.format(state="scheduled")})) as ids
    ), gone as (
        delete from outbox o using message m
        where o.message_id = any ((select ids from waiting)::bigint[]) and o.state in ('queued', 'scheduled')
          and m.id = o.message_id and ($4 = 'all' or m.decision ->> 'about' = $4)
        returning o.message_id
    )
    update message m set status = 'refused', status_rank = 100, error_class = $5, error_sentence = $6
    from gone where m.id = gone.message_id returning m.id, m.conversation_id
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose texts: from one number, from a brand's numbers, or with neither from all; of one purpose, or "all"."""

    number_id: int | None = None
    brand_id: int | None = None
    purpose: str = "all"


async def refuse_waiting(
    connection: Connection, phone: str, scope: Scope, *, reason: str, sentence: str
) -> list[tuple[int, int]]:
    """What waits for this phone is refused and leaves the outbox; gives (message, conversation)."""
    rows = await connection.fetch(
        REFUSE_WAITING, phone, scope.number_id, scope.brand_id, scope.purpose, reason, sentence
    )
    return [(row["id"], row["conversation_id"]) for row in rows]


async def phones_waited_for(connection: Connection, phones: Sequence[str]) -> frozenset[str]:
    """Those of them for whom any text waits."""
    rows = await connection.fetch(
        """
        select k.phone from contact_phone k
        where k.phone = any ($1::text[]) and exists (
            select from conversation c join outbox o on o.conversation_id = c.id and o.state in ('queued', 'scheduled')
            where c.contact_id = k.contact_id)
        """,
        list(phones),
    )
    return frozenset(row["phone"] for row in rows)


@dataclass(frozen=True, slots=True)
class DueText:
    """A scheduled text whose time has come, its row in the outbox locked."""

    message_id: int
    conversation_id: int
    purpose: str
    body: str
    parts: int
    media_count: int
    about: str
    subject: str


async def due_texts(connection: Connection, limit: int) -> list[DueText]:
    """Those that no other clock is on, the longest due first."""
    rows = await connection.fetch(
        """
        select o.message_id, o.conversation_id, o.purpose, m.body, o.parts,
               (select count(*)::int from media d where d.message_id = m.id) as media_count,
               coalesce(m.decision ->> 'about', 'conversation') as about,
               coalesce(m.decision ->> 'subject', '') as subject
        from outbox o join message m on m.id = o.message_id
        where o.state = 'scheduled' and o.due_at <= now()
        order by o.due_at, o.message_id limit $1 for update of o skip locked
        """,
        limit,
    )
    return [DueText(**row) for row in rows]


async def counted_ahead(connection: Connection, phones: Sequence[str]) -> dict[str, list[Recent]]:
    """By phone texts unasked that are counted already though they are still scheduled."""
    rows = await connection.fetch(
        """
        select p.phone, p.at, p.about, p.subject
        from proactive_send p join outbox o on o.message_id = p.message_id
        where p.phone = any ($1::text[]) and o.state = 'scheduled'
        """,
        phones,
    )
    found: dict[str, list[Recent]] = {}
    for phone, at, about, subject in rows:
        found.setdefault(phone, []).append(Recent(at, about, subject))
    return found


@dataclass(frozen=True, slots=True)
class Released:
    """`seq`: it stands in the thread where it leaves."""

    message_id: int
    seq: int
    decision: Mapping[str, object]


async def release_texts(connection: Connection, texts: Sequence[Released], gate: str) -> None:
    """Into the queue, each at the end of its conversation."""
    await connection.execute(
        """
        with gone as (
            update outbox set state = 'queued', due_at = now(), gate = $4 where message_id = any ($1::bigint[])
        ), counted as (
            update proactive_send set at = now() where message_id = any ($1::bigint[])
        )
        update message m set status = 'queued', status_rank = 0, seq = t.seq, created_at = now(), decision = t.decision
        from unnest($1::bigint[], $2::int[], $3::jsonb[]) as t (id, seq, decision)
        where m.id = any ($1::bigint[]) and m.id = t.id   -- the array forces the primary key
        """,
        [text.message_id for text in texts],
        [text.seq for text in texts],
        [dict(text.decision) for text in texts],
        gate,
    )


async def put_off(connection: Connection, until: Mapping[int, datetime]) -> None:
    """By message: they stay scheduled, for later."""
    await connection.execute(
        """
        with later as (
            select * from unnest($1::bigint[], $2::timestamptz[]) as t (id, until)
        ), counted as (
            update proactive_send p set at = t.until from later t
            where p.message_id = any ($1::bigint[]) and p.message_id = t.id
        )
        update outbox o set due_at = t.until from later t
        where o.message_id = any ($1::bigint[]) and o.message_id = t.id and o.state = 'scheduled'
        """,
        list(until),
        list(until.values()),
    )


@dataclass(frozen=True, slots=True)
class HeldBack:
    """When its time came it might not leave."""

    message_id: int
    reason: str
    sentence: str
    decision: Mapping[str, object]


async def refuse_due(connection: Connection, texts: Sequence[HeldBack]) -> None:
    """They leave the outbox, and nobody counts them."""
    await connection.execute(
        """
        with gone as (
            delete from outbox where message_id = any ($1::bigint[])
        ), counted as (
            delete from proactive_send where message_id = any ($1::bigint[])
        )
        update message m set status = 'refused', status_rank = 100, error_class = t.reason, error_sentence = t.sentence,
            decision = t.decision
        from unnest($1::bigint[], $2::text[], $3::text[], $4::jsonb[]) as t (id, reason, sentence, decision)
        where m.id = any ($1::bigint[]) and m.id = t.id
        """,
        [text.message_id for text in texts],
        [text.reason for text in texts],
        [text.sentence for text in texts],
        [dict(text.decision) for text in texts],
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scheduled text that was just moved or taken back."""

    message_id: int
    conversation_id: int
    contact_id: int


async def cancel_scheduled(connection: Connection, message_ids: Sequence[int]) -> list[Waiting]:
    """Taken back before their time: those of them that still waited."""
    rows = await connection.fetch(
        """
        with gone as (
            delete from outbox where message_id = any ($1::bigint[]) and state = 'scheduled'
            returning message_id, conversation_id
        ), counted as (
            delete from proactive_send where message_id in (select message_id from gone)
        ), canceled as (
            update message m set status = 'canceled', status_rank = 90 from gone where m.id = gone.message_id
        )
        select g.message_id, g.conversation_id, c.contact_id from gone g join conversation c on c.id = g.conversation_id
        """,
        list(message_ids),
    )
    return [Waiting(**row) for row in rows]


async def move_scheduled(connection: Connection, message_ids: Sequence[int], to: datetime) -> list[Waiting]:
    """To another time: those of them that still waited. The gate is asked again when it has come."""
    rows = await connection.fetch(
        """
        with moved as (
            update outbox set due_at = $2 where message_id = any ($1::bigint[]) and state = 'scheduled'
            returning message_id, conversation_id
        ), counted as (
            update proactive_send p set at = $2 from moved where p.message_id = moved.message_id
        )
        select g.message_id, g.conversation_id, c.contact_id from moved g
        join conversation c on c.id = g.conversation_id
        """,
        list(message_ids),
        to,
    )
    return [Waiting(**row) for row in rows]


async def due_times(database: Database, message_ids: Sequence[int]) -> dict[int, datetime]:
    """When scheduled ones are to leave."""
    rows = await database.fetch(
        "select message_id, due_at from outbox where message_id = any ($1::bigint[]) and state = 'scheduled'",
        list(message_ids),
    )
    return {row["message_id"]: row["due_at"] for row in rows}
