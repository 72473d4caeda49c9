"""Decisions said to people, in one sentence each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from answerback.domain.hours.state import Closed, Holiday
from answerback.domain.routing.decisions import Failed, Test
from answerback.domain.routing.snapshot import AgentView, Method, Presence, QueueView

_BEST: Final = {
    Method.HIGHEST_CAPACITY: "has the most room",
    Method.ROUND_ROBIN: "has gone longest without an offer",
    Method.LEAST_ACTIVE: "has been idle longest",
}
_RULED_OUT: Final = {
    Test.PRESENCE: "away or not taking work",
    Test.CONNECTED: "not connected",
    Test.DECLINES: "declined it too often",
    Test.CAPACITY: "without room for it",
}
_PRESENCE: Final = {
    Presence.AVAILABLE: "is available",
    Presence.BUSY: "is busy",
    Presence.DO_NOT_DISTURB: "does not want to be disturbed",
    Presence.AWAY: "is away",
    Presence.OFFLINE: "is offline",
}


def say_offered(agent: AgentView, method: Method, queue: QueueView, could: int) -> str:
    """Why this agent, of `could` agents."""
    if could == 1:
        return f"Offered to {agent.name}: the only agent of {queue.name} who can take it now."
    return f"Offered to {agent.name}, who {_BEST[method]} of the {could} agents of {queue.name} who can take it now."


def say_affinity(agent: AgentView) -> str:
    """Why the agent who had it."""
    return f"Offered to {agent.name}, who had this conversation before."


def say_transfer(agent: AgentView) -> str:
    """Why the agent it was handed to."""
    return f"Offered to {agent.name}, to whom it was transferred."


def say_held(agent: AgentView, fault: Test, until: datetime) -> str:
    """Why it waits for one agent."""
    return (
        f"It waits for {agent.name}, who had it before, until {until:%H:%M:%S} UTC and then for anybody: "
        f"{agent.name} {_say_fault(agent, fault)}."
    )


def say_nobody(queue: QueueView, failed: Sequence[Failed]) -> str:
    """Why nobody: how many members each test ruled out."""
    members = [f"{entry.count} {_RULED_OUT[entry.test]}" for entry in failed if entry.test is not Test.QUEUE]
    if not members:
        return f"Nobody can take it: the queue {queue.name} has no members. Add agents to the queue or transfer it."
    return f"Nobody of {queue.name} can take it now: {', '.join(members)}."


def say_closed(queue: QueueView, closed: Closed | Holiday) -> str:
    """Why nobody: the queue's hours."""
    name = closed.name if isinstance(closed, Holiday) else closed.reason
    why = f"The queue {queue.name} is closed{f' ({name})' if name else ''}"
    if closed.reopens_at is None:
        return f"{why} and its calendar has no opening time in the next year: give it one under Hours."
    opens = closed.reopens_at.astimezone(ZoneInfo(queue.zone))
    return f"{why} until {opens:%A %d %B %H:%M} ({queue.zone}): it is offered then. Agents may still pick it."


def say_pick(queue: QueueView) -> str:
    """Why it is offered to nobody although somebody is free."""
    return f"Agents of {queue.name} pick this conversation from Open themselves; it is not offered."


def say_missed_transfer(agent: AgentView | None, fault: Test | None) -> str:
    """Put before the rest when the agent it was transferred to cannot be offered it."""
    if agent is None or fault is None:
        return "The agent it was transferred to no longer works here. "
    return f"It was transferred to {agent.name}, who {_say_fault(agent, fault)}. "


def _say_fault(agent: AgentView, fault: Test) -> str:
    match fault:
        case Test.PRESENCE:
            return _PRESENCE[agent.presence]
        case Test.CONNECTED:
            return "is not connected"
        case Test.DECLINES:
            return "declined it too often"
        case Test.CAPACITY:
            return "has no room for it"
        case Test.QUEUE:
            return "is not a member of the queue"
