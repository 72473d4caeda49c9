"""Conversations as decisions need them: read under a lock, written back when they are still what was read.

Not for screens (storage/views) and not for texts coming in (storage/ingest).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import asyncpg

from answerback.domain.conversations.state import (
    AgentLostRule,
    Conversation,
    Policy,
    State,
    WrapUpCapacity,
)
from answerback.storage.connection import Connection

POLICY = tuple(field.name for field in fields(Policy))
COLUMNS = tuple(field.name for field in fields(Conversation) if field.name != "policy")
WRITTEN = {
    "queue_id": "bigint",
    "state": "text",
    "state_since": "timestamptz",
    "agent_id": "bigint",
    "affinity_agent_id": "bigint",
    "affinity_until": "timestamptz",
    "transfer_agent_id": "bigint",
    "queued_at": "timestamptz",
    "offer_expires_at": "timestamptz",
    "wake_at": "timestamptz",
    "capacity_until": "timestamptz",
    "auto_close_at": "timestamptz",
    "closed_at": "timestamptz",
    "close_reason": "text",
    "disposition": "text",
    "waiting_since": "timestamptz",
}

DECIDED_ON = ", ".join([*(f"c.{name}" for name in COLUMNS), *(f"w.{name}" for name in POLICY), "c.contact_id"])

LOAD = f"""
    select {DECIDED_ON}, clock_timestamp() as now
    from conversation c join workstream w on w.id = c.workstream_id
    where c.id = any ($1::bigint[]) order by c.id for update of c
"""

SAVE = f"""
    update conversation c set {", ".join(f"{name} = s.{name}" for name in WRITTEN)}, version = c.version + 1
    from unnest($1::bigint[], $2::int[], {", ".join(f"${at}::{kind}[]" for at, kind in enumerate(WRITTEN.values(), 3))})
         as s (id, version, {", ".join(WRITTEN)})
    where c.id = s.id and c.version = s.version
    returning c.id
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """A conversation that nobody else changes until this transaction ends, and the database's time."""

    conversation: Conversation
    contact_id: int
    now: datetime


async def lock_conversations(connection: Connection, ids: Iterable[int], *, wait: bool = True) -> list[Locked]:
    """Those that exist, in the order of their ids; without `wait` only those that nobody else holds."""
    rows = await connection.fetch(LOAD if wait else LOAD + " skip locked", list(ids))
    return [Locked(conversation_of(row), row["contact_id"], row["now"]) for row in rows]


async def save_conversations(
    connection: Connection, changes: Sequence[tuple[Conversation, Conversation]]
) -> frozenset[int]:
    """Write (before, after) pairs, each only while its row still is `before`; the ids that were written."""
    if not changes:
        return frozenset()
    columns: list[list[Any]] = [[getattr(after, name) for _, after in changes] for name in WRITTEN]
    rows = await connection.fetch(
        SAVE, [before.id for before, _ in changes], [before.version for before, _ in changes], *columns
    )
    return frozenset(row["id"] for row in rows)


async def next_sequence(connection: Connection, conversation_id: int) -> int:
    """Claim the next place in the conversation's message sequence."""
    place: int = await connection.fetchval(
        "update conversation set last_seq = last_seq + 1, version = version + 1 where id = $1 returning last_seq",
        conversation_id,
    )
    return place


async def insert_note(connection: Connection, conversation_id: int, body: str, author_id: int | None) -> int:
    """A note in the thread, never sent to the customer; null author: the system. Gives the message's id."""
    message_id: int = await connection.fetchval(
        """
        insert into message (conversation_id, seq, kind, origin, author_id, body, status, status_rank)
        values ($1, $2, 'note', $3, $4, $5, 'noted', 0) returning id
        """,
        conversation_id,
        await next_sequence(connection, conversation_id),
        "automated" if author_id is None else "agent",
        author_id,
        body,
    )
    return message_id


async def clear_unread(connection: Connection, conversation_id: int) -> int | None:
    """Mark everything as read; the contact's id, or None when nothing was unread."""
    contact_id: int | None = await connection.fetchval(
        "update conversation set unread = 0, version = version + 1 where id = $1 and unread > 0 returning contact_id",
        conversation_id,
    )
    return contact_id


def conversation_of(row: asyncpg.Record) -> Conversation:
    """From a row of DECIDED_ON."""
    policy = {name: row[name] for name in POLICY}
    policy["wrap_up_capacity"] = WrapUpCapacity(policy["wrap_up_capacity"])
    policy["agent_lost_rule"] = AgentLostRule(policy["agent_lost_rule"])
    columns = {name: row[name] for name in COLUMNS}
    columns["state"] = State(columns["state"])
    return Conversation(**columns, policy=Policy(**policy))
