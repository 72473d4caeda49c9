"""What routing reads and writes: groups of queues, the snapshot of one group, and why it was decided so.

Cost follows the members of the group and the head of each queue, not how many conversations exist.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from answerback.domain.ids import ConversationId, QueueId, UserId
from answerback.domain.routing.snapshot import (
    AgentView,
    Method,
    Mode,
    Presence,
    QueueView,
    Snapshot,
    WaitingView,
)
from answerback.storage.connection import Connection, Database

HEAD = 100

GROUP_LOCK = "select pg_advisory_xact_lock(hashtext('route'), $1::int)"

BUSY_QUEUES = """
    select q.id from queue q
    where exists (select from conversation c where c.queue_id = q.id and c.state = 'open')
"""

AGENTS = """
    select u.id, u.name, coalesce(s.presence, 'offline') as presence, u.capacity_units, s.last_assigned_at,
           coalesce(s.idle_since, u.created_at) as idle_since,
           exists (select from agent_connection k where k.user_id = u.id) as connected,
           coalesce(load.units, 0)::int as used_units
    from app_user u left join agent_status s on s.user_id = u.id
    left join (
        select c.agent_id, sum(w.units) as units from conversation c join workstream w on w.id = c.workstream_id
        where c.agent_id = any ($1::bigint[]) and (c.state in ('offered', 'active')
              or (c.state = 'wrap_up' and c.capacity_until is not null))
        group by c.agent_id) load on load.agent_id = u.id
    where u.id = any ($1::bigint[]) and u.active
"""

PLACE = "id, queue_id, workstream_id, queued_at, opened_at, affinity_agent_id, affinity_until, transfer_agent_id"

# The head of every queue, and whoever waits for one agent by name, wherever they stand. What agents pick for
# themselves is only offered when it was handed to one by name.
WAITING = f"""
    select c.*, w.units, w.decline_limit, w.offer_seconds, w.auto_accept, w.mode
    from unnest($1::bigint[]) as q (id) cross join lateral (
        (select {PLACE} from conversation where queue_id = q.id and state = 'open'
           and workstream_id in (select id from workstream where mode = 'push')
         order by queued_at, id limit {HEAD})
        union
        (select {PLACE} from conversation where queue_id = q.id and state = 'open'
           and (affinity_agent_id is not null or transfer_agent_id is not null)
         order by queued_at, id limit {HEAD})
    ) c join workstream w on w.id = c.workstream_id
    where w.mode = 'push' or c.transfer_agent_id is not null
"""

DECLINES = """
    select o.conversation_id, o.agent_id, count(*) as times
    from unnest($1::bigint[], $2::timestamptz[]) as c (id, since)
    join offer o on o.conversation_id = c.id
    where o.state in ('declined', 'timed_out') and o.made_at >= c.since
    group by o.conversation_id, o.agent_id
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Queues that share agents, directly or through others: they are decided together."""

    key: int
    queue_ids: tuple[int, ...]


async def busy_groups(database: Database) -> list[Group]:
    """The groups in which somebody waits. A queue without members stands alone."""
    busy = {row["id"] for row in await database.fetch(BUSY_QUEUES)}
    if not busy:
        return []
    members = await database.fetch("select queue_id, user_id from queue_member")
    groups = group_queues(busy, [(row["queue_id"], row["user_id"]) for row in members])
    return [group for group in groups if not busy.isdisjoint(group.queue_ids)]


def group_queues(queue_ids: set[int], members: Sequence[tuple[int, int]]) -> list[Group]:
    """Union-find over (queue, member) pairs; the smallest queue id names the group."""
    parent = {queue_id: queue_id for queue_id in queue_ids | {queue_id for queue_id, _ in members}}

    def root(queue_id: int) -> int:
        while parent[queue_id] != queue_id:
            parent[queue_id] = parent[parent[queue_id]]
            queue_id = parent[queue_id]
        return queue_id

    home: dict[int, int] = {}
    for queue_id, user_id in members:
        one, other = root(queue_id), root(home.setdefault(user_id, queue_id))
        parent[max(one, other)] = min(one, other)
    grouped: defaultdict[int, list[int]] = defaultdict(list)
    for queue_id in sorted(parent):
        grouped[root(queue_id)].append(queue_id)
    return [Group(key, tuple(found)) for key, found in grouped.items()]


async def lock_group(connection: Connection, group: Group) -> None:
    """One pass at a time in a group, over all processes, until this transaction ends."""
    await connection.execute(GROUP_LOCK, group.key)


async def read_snapshot(connection: Connection, group: Group) -> Snapshot:
    """Queues, members and the heads of the queues. Read after `lock_group`."""
    queue_ids = list(group.queue_ids)
    queues = await connection.fetch(
        "select id, name, priority_group, assignment_method from queue where id = any ($1::bigint[])", queue_ids
    )
    waiting = await connection.fetch(WAITING, queue_ids)
    members = await connection.fetch(
        "select queue_id, user_id from queue_member where queue_id = any ($1::bigint[])", queue_ids
    )
    queues_of: defaultdict[int, set[QueueId]] = defaultdict(set)
    for row in members:
        queues_of[row["user_id"]].add(QueueId(row["queue_id"]))
    named = {row[column] for row in waiting for column in ("affinity_agent_id", "transfer_agent_id")} - {None}
    agents = await connection.fetch(AGENTS, list(queues_of.keys() | named))
    declines = await _declines(connection, waiting)
    return Snapshot(
        tuple(
            QueueView(QueueId(row["id"]), row["name"], row["priority_group"], Method(row["assignment_method"]))
            for row in queues
        ),
        tuple(_agent(row, frozenset(queues_of[row["id"]])) for row in agents),
        tuple(_waiting(row, declines.get(row["id"], {})) for row in waiting),
    )


async def read_picked(connection: Connection, conversation_id: int) -> Snapshot | None:
    """A conversation that waits to be picked, alone with its queue; None when it does not."""
    row = await connection.fetchrow(
        """
        select c.id, c.queue_id, c.queued_at, c.opened_at, c.affinity_agent_id, c.affinity_until, c.transfer_agent_id,
               w.units, w.decline_limit, w.offer_seconds, w.auto_accept, w.mode,
               q.name, q.priority_group, q.assignment_method
        from conversation c join workstream w on w.id = c.workstream_id join queue q on q.id = c.queue_id
        where c.id = $1 and c.state = 'open' and w.mode = 'pick' and c.transfer_agent_id is null
        """,
        conversation_id,
    )
    if row is None:
        return None
    method = Method(row["assignment_method"])
    queue = QueueView(QueueId(row["queue_id"]), row["name"], row["priority_group"], method)
    return Snapshot((queue,), (), (_waiting(row, {}),))


async def _declines(connection: Connection, waiting: Sequence[asyncpg.Record]) -> dict[int, dict[UserId, int]]:
    """How often each agent let each of these pass since it was queued."""
    rows = await connection.fetch(
        DECLINES, [row["id"] for row in waiting], [row["queued_at"] or row["opened_at"] for row in waiting]
    )
    declines: defaultdict[int, dict[UserId, int]] = defaultdict(dict)
    for row in rows:
        declines[row["conversation_id"]][UserId(row["agent_id"])] = row["times"]
    return declines


def _agent(row: asyncpg.Record, queues: frozenset[QueueId]) -> AgentView:
    return AgentView(
        id=UserId(row["id"]),
        name=row["name"],
        presence=Presence(row["presence"]),
        connected=row["connected"],
        capacity_units=row["capacity_units"],
        used_units=row["used_units"],
        queues=queues,
        last_assigned_at=row["last_assigned_at"],
        idle_since=row["idle_since"],
    )


def _waiting(row: asyncpg.Record, declines: dict[UserId, int]) -> WaitingView:
    return WaitingView(
        id=ConversationId(row["id"]),
        queue_id=QueueId(row["queue_id"]),
        units=row["units"],
        queued_at=row["queued_at"] or row["opened_at"],
        decline_limit=row["decline_limit"],
        offer_seconds=row["offer_seconds"],
        mode=Mode(row["mode"]),
        auto_accept=row["auto_accept"],
        affinity_agent=row["affinity_agent_id"],
        affinity_until=row["affinity_until"],
        transfer_agent=row["transfer_agent_id"],
        declines=declines,
    )


async def database_time(connection: Connection) -> datetime:
    now: datetime = await connection.fetchval("select clock_timestamp()")
    return now


async def queue_exists(database: Database, queue_id: int) -> bool:
    return bool(await database.fetchval("select true from queue where id = $1", queue_id))


async def agent_exists(database: Database, user_id: int) -> bool:
    """Whether this person works here."""
    return bool(await database.fetchval("select true from app_user where id = $1 and active", user_id))
