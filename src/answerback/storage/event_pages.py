"""The event log for people and programs that read it page by page: audit and integrations."""

from dataclasses import dataclass
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
  and ($3::bigint is null or e.actor_id = $3)
  and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
"""
# Literals, so that PostgreSQL sees that the partial index event_audit applies.
AUDIT = """ and e.conversation_id is null
  and e.kind not in ('PresenceChanged', 'AgentConnected', 'AgentDisconnected', 'AgentLost', 'CampaignMoved')"""
FORWARD = " and (e.xid, e.id) > ($6::text::xid8, $7::bigint) order by e.xid, e.id limit $8"
BACKWARD = " and (e.xid, e.id) < ($6::text::xid8, $7::bigint) order by e.xid desc, e.id desc limit $8"
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of one kind, of one conversation, by one user, within a time. `audit` leaves out the news of
    conversations, of presence and of campaigns that move: what remains is what people set, gave out or erased, and
    who signed in."""

    kind: str | None = None
    conversation_id: int | None = None
    actor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    audit: bool = False


async def read_events(
    connection: Database, after: str | None, wanted: Wanted, *, newest: bool, limit: int
) -> list[EventView]:
    """Oldest first, or newest first; BadCursorError for a cursor that is none."""
    xid, number = parse_cursor(after or (END if newest else "0-0"))
    statement = COLUMNS + (AUDIT if wanted.audit else "") + (BACKWARD if newest else FORWARD)
    rows = await connection.fetch(
        statement,
        wanted.kind,
        wanted.conversation_id,
        wanted.actor_id,
        wanted.since,
        wanted.until,
        str(xid),
        number,
        limit,
    )
    return [EventView(**row) for row in rows]
