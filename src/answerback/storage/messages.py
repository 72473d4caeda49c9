"""Outbound messages into their conversation: facts for the send gate, the message's row, its place in the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from answerback.storage.connection import Connection, Database
from answerback.storage.senders import COLUMNS, JOINS, SenderFacts


@dataclass(frozen=True, slots=True)
class ConversationFacts(SenderFacts):
    """A locked conversation with what the send gate asks about its number.

    `customer_opened`: the customer has written, or called, in this very conversation.
    """

    id: int
    state: str
    contact_id: int
    customer_phone: str
    agent_id: int | None
    last_seq: int
    customer_opened: bool


FACTS = f"""
select c.id, c.state, c.contact_id, c.customer_phone, c.agent_id, c.last_seq,
       (c.last_inbound_at is not null or exists (select from voice_call v where v.conversation_id = c.id
                                                 and v.direction = 'inbound')) as customer_opened, {COLUMNS}
from conversation c join number n on n.id = c.number_id {JOINS}
"""
ONE = FACTS + " where c.id = $1"


async def lock_conversation(connection: Connection, conversation_id: int) -> ConversationFacts | None:
    """Locked until the transaction ends, so that its texts get their places one after another."""
    return _facts(await connection.fetchrow(ONE + " for update of c", conversation_id))


async def lock_all(connection: Connection, conversation_ids: Sequence[int]) -> dict[int, ConversationFacts]:
    """In the order of their ids."""
    query = FACTS + " where c.id = any ($1::bigint[]) order by c.id for update of c"
    rows = await connection.fetch(query, conversation_ids)
    return {row["id"]: facts for row in rows if (facts := _facts(row)) is not None}


async def read_facts(database: Database, conversation_id: int) -> ConversationFacts | None:
    """Only looked at."""
    return _facts(await database.fetchrow(ONE, conversation_id))


async def read_language(database: Database, contact_id: int) -> str | None:
    """The customer's, where it is known (BCP 47)."""
    language: str | None = await database.fetchval("select language from contact where id = $1", contact_id)
    return language


async def change_sender(
    connection: Connection, message_id: int, sender: SenderFacts, *, detour: str | None, decision: Mapping[str, object]
) -> None:
    """A queued text goes out from another number than the conversation's."""
    await connection.execute(
        "update message set from_number_id = $2, provider_account_id = $3, detour = $4, decision = $5 where id = $1",
        message_id,
        sender.number_id if detour else None,
        sender.provider_account_id,
        detour,
        dict(decision),
    )


async def find_by_client_key(database: Database, author_id: int, client_key: str) -> int | None:
    """The text this author has made with this key."""
    found: int | None = await database.fetchval(
        "select id from message where author_id = $1 and client_key = $2", author_id, client_key
    )
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A text's place in the outbox. `gate` is the version of the rules that let it pass."""

    purpose: str
    lane: int
    parts: int
    gate: str


async def add_to_outbox(connection: Connection, message_id: int, facts: ConversationFacts, place: Place) -> None:
    """For a text that was taken out of it; new ones are put there by `store_outbound_texts`."""
    await connection.execute(
        """
        insert into outbox (message_id, number_id, conversation_id, purpose, lane, parts, gate)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        message_id,
        facts.number_id,
        facts.id,
        place.purpose,
        place.lane,
        max(place.parts, 1),
        place.gate,
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
    """An outbound message to send again: what it said, to whom, and what the gate was asked for it."""
    row = await database.fetchrow(
        """
        select m.conversation_id, m.body, m.status, m.origin, m.decision ->> 'purpose' as purpose,
               m.decision ->> 'about' as about, coalesce(m.decision ->> 'subject', '') as subject,
               (select count(*)::int from media d where d.message_id = m.id and d.state = 'stored') as media_count
        from message m where m.id = $1 and m.kind = 'outbound'
        """,
        message_id,
    )
    return dict(row) if row else None


def _facts(row: asyncpg.Record | None) -> ConversationFacts | None:
    return ConversationFacts(**{**row, "capabilities": frozenset(row["capabilities"])}) if row else None
