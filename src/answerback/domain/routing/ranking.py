"""The order among agents who can take a conversation, by the queue's method. Every tie ends with the id."""

from datetime import UTC, datetime
from typing import Final

from answerback.domain.routing.snapshot import AgentView, Method

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)

Rank = tuple[int, int, datetime, datetime, int]
"""Smaller is first."""


def rank(agent: AgentView, method: Method, free: int, handed: int) -> Rank:
    """Place by what is free and by `handed`, the number of the last offer in this pass (0: none).

    Offers of the pass count at once: 5 arrivals for 2 equal agents are spread 3 to 2 by every method.
    """
    assigned = agent.last_assigned_at or _NEVER
    match method:
        case Method.HIGHEST_CAPACITY:
            return -free, handed, agent.idle_since, assigned, agent.id
        case Method.ROUND_ROBIN:
            return handed, 0, assigned, agent.idle_since, agent.id
        case Method.LEAST_ACTIVE:
            return handed, 0, max(assigned, agent.idle_since), agent.idle_since, agent.id


def list_facts(agent: AgentView, now: datetime, *, free: int, handed: int, declined: int) -> dict[str, object]:
    """What set the agent's place, for people, ready for JSON."""
    facts: dict[str, object] = {
        "free_units": free,
        "capacity_units": agent.capacity_units,
        "idle_seconds": max(0, int((now - agent.idle_since).total_seconds())),
        "last_assigned_at": agent.last_assigned_at.isoformat() if agent.last_assigned_at else None,
    }
    if declined:
        facts["declined"] = declined
    if handed:
        facts["offered_in_this_pass"] = True
    return facts
