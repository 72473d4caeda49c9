"""The floor during one pass: who is ready in which queue, and the room left as the pass hands out work.

The only state that changes while deciding; it lives no longer than the pass.
"""

from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import datetime

from answerback.domain.ids import QueueId, UserId
from answerback.domain.routing.decisions import Failed, Ranked, Test
from answerback.domain.routing.ranking import Rank, list_facts, rank
from answerback.domain.routing.snapshot import AgentView, Presence, QueueView, Snapshot, WaitingView

_TAKES_WORK = frozenset({Presence.AVAILABLE, Presence.BUSY})
_MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Room:
    """A queue, its members who are there in order of rank, and those ruled out for the whole pass, by test."""

    queue: QueueView
    line: list[tuple[Rank, AgentView]]
    absent: tuple[Failed, ...]


class Floor:
    """Rooms by queue, and what each agent still has free."""

    __slots__ = ("agents", "free", "handed", "offers", "rooms")

    def __init__(self, snapshot: Snapshot) -> None:
        self.agents: dict[UserId, AgentView] = {agent.id: agent for agent in snapshot.agents}
        self.free: dict[UserId, int] = {agent.id: agent.capacity_units - agent.used_units for agent in snapshot.agents}
        self.offers = 0
        self.handed: dict[UserId, int] = {}  # agent -> number of the last offer they got in this pass
        self.rooms: dict[QueueId, Room] = {queue.id: self._furnish(queue) for queue in snapshot.queues}

    def hand(self, agent: AgentView, units: int) -> None:
        """Note an offer: it takes up capacity at once, and moves the agent's place in every line."""
        rooms = [self.rooms[queue] for queue in agent.queues if queue in self.rooms]
        for room in rooms:
            del room.line[bisect_left(room.line, (self._rank(agent, room.queue),))]
        self.offers += 1
        self.handed[agent.id] = self.offers
        self.free[agent.id] -= units
        for room in rooms:
            insort(room.line, (self._rank(agent, room.queue), agent))

    def find_fault(self, agent: AgentView, waiting: WaitingView) -> Test | None:
        """The first test on this conversation that an agent who is there fails, or None: they can take it."""
        if waiting.declines and waiting.declines.get(agent.id, 0) >= waiting.decline_limit:
            return Test.DECLINES
        return Test.CAPACITY if self.free[agent.id] < waiting.units else None

    def describe(self, agent: AgentView, waiting: WaitingView, now: datetime) -> Ranked:
        """The agent with the facts that set their place."""
        declined = waiting.declines.get(agent.id, 0)
        facts = list_facts(agent, now, free=self.free[agent.id], handed=self.handed.get(agent.id, 0), declined=declined)
        return Ranked(agent.id, facts)

    def _rank(self, agent: AgentView, queue: QueueView) -> Rank:
        return rank(agent, queue.method, self.free[agent.id], self.handed.get(agent.id, 0))

    def _furnish(self, queue: QueueView) -> Room:
        line: list[tuple[Rank, AgentView]] = []
        absent: dict[Test, list[UserId]] = {}
        for agent in self.agents.values():
            if queue.id not in agent.queues:
                absent.setdefault(Test.QUEUE, []).append(agent.id)
            elif fault := find_absence(agent):
                absent.setdefault(fault, []).append(agent.id)
            else:
                line.append((self._rank(agent, queue), agent))
        return Room(queue, sorted(line, key=lambda place: place[0]), group_failed(absent))


def find_absence(agent: AgentView) -> Test | None:
    """Whether the agent is there at all to take work."""
    if agent.presence not in _TAKES_WORK:
        return Test.PRESENCE
    return None if agent.connected else Test.CONNECTED


def group_failed(failed: dict[Test, list[UserId]]) -> tuple[Failed, ...]:
    """By test in the order of asking; long lists are cut, the count is not."""
    return tuple(
        Failed(test, tuple(sorted(failed[test])[:_MOST_NAMED]), len(failed[test])) for test in Test if test in failed
    )
