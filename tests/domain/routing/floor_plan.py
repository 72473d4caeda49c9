"""What the tests of routing stand on: short ways to write agents, queues and waiting conversations."""

from datetime import UTC, datetime, timedelta
from typing import Any

from answerback.domain.hours.state import HoursState
from answerback.domain.ids import ConversationId, QueueId, UserId
from answerback.domain.routing.decide import decide
from answerback.domain.routing.decisions import Decision, Offered
from answerback.domain.routing.snapshot import AgentView, Method, Presence, QueueView, Snapshot, WaitingView

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SALES, HELP = QueueId(1), QueueId(2)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def queue(
    id: int = SALES,
    group: int = 100,
    method: Method = Method.HIGHEST_CAPACITY,
    *,
    hours: HoursState | None = None,
    zone: str = "UTC",
) -> QueueView:
    """A queue named by its id, always open unless said otherwise."""
    return QueueView(QueueId(id), f"Queue {id}", group, method, hours, zone)


def agent(id: int, **facts: Any) -> AgentView:
    """A free agent of Sales with room for four, idle since noon, unless said otherwise."""
    usual: dict[str, Any] = {
        "presence": Presence.AVAILABLE,
        "connected": True,
        "capacity_units": 4,
        "used_units": 0,
        "queues": frozenset({SALES}),
        "last_assigned_at": None,
        "idle_since": NOON,
    }
    return AgentView(id=UserId(id), name=f"Agent {id}", **(usual | facts))


def waiting(id: int, **facts: Any) -> WaitingView:
    """A conversation that waits in Sales since its id in seconds after noon, unless said otherwise."""
    usual: dict[str, Any] = {
        "queue_id": SALES,
        "units": 1,
        "queued_at": at(id),
        "decline_limit": 3,
        "offer_seconds": 120,
    }
    return WaitingView(id=ConversationId(id), **(usual | facts))


def run(
    conversations: list[WaitingView], agents: list[AgentView], queues: list[QueueView] | None = None, now: float = 100
) -> tuple[Decision, ...]:
    """Decide so many seconds after noon."""
    return decide(Snapshot(tuple(queues or [queue()]), tuple(agents), tuple(conversations)), at(now))


def offers(decisions: tuple[Decision, ...]) -> dict[int, int]:
    """Conversation to agent, for those that are offered."""
    return {decision.conversation_id: decision.agent_id for decision in decisions if isinstance(decision, Offered)}
