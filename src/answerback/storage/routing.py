"""What routing reads: groups of queues that share agents, and the snapshot of each.

A few statements serve all groups at once. Cost follows the members and the head of each queue, not how many
conversations exist.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from answerback.domain.conversations.state import Conversation
from answerback.domain.hours.state import Closed, Holiday, HoursState, Open
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
from answerback.storage.conversations import DECIDED_ON, conversation_of
from answerback.storage.queue_groups import Group

HEAD = 100
SHORT_HEAD = 5
"""Where no agent has any room there is nothing to decide: the first few are looked at, for the reasons."""

LOCK = "select pg_advisory_xact_lock(hashtext('route'), k.key) from (select unnest($1::int[]) as key order by 1) k"

HOURS = "k.state as hours, k.state_name, k.until, k.time_zone"
QUEUES = f"""
    select q.id, q.name, q.priority_group, q.assignment_method, {HOURS}
    from queue q left join calendar k on k.id = q.calendar_id where q.id = any ($1::bigint[])
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

# How often each agent let it pass since it was queued.
DECLINES = """
    (select jsonb_object_agg(d.agent_id, d.times) from (
        select o.agent_id, count(*) as times from offer o
        where o.conversation_id = c.id and o.state in ('declined', 'timed_out')
          and o.made_at >= coalesce(c.queued_at, c.opened_at) group by o.agent_id) d) as declines
"""

PLACED = f"{DECIDED_ON}, c.opened_at, w.units, w.decline_limit, w.offer_seconds, w.auto_accept, w.mode, {DECLINES}"

# The head of every queue, and whoever waits for one agent by name, wherever they stand. What agents pick for
# themselves is only offered when it was handed to one by name.
WAITING = f"""
    select {PLACED}, clock_timestamp() as now
    from unnest($1::bigint[], $2::int[]) as q (id, head) cross join lateral (
        (select id from conversation where queue_id = q.id and state = 'open'
           and workstream_id in (select id from workstream where mode = 'push')
         order by queued_at, id limit q.head)
        union
        (select id from conversation where queue_id = q.id and state = 'open'
           and (affinity_agent_id is not null or transfer_agent_id is not null)
         order by queued_at, id limit {HEAD})
    ) head join conversation c on c.id = head.id join workstream w on w.id = c.workstream_id
    where w.mode = 'push' or c.transfer_agent_id is not null
"""

PICKED = f"""
    select {PLACED}, q.name, q.priority_group, q.assignment_method, {HOURS}
    from conversation c join workstream w on w.id = c.workstream_id join queue q on q.id = c.queue_id
    left join calendar k on k.id = q.calendar_id
    where c.id = $1 and c.state = 'open' and w.mode = 'pick' and c.transfer_agent_id is null
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits: as routing sees it, and as the machine does, to be written back if nothing changes meanwhile."""

    view: WaitingView
    conversation: Conversation
    contact_id: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The snapshots of some groups at one moment."""

    now: datetime
    snapshots: tuple[Snapshot, ...]
    waiting: Mapping[ConversationId, Waiting]


async def lock_groups(connection: Connection, groups: Sequence[Group]) -> None:
    """One pass at a time in a group, over all processes, until this transaction ends. Locked in one order."""
    await connection.execute(LOCK, [group.key for group in groups])


async def read_scene(connection: Connection, groups: Sequence[Group], *, whole: bool) -> Scene | None:
    """Queues, members and the heads of the queues; None when nobody waits. Read it after `lock_groups`.

    `whole` reads long heads also where nobody has room, so that everybody there gets a reason.
    """
    agents = await _read_agents(connection, {user_id for group in groups for _, user_id in group.members})
    heads = {queue_id: _head(group, agents, whole) for group in groups for queue_id in group.queue_ids}
    rows = await connection.fetch(WAITING, list(heads), list(heads.values()))
    if not rows:
        return None
    waiting = {each.view.id: each for each in map(_waiting, rows)}
    queues = {row["id"]: _queue(row["id"], row) for row in await connection.fetch(QUEUES, list(heads))}
    named = {row[column] for row in rows for column in ("affinity_agent_id", "transfer_agent_id")} - {None}
    agents |= await _read_agents(connection, named - agents.keys())
    snapshots = (_snapshot(group, queues, agents, waiting.values()) for group in groups)
    return Scene(rows[0]["now"], tuple(each for each in snapshots if each.waiting), waiting)


async def _read_agents(connection: Connection, user_ids: Set[int]) -> dict[int, asyncpg.Record]:
    if not user_ids:
        return {}
    return {row["id"]: row for row in await connection.fetch(AGENTS, list(user_ids))}


def _head(group: Group, agents: Mapping[int, asyncpg.Record], whole: bool) -> int:
    return HEAD if whole or any(_has_room(agents.get(user_id)) for _, user_id in group.members) else SHORT_HEAD


def _has_room(agent: asyncpg.Record | None) -> bool:
    return agent is not None and agent["connected"] and agent["used_units"] < agent["capacity_units"]


async def read_picked(connection: Connection, conversation_id: int) -> Snapshot | None:
    """A conversation that waits to be picked, alone with its queue; None when it does not."""
    row = await connection.fetchrow(PICKED, conversation_id)
    if row is None:
        return None
    return Snapshot((_queue(row["queue_id"], row),), (), (_waiting(row).view,))


def _snapshot(
    group: Group, queues: Mapping[int, QueueView], agents: Mapping[int, asyncpg.Record], waiting: Any
) -> Snapshot:
    here = [each.view for each in waiting if each.view.queue_id in group.queue_ids]
    queues_of: defaultdict[int, set[QueueId]] = defaultdict(set)
    for queue_id, user_id in group.members:
        queues_of[user_id].add(QueueId(queue_id))
    for view in here:
        for agent_id in (view.affinity_agent, view.transfer_agent):
            if agent_id is not None:
                queues_of[agent_id] |= set()
    return Snapshot(
        tuple(queues[queue_id] for queue_id in group.queue_ids if queue_id in queues),
        tuple(_agent(agents[user_id], frozenset(found)) for user_id, found in queues_of.items() if user_id in agents),
        tuple(here),
    )


def _queue(queue_id: int, row: asyncpg.Record) -> QueueView:
    method = Method(row["assignment_method"])
    name, group, zone = row["name"], row["priority_group"], row["time_zone"] or "UTC"
    return QueueView(QueueId(queue_id), name, group, method, hours=_hours(row), zone=zone)


def _hours(row: asyncpg.Record) -> HoursState | None:
    """What the queue's calendar says now."""
    match row["hours"]:
        case None:
            return None
        case "open":
            return Open(row["until"])
        case "holiday":
            return Holiday(row["state_name"], row["until"])
        case _:
            return Closed(row["state_name"], row["until"])


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


def _waiting(row: asyncpg.Record) -> Waiting:
    view = WaitingView(
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
        declines={UserId(int(agent_id)): times for agent_id, times in (row["declines"] or {}).items()},
    )
    return Waiting(view, conversation_of(row), row["contact_id"])


async def database_time(database: Database) -> datetime:
    now: datetime = await database.fetchval("select clock_timestamp()")
    return now


async def queue_exists(database: Database, queue_id: int) -> bool:
    return bool(await database.fetchval("select true from queue where id = $1", queue_id))


async def agent_exists(database: Database, user_id: int) -> bool:
    """Whether this person works here."""
    return bool(await database.fetchval("select true from app_user where id = $1 and active", user_id))
