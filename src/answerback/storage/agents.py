"""The live state of agents: presence, connections, and when they last became free."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from answerback.storage.connection import Connection, Database

STALE_SECONDS = 30


async def set_presence_row(connection: Connection, user_id: int, presence: str) -> str:
    """Store it; gives the one before. Going offline starts the grace time, what else a connected agent says ends it."""
    before: str | None = await connection.fetchval(
        "select presence from agent_status where user_id = $1 for update", user_id
    )
    await connection.execute(
        """
        insert into agent_status (user_id, presence) values ($1, $2)
        on conflict (user_id) do update
        set presence = excluded.presence,
            presence_since = case when agent_status.presence = excluded.presence then agent_status.presence_since
                                  else now() end,
            idle_since = case when agent_status.presence = 'offline' and excluded.presence <> 'offline' then now()
                              else agent_status.idle_since end,
            lost_at = case when excluded.presence = 'offline' then coalesce(agent_status.lost_at, now())
                           when exists (select from agent_connection k where k.user_id = excluded.user_id) then null
                           else agent_status.lost_at end
        """,
        user_id,
        presence,
    )
    return before or "offline"


async def mark_idle(connection: Connection, user_ids: Sequence[int]) -> None:
    """These agents just got work off their hands. Rows are locked by id, so that nobody waits in a circle."""
    if user_ids:
        await connection.execute(
            """
            update agent_status s set idle_since = now()
            from (select user_id from agent_status where user_id = any ($1::bigint[]) order by user_id for update) l
            where s.user_id = l.user_id
            """,
            user_ids,
        )


async def add_connection(connection: Connection, connection_id: UUID, user_id: int, node: str) -> bool:
    """A screen came; True when it is the agent's first. Ends the grace time unless the agent chose to be offline."""
    await connection.execute("insert into agent_status (user_id) values ($1) on conflict do nothing", user_id)
    # The lock makes "first" and "last" exact when screens come and go at the same moment.
    await connection.execute("select from agent_status where user_id = $1 for update", user_id)
    first: bool = await connection.fetchval(
        "select not exists (select from agent_connection where user_id = $1)", user_id
    )
    await connection.execute(
        "insert into agent_connection (id, user_id, node) values ($1, $2, $3)", connection_id, user_id, node
    )
    await connection.execute(
        "update agent_status set lost_at = null where user_id = $1 and lost_at is not null and presence <> 'offline'",
        user_id,
    )
    return first


async def remove_connections(connection: Connection, ids: Sequence[UUID]) -> list[int]:
    """Screens went; the agents who have none left, whose grace time starts now."""
    users = [
        row["user_id"]
        for row in await connection.fetch(
            "select distinct user_id from agent_connection where id = any ($1::uuid[]) order by user_id", list(ids)
        )
    ]
    await connection.execute(
        "select from agent_status where user_id = any ($1::bigint[]) order by user_id for update", users
    )
    removed = await connection.fetch(
        "delete from agent_connection where id = any ($1::uuid[]) returning user_id", list(ids)
    )
    rows = await connection.fetch(
        """
        update agent_status s set lost_at = coalesce(s.lost_at, now())
        where s.user_id = any ($1::bigint[])
          and not exists (select from agent_connection k where k.user_id = s.user_id)
        returning s.user_id
        """,
        list({row["user_id"] for row in removed}),
    )
    return [row["user_id"] for row in rows]


async def refresh_connections(database: Database, ids: Sequence[UUID]) -> list[UUID]:
    """Say that these screens are still there; those that were given up meanwhile and must be added again."""
    rows = await database.fetch(
        "update agent_connection set seen_at = now() where id = any ($1::uuid[]) returning id", list(ids)
    )
    return list(set(ids) - {row["id"] for row in rows})


async def stale_connections(connection: Connection) -> list[UUID]:
    """Screens whose node has not spoken of them for STALE_SECONDS."""
    rows = await connection.fetch(
        "select id from agent_connection where seen_at < now() - make_interval(secs => $1)", float(STALE_SECONDS)
    )
    return [row["id"] for row in rows]


LOST = "lost_at < now() - make_interval(secs => $1)"


async def lost_agents(database: Database, grace_seconds: float) -> list[int]:
    """Agents who have been gone for longer than the grace time, the longest first."""
    rows = await database.fetch(
        f"select user_id from agent_status where {LOST} order by lost_at limit 100", grace_seconds
    )
    return [row["user_id"] for row in rows]


async def lock_lost_agent(connection: Connection, user_id: int, grace_seconds: float) -> bool:
    """Whether the agent is still gone; then nobody else deals with it. Lock the agent's conversations before."""
    found = await connection.fetchval(
        f"select true from agent_status where {LOST} and user_id = $2 for update", grace_seconds, user_id
    )
    return bool(found)


async def settle_lost_agent(connection: Connection, user_id: int) -> tuple[str, str]:
    """The agent is dealt with and is offline now; their name, and the presence before."""
    row = await connection.fetchrow(
        "select u.name, s.presence from app_user u join agent_status s on s.user_id = u.id where u.id = $1", user_id
    )
    assert row is not None  # locked just before
    await connection.execute(
        """
        update agent_status
        set lost_at = null, presence = 'offline',
            presence_since = case when presence = 'offline' then presence_since else now() end
        where user_id = $1
        """,
        user_id,
    )
    return row["name"], row["presence"]


@dataclass(frozen=True, slots=True)
class HeldWork:
    """A conversation offered to or active with an agent, and the name of its queue."""

    conversation_id: int
    queue: str


async def work_of(connection: Connection, agent_id: int) -> list[HeldWork]:
    rows = await connection.fetch(
        """
        select c.id, q.name from conversation c join queue q on q.id = c.queue_id
        where c.agent_id = $1 and c.state in ('offered', 'active') order by c.id
        """,
        agent_id,
    )
    return [HeldWork(*row) for row in rows]
