"""Agents with their load, and offers, as people see them."""

from collections.abc import Iterable, Mapping

from answerback.storage.connection import Database
from answerback.storage.views.conversations import conversations_by_id
from answerback.storage.views.shapes import AgentView, ConversationView, OfferView

# Work that takes capacity: what is offered or active, and wrap-up until the clock releases it. The clock writes an
# event when it does, so that no screen has to watch the time.
USED_UNITS = """
    coalesce((select sum(w.units) from conversation c join workstream w on w.id = c.workstream_id
              where c.agent_id = u.id and (c.state in ('offered', 'active')
                    or (c.state = 'wrap_up' and c.capacity_until is not null))),
             0)::int
"""

AGENT_COLUMNS = f"""
    u.id, u.name, u.role, coalesce(s.presence, 'offline') as presence, s.presence_since,
    exists (select from agent_connection k where k.user_id = u.id) as connected,
    u.capacity_units, {USED_UNITS} as used_units
"""

AGENTS = f"""
    select {AGENT_COLUMNS} from app_user u left join agent_status s on s.user_id = u.id
    where u.active and ($1::bigint[] is null or u.id = any ($1))
    order by u.name, u.id
"""

OFFERS = """
    select id, conversation_id, agent_id, reason, made_at, expires_at, state
    from offer where id = any ($1::bigint[])
"""


async def agents(connection: Database, ids: Iterable[int] | None = None) -> dict[int, AgentView]:
    """Active users keyed by id, in the order of their names; None means all of them."""
    rows = await connection.fetch(AGENTS, None if ids is None else list(ids))
    return {row["id"]: AgentView(**row) for row in rows}


async def offers_by_id(
    connection: Database, ids: Iterable[int], known: Mapping[int, ConversationView] | None = None
) -> dict[int, OfferView]:
    """Offers keyed by id, each with its conversation; those `known` are not read again."""
    rows = await connection.fetch(OFFERS, list(ids))
    found = dict(known or {})
    found |= await conversations_by_id(connection, {row["conversation_id"] for row in rows} - found.keys())
    return {row["id"]: OfferView(**row, conversation=found[row["conversation_id"]]) for row in rows}
