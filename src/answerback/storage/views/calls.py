"""Calls as people see them, by id, and the newest of a contact or a conversation."""

from collections.abc import Iterable

from answerback.storage.connection import Database
from answerback.storage.views.shapes import CallView

COLUMNS = """
    c.id, c.conversation_id, c.contact_id, c.direction, c.status, c.status_rank, c.handled, n.address as number,
    c.phone, c.agent_id, a.name as agent_name, c.trouble, c.started_at, c.answered_at, c.ended_at, c.duration_seconds,
    c.text_back_id
"""
JOINS = "from voice_call c join number n on n.id = c.number_id left join app_user a on a.id = c.agent_id"


async def calls_by_id(database: Database, ids: Iterable[int]) -> dict[int, CallView]:
    """The calls that exist, keyed by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await database.fetch(f"select {COLUMNS} {JOINS} where c.id = any ($1::bigint[])", wanted)
    return {row["id"]: CallView(**row) for row in rows}


async def calls_of_contact(database: Database, contact_id: int, limit: int = 50) -> list[CallView]:
    """The newest first."""
    rows = await database.fetch(
        f"select {COLUMNS} {JOINS} where c.contact_id = $1 order by c.started_at desc, c.id desc limit $2",
        contact_id,
        limit,
    )
    return [CallView(**row) for row in rows]


async def calls_of_conversation(database: Database, conversation_id: int, before: int, limit: int) -> list[CallView]:
    """The newest first, with ids below `before`."""
    rows = await database.fetch(
        f"select {COLUMNS} {JOINS} where c.conversation_id = $1 and c.id < $2 order by c.id desc limit $3",
        conversation_id,
        before,
        limit,
    )
    return [CallView(**row) for row in rows]
