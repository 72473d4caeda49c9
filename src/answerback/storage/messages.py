"""Outbound messages into their conversation: facts for the send gate, the message's row, its place in the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class ConversationFacts:
    """A locked conversation with what the send gate asks about its number."""

    id: int
    state: str
    contact_id: int
    customer_phone: str
    agent_id: int | None
    last_seq: int
    number_id: int
    number_type: str
    number_country: str
    number_active: bool
    capabilities: frozenset[str]
    provider_account_id: int
    provider: str
    account_active: bool
    blocked: bool


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One outbound message about to be stored; `status` is queued or refused."""

    conversation_id: int
    seq: int
    origin: str
    author_id: int | None
    provider_account_id: int
    body: str
    parts: int
    encoding: str
    status: str
    status_rank: int
    error_class: str | None = None
    error_sentence: str | None = None
    client_key: str | None = None


async def lock_conversation(connection: Connection, conversation_id: int) -> ConversationFacts | None:
    """Locked until the transaction ends, so that its texts get their places one after another."""
    row = await connection.fetchrow(
        """
        select c.id, c.state, c.contact_id, c.customer_phone, c.agent_id, c.last_seq, c.number_id,
               n.type as number_type, n.country as number_country, n.active as number_active, n.capabilities,
               n.provider_account_id, a.provider, a.active as account_active,
               exists (select from blocked_phone b where b.phone = c.customer_phone) as blocked
        from conversation c join number n on n.id = c.number_id join provider_account a on a.id = n.provider_account_id
        where c.id = $1 for update of c
        """,
        conversation_id,
    )
    return ConversationFacts(**{**row, "capabilities": frozenset(row["capabilities"])}) if row else None


async def add_message(connection: Connection, message: NewMessage) -> int:
    """Store the message; gives its id."""
    message_id: int = await connection.fetchval(
        """
        insert into message (conversation_id, seq, kind, origin, author_id, provider_account_id, body, parts, encoding,
                             status, status_rank, error_class, error_sentence, client_key)
        values ($1, $2, 'outbound', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id
        """,
        message.conversation_id,
        message.seq,
        message.origin,
        message.author_id,
        message.provider_account_id,
        message.body,
        message.parts,
        message.encoding,
        message.status,
        message.status_rank,
        message.error_class,
        message.error_sentence,
        message.client_key,
    )
    return message_id


async def find_by_client_key(database: Database, author_id: int, client_key: str) -> int | None:
    """The text this author has made with this key."""
    found: int | None = await database.fetchval(
        "select id from message where author_id = $1 and client_key = $2", author_id, client_key
    )
    return found


async def add_to_outbox(
    connection: Connection, message_id: int, *, facts: ConversationFacts, purpose: str, lane: int, parts: int
) -> None:
    await connection.execute(
        "insert into outbox (message_id, number_id, conversation_id, purpose, lane, parts)"
        " values ($1, $2, $3, $4, $5, $6)",
        message_id,
        facts.number_id,
        facts.id,
        purpose,
        lane,
        max(parts, 1),
    )


async def note_outbound(connection: Connection, conversation_id: int, seq: int, *, preview: str, answers: bool) -> None:
    """The conversation's view of its last text. `answers`: a person replied, so nobody is waiting any more."""
    await connection.execute(
        """
        update conversation c
        set last_seq = $2, last_message_at = now(), last_direction = 'outbound', last_preview = left($3, 120),
            waiting_since = case when $4 then null else c.waiting_since end,
            unread = case when $4 then 0 else c.unread end,
            auto_close_at = case when not $4 then c.auto_close_at
                when c.state = 'active' then now() + make_interval(secs => w.auto_close_active_seconds)
                when c.state = 'waiting' then now() + make_interval(secs => w.auto_close_waiting_seconds)
                else c.auto_close_at end,
            version = c.version + 1
        from workstream w where c.id = $1 and w.id = c.workstream_id
        """,
        conversation_id,
        seq,
        preview,
        answers,
    )


async def use_seq(connection: Connection, conversation_id: int, seq: int) -> None:
    """A place was taken by a message that does not leave (refused)."""
    await connection.execute(
        "update conversation set last_seq = $2, version = version + 1 where id = $1", conversation_id, seq
    )


async def lock_uploads(connection: Connection, media_ids: Sequence[int], user_id: int | None) -> int:
    """How many of these files are free to take (stored, unused, this user's own); locked for this transaction."""
    rows = await connection.fetch(
        """
        select id from media m
        where m.id = any ($1::bigint[]) and m.message_id is null and m.state = 'stored'
          and ($2::bigint is null or m.uploaded_by is null or m.uploaded_by = $2)
        order by id for update
        """,
        list(media_ids),
        user_id,
    )
    return len(rows)


async def attach_media(connection: Connection, message_id: int, media_ids: Sequence[int]) -> None:
    """Put locked uploads on a message, in their order."""
    await connection.execute(
        """
        update media m set message_id = $1, position = a.ord - 1
        from unnest($2::bigint[]) with ordinality as a (id, ord) where m.id = a.id
        """,
        message_id,
        list(media_ids),
    )


async def copy_media(connection: Connection, source_message_id: int, message_id: int) -> None:
    """The same stored files on another message; the bytes are shared."""
    await connection.execute(
        """
        insert into media (message_id, position, content_type, file_name, size, state, blob_hash, uploaded_by)
        select $2, position, content_type, file_name, size, state, blob_hash, uploaded_by
        from media where message_id = $1 and state = 'stored' order by position
        """,
        source_message_id,
        message_id,
    )


async def read_outbound(database: Database, message_id: int) -> dict[str, Any] | None:
    """An outbound message to send again: conversation_id, body, status, origin, media_count."""
    row = await database.fetchrow(
        """
        select m.conversation_id, m.body, m.status, m.origin,
               (select count(*)::int from media d where d.message_id = m.id and d.state = 'stored') as media_count
        from message m where m.id = $1 and m.kind = 'outbound'
        """,
        message_id,
    )
    return dict(row) if row else None


async def refuse_queued(connection: Connection, number_id: int, phone: str, sentence: str) -> list[tuple[int, int]]:
    """What has not left yet for this phone is refused and leaves the outbox; gives (message, conversation)."""
    rows = await connection.fetch(
        """
        with gone as (
            delete from outbox o using conversation c
            where o.state = 'queued' and o.purpose <> 'keyword_reply' and o.number_id = $1
              and c.id = o.conversation_id and c.customer_phone = $2
            returning o.message_id
        )
        update message m set status = 'refused', status_rank = 100, error_class = 'opted_out', error_sentence = $3
        from gone where m.id = gone.message_id returning m.id, m.conversation_id
        """,
        number_id,
        phone,
        sentence,
    )
    return [(row["id"], row["conversation_id"]) for row in rows]
