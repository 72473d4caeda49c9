"""The floor during one pass: who is ready in which queue, and the room left as the pass hands out work.

The only state that changes while deciding; it lives no longer than the pass.
"""

from dataclasses import dataclass

from answerback.domain.ids import QueueId, UserId
from answerback.domain.routing.decisions import Failed, Test
from answerback.domain.routing.snapshot import AgentView, Presence, QueueView, Snapshot, WaitingView

_TAKES_WORK = frozenset({Presence.AVAILABLE, Presence.BUSY})
_MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Room:
    """A queue with its members who are there, and those ruled out for the whole pass, by test."""

    queue: QueueView
    ready: tuple[AgentView, ...]
    absent: tuple[Failed, ...]


class Floor:
    """Rooms by queue, and what each agent still has free."""

    __slots__ = ("agents", "free", "handed", "offers", "rooms")

    def __init__(self, snapshot: Snapshot) -> None:
        self.agents: dict[UserId, AgentView] = {
            agent.id: agent for agent in sorted(snapshot.agents, key=lambda agent: agent.id)
        }
        self.free: dict[UserId, int] = {
            agent.id: agent.capacity_units - agent.used_units for agent in self.agents.values()
        }
        self.offers = 0
        self.handed: dict[UserId, int] = {}  # agent -> number of the last offer they got in this pass
        self.rooms: dict[QueueId, Room] = {queue.id: self._furnish(queue) for queue in snapshot.queues}

    def hand(self, agent: UserId, units: int) -> None:
        """Note an offer: capacity is taken while it stands."""
        self.free[agent] -= units
        self.offers += 1
        self.handed[agent] = self.offers

    def find_fault(self, agent: AgentView, waiting: WaitingView) -> Test | None:
        """The first test on this conversation that an agent of the room fails, or None: they can take it."""
        if waiting.declines.get(agent.id, 0) >= waiting.decline_limit:
            return Test.DECLINES
        return Test.CAPACITY if self.free[agent.id] < waiting.units else None

    def _furnish(self, queue: QueueView) -> Room:
        ready: list[AgentView] = []
        absent: dict[Test, list[UserId]] = {}
        for agent in self.agents.values():
            if queue.id not in agent.queues:
                absent.setdefault(Test.QUEUE, []).append(agent.id)
            elif fault := find_absence(agent):
                absent.setdefault(fault, []).append(agent.id)
            else:
                ready.append(agent)
        return Room(queue, tuple(ready), group_failed(absent))


def find_absence(agent: AgentView) -> Test | None:
    """Whether the agent is there at all to take work."""
    if agent.presence not in _TAKES_WORK:
        return Test.PRESENCE
    return None if agent.connected else Test.CONNECTED


def group_failed(failed: dict[Test, list[UserId]]) -> tuple[Failed, ...]:
    """By test in the order of asking; long lists are cut, the count is not."""
    return tuple(Failed(test, tuple(failed[test][:_MOST_NAMED]), len(failed[test])) for test in Test if test in failed)
