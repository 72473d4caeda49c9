"""The append-only log of what happened: written inside the transaction that changes the rows, read by cursor.

A cursor names the last event read as "xid-id". Readers stay below the oldest running transaction, so that one
which commits late is never skipped. `data` holds ids and small facts, never texts or phone numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from answerback.storage.connection import Database


class BadCursorError(ValueError):
    """The text is not a cursor of this log."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is about to be recorded; `actor_id` None means the system or the customer did it."""

    kind: str
    actor_id: int | None = None
    conversation_id: int | None = None
    contact_id: int | None = None
    message_id: int | None = None
    user_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded event; `cursor` reads on right after it."""

    xid: int
    id: int
    kind: str
    at: datetime
    actor_id: int | None
    conversation_id: int | None
    contact_id: int | None
    message_id: int | None
    user_id: int | None
    data: dict[str, Any]

    @property
    def cursor(self) -> str:
        return f"{self.xid}-{self.id}"


async def append(connection: Database, events: Sequence[NewEvent]) -> None:
    """Record `events` in their order. Call it inside the transaction that changes the rows."""
    if not events:
        return
    await connection.execute(
        """
        insert into event (kind, actor_id, conversation_id, contact_id, message_id, user_id, data)
        select kind, actor_id, conversation_id, contact_id, message_id, user_id, data
        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::jsonb[])
             with ordinality as e (kind, actor_id, conversation_id, contact_id, message_id, user_id, data, ord)
        order by ord
        """,
        [event.kind for event in events],
        [event.actor_id for event in events],
        [event.conversation_id for event in events],
        [event.contact_id for event in events],
        [event.message_id for event in events],
        [event.user_id for event in events],
        [dict(event.data) for event in events],
    )


async def read_after(connection: Database, cursor: str, limit: int = 500) -> tuple[list[Event], str]:
    """Up to `limit` events after `cursor`, oldest first, and the cursor to go on from."""
    xid, number = parse_cursor(cursor)
    rows = await connection.fetch(
        """
        select xid::text::bigint as xid, id, kind, at, actor_id, conversation_id, contact_id, message_id, user_id, data
        from event
        where (xid, id) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, id limit $3
        """,
        str(xid),
        number,
        limit,
    )
    events = [Event(**row) for row in rows]
    return events, events[-1].cursor if events else cursor


async def current_cursor(connection: Database) -> str:
    """A cursor that reads what this snapshot does not hold yet: the snapshot's own edge.

    Take it in the same REPEATABLE READ transaction as the rows. Events just below the edge may be read again.
    """
    xmin: str = await connection.fetchval("select pg_snapshot_xmin(pg_current_snapshot())::text")
    return f"{xmin}-0"


def parse_cursor(cursor: str) -> tuple[int, int]:
    """Transaction number and event number of a cursor, else BadCursorError."""
    xid, dash, number = cursor.partition("-")
    if not (dash and xid.isdecimal() and number.isdecimal() and int(xid) < 2**64 and int(number) < 2**63):
        raise BadCursorError("This is not a cursor. Use one that an earlier answer gave, or leave it out.")
    return int(xid), int(number)
