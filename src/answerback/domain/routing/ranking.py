"""The order among agents who can take a conversation, by the queue's method. Every tie ends with the id."""

from datetime import UTC, datetime
from typing import Final

from answerback.domain.routing.floor import Floor
from answerback.domain.routing.snapshot import AgentView, Method, WaitingView

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)

Rank = tuple[int, int, int, datetime, datetime, int]
"""Smaller is first. Who declined this conversation comes after those who did not."""


def rank(agent: AgentView, waiting: WaitingView, method: Method, floor: Floor) -> Rank:
    """Offers of this pass count at once: 5 arrivals for 2 equal agents are spread 3 to 2 by every method."""
    declined = waiting.declines.get(agent.id, 0)
    handed = floor.handed.get(agent.id, 0)
    assigned = agent.last_assigned_at or _NEVER
    match method:
        case Method.HIGHEST_CAPACITY:
            return declined, -floor.free[agent.id], handed, agent.idle_since, assigned, agent.id
        case Method.ROUND_ROBIN:
            return declined, handed, 0, assigned, agent.idle_since, agent.id
        case Method.LEAST_ACTIVE:
            return declined, handed, 0, max(assigned, agent.idle_since), agent.idle_since, agent.id


def list_facts(agent: AgentView, waiting: WaitingView, floor: Floor, now: datetime) -> dict[str, object]:
    """What `rank` looked at, for people, ready for JSON."""
    facts: dict[str, object] = {
        "free_units": floor.free[agent.id],
        "capacity_units": agent.capacity_units,
        "idle_seconds": max(0, int((now - agent.idle_since).total_seconds())),
        "last_assigned_at": agent.last_assigned_at.isoformat() if agent.last_assigned_at else None,
    }
    if declined := waiting.declines.get(agent.id, 0):
        facts["declined"] = declined
    if agent.id in floor.handed:
        facts["offered_in_this_pass"] = True
    return facts
