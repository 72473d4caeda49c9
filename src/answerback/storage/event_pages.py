"""The event log for people and programs that read it page by page: audit and integrations."""

from datetime import datetime
from typing import Any

import msgspec

from answerback.storage.connection import Database
from answerback.storage.events import parse_cursor

COLUMNS = """
select e.xid::text || '-' || e.id as cursor, e.id, e.kind, e.at, e.actor_id, u.name as actor_name, e.conversation_id,
       e.contact_id, e.message_id, e.user_id, e.data
from event e left join app_user u on u.id = e.actor_id
where e.xid < pg_snapshot_xmin(pg_current_snapshot())
  and ($1::text is null or e.kind = $1) and ($2::bigint is null or e.conversation_id = $2)
"""
FORWARD = COLUMNS + " and (e.xid, e.id) > ($3::text::xid8, $4::bigint) order by e.xid, e.id limit $5"
BACKWARD = COLUMNS + " and (e.xid, e.id) < ($3::text::xid8, $4::bigint) order by e.xid desc, e.id desc limit $5"
END = f"{2**64 - 1}-{2**63 - 1}"


class EventView(msgspec.Struct, frozen=True):
    """One event; `data` holds ids and small facts, never texts or customers' phones."""

    cursor: str
    id: int
    kind: str
    at: datetime
    actor_id: int | None
    actor_name: str | None
    conversation_id: int | None
    contact_id: int | None
    message_id: int | None
    user_id: int | None
    data: dict[str, Any]


async def read_events(
    connection: Database, after: str | None, *, kind: str | None, conversation_id: int | None, newest: bool, limit: int
) -> list[EventView]:
    """Oldest first, or newest first; BadCursorError for a cursor that is none."""
    xid, number = parse_cursor(after or (END if newest else "0-0"))
    statement = BACKWARD if newest else FORWARD
    rows = await connection.fetch(statement, kind, conversation_id, str(xid), number, limit)
    return [EventView(**row) for row in rows]
