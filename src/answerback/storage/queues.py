"""Queues and their members, as settings."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select q.id, q.name, q.priority_group, q.assignment_method, q.service_level_seconds, q.calendar_id, q.created_at,
       array(select m.user_id from queue_member m where m.queue_id = q.id order by m.user_id) as members
from queue q
"""


class Queue(msgspec.Struct, frozen=True):
    """A queue as the API shows it; `members` are ids of users. The smaller priority group is served first.

    Outside the hours of its calendar nothing is offered; without one it is always open.
    """

    id: int
    name: str
    priority_group: int
    assignment_method: str
    service_level_seconds: int
    calendar_id: int | None
    members: list[int]
    created_at: datetime


async def list_queues(connection: Database, after: int, limit: int) -> list[Queue]:
    rows = await connection.fetch(SELECT + " where q.id > $1 order by q.id limit $2", after, limit)
    return [Queue(**row) for row in rows]


async def get_queue(connection: Database, queue_id: int) -> Queue | None:
    row = await connection.fetchrow(SELECT + " where q.id = $1", queue_id)
    return Queue(**row) if row else None


async def lock_queue(connection: Connection, queue_id: int) -> Queue | None:
    """Held until the transaction ends, so that changes at the same time take turns."""
    row = await connection.fetchrow(SELECT + " where q.id = $1 for update", queue_id)
    return Queue(**row) if row else None


async def insert_queue(connection: Connection, queue: Queue) -> int:
    """Without its members."""
    queue_id: int = await connection.fetchval(
        """
        insert into queue (name, priority_group, assignment_method, service_level_seconds, calendar_id)
        values ($1, $2, $3, $4, $5) returning id
        """,
        queue.name,
        queue.priority_group,
        queue.assignment_method,
        queue.service_level_seconds,
        queue.calendar_id,
    )
    return queue_id


async def update_queue(connection: Connection, queue: Queue) -> None:
    """Without its members."""
    await connection.execute(
        """
        update queue set name = $2, priority_group = $3, assignment_method = $4, service_level_seconds = $5,
            calendar_id = $6
        where id = $1
        """,
        queue.id,
        queue.name,
        queue.priority_group,
        queue.assignment_method,
        queue.service_level_seconds,
        queue.calendar_id,
    )


async def set_members(connection: Connection, queue_id: int, user_ids: Sequence[int]) -> None:
    """Exactly these; who stays keeps the date of joining."""
    await connection.execute(
        "delete from queue_member where queue_id = $1 and user_id <> all ($2::bigint[])", queue_id, user_ids
    )
    await connection.execute(
        """
        insert into queue_member (queue_id, user_id) select $1, unnest($2::bigint[])
        on conflict do nothing
        """,
        queue_id,
        user_ids,
    )


async def known_users(connection: Database, user_ids: Sequence[int]) -> frozenset[int]:
    """Those of `user_ids` who are active users."""
    rows = await connection.fetch("select id from app_user where id = any ($1::bigint[]) and active", user_ids)
    return frozenset(row["id"] for row in rows)


async def delete_queue(connection: Connection, queue_id: int) -> None:
    await connection.execute("delete from queue where id = $1", queue_id)


async def uses_of_queue(connection: Database, queue_id: int) -> tuple[str, ...]:
    """What needs this queue, in words."""
    rows = await connection.fetch(
        """
        (select 'workstream ' || name as use from workstream where queue_id = $1 order by name limit 5)
        union all
        (select 'conversations that are or were in it' from conversation where queue_id = $1 limit 1)
        union all
        (select 'routing decisions' from routing_decision where queue_id = $1 limit 1)
        """,
        queue_id,
    )
    return tuple(row["use"] for row in rows)
