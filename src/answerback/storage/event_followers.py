"""How far each follower of the event log has read. The row is also its lock: one node at a time follows."""

from collections.abc import Sequence
from typing import Final

from answerback.storage.connection import Connection, Database
from answerback.storage.events import Event

FAR: Final = 1_000
"""Transactions without news after which the position moves on all the same, so that nothing is looked through twice."""


async def begin_following(database: Database, name: str) -> None:
    """From now on; a follower that is known goes on where it was."""
    await database.execute(
        """
        insert into event_follower (name, xid, id) values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
        on conflict do nothing
        """,
        name,
    )


async def end_following(database: Database, name: str) -> None:
    """What happens until it begins again is not made up for."""
    await database.execute("delete from event_follower where name = $1", name)


async def read_news(
    connection: Connection, name: str, kinds: Sequence[str], limit: int
) -> tuple[list[Event], bool] | None:
    """Events of these kinds after the follower's position, oldest first, and whether there may be more.

    Moves the position: call it inside the transaction that writes what follows from them. None while another node has
    the follower, or nobody began it.
    """
    place = await connection.fetchrow(
        """
        select xid::text as xid, id, pg_snapshot_xmin(pg_current_snapshot())::text as edge
        from event_follower where name = $1 for update skip locked
        """,
        name,
    )
    if place is None:
        return None
    rows = await connection.fetch(
        """
        select xid::text::bigint as xid, id, kind, at, actor_id, conversation_id, contact_id, message_id, user_id, data
        from event
        where (xid, id) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8 and kind = any ($4::text[])
        order by xid, id limit $5
        """,
        place["xid"],
        place["id"],
        place["edge"],
        kinds,
        limit,
    )
    events = [Event(**row) for row in rows]
    if len(events) == limit:
        last = events[-1]
        await _move(connection, name, str(last.xid), last.id)
        return events, True
    if events or int(place["edge"]) - int(place["xid"]) > FAR:
        await _move(connection, name, place["edge"], 0)
    return events, False


async def _move(connection: Connection, name: str, xid: str, number: int) -> None:
    await connection.execute(
        "update event_follower set xid = $2::text::xid8, id = $3, at = now() where name = $1", name, xid, number
    )
