"""Offer rows: one pending at most for a conversation, kept after their end as history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Who was offered what, and how it ended."""

    id: int
    conversation_id: int
    agent_id: int
    state: str
    expires_at: datetime


async def find_offer(connection: Connection, offer_id: int) -> OfferRow | None:
    row = await connection.fetchrow(
        "select id, conversation_id, agent_id, state, expires_at from offer where id = $1", offer_id
    )
    return None if row is None else OfferRow(**row)


async def end_offers(connection: Connection, ends: Sequence[tuple[int, str]]) -> dict[int, int]:
    """End the pending offers of conversations, each in its (conversation, state); offer ids by conversation."""
    if not ends:
        return {}
    rows = await connection.fetch(
        """
        update offer o set state = e.state, ended_at = now()
        from unnest($1::bigint[], $2::text[]) as e (conversation_id, state)
        where o.conversation_id = e.conversation_id and o.state = 'pending'
        returning o.conversation_id, o.id
        """,
        [conversation_id for conversation_id, _ in ends],
        [state for _, state in ends],
    )
    return {row["conversation_id"]: row["id"] for row in rows}


async def pending_offers_of(connection: Connection, agent_id: int) -> list[int]:
    """The conversations that are put to this agent just now."""
    rows = await connection.fetch(
        "select conversation_id from offer where agent_id = $1 and state = 'pending' order by conversation_id", agent_id
    )
    return [row["conversation_id"] for row in rows]
