"""Routing: `decide` gives every waiting conversation an offer, a hold or a reason why nobody, as a pure function.

The order of its inputs does not matter and equal inputs give equal answers, so a stored decision can be replayed.
"""

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from answerback.domain.hours.state import Closed, Holiday, Open
from answerback.domain.ids import UserId
from answerback.domain.routing.decisions import (
    Decision,
    Explanation,
    Failed,
    Held,
    Nobody,
    Offered,
    Test,
)
from answerback.domain.routing.floor import Floor, Room, find_absence, group_failed
from answerback.domain.routing.sentences import (
    say_affinity,
    say_closed,
    say_held,
    say_missed_transfer,
    say_nobody,
    say_offered,
    say_pick,
    say_transfer,
)
from answerback.domain.routing.snapshot import AgentView, Mode, QueueView, Snapshot, WaitingView

CODE_VERSION: Final = "2"
"""Raise it when a change here can change a decision."""
LONGEST_ORDER: Final = 20


def decide(snapshot: Snapshot, now: datetime) -> tuple[Decision, ...]:
    """Decide on every waiting conversation, first come first served within priority groups.

    An offer takes up its agent's capacity at once, so later conversations of the same pass see what is left.
    """
    floor = Floor(snapshot)
    version = rules_version(snapshot.queues)
    in_order = sorted(snapshot.waiting, key=lambda waiting: _place(waiting, floor.rooms[waiting.queue_id].queue))
    return tuple(_Decider(waiting, floor, version, now).decide() for waiting in in_order)


def rules_version(queues: Iterable[QueueView]) -> str:
    """Names the code and the queues' settings that a decision was made by."""
    settings = sorted((queue.id, queue.priority_group, queue.method.value) for queue in queues)
    return f"{CODE_VERSION}-{zlib.crc32(repr(settings).encode()):08x}"


def _place(waiting: WaitingView, queue: QueueView) -> tuple[int, bool, datetime, int]:
    """Place in line: priority group, then those meant for one agent, then time in the queue, then id."""
    meant = waiting.transfer_agent is not None or waiting.affinity_agent is not None
    return queue.priority_group, not meant, waiting.queued_at, waiting.id


def closed_until(queue: QueueView, now: datetime) -> Closed | Holiday | None:
    """Its hours where they say closed; a time of opening that is past counts as open."""
    hours = queue.hours
    if hours is None or isinstance(hours, Open) or (hours.reopens_at is not None and hours.reopens_at <= now):
        return None
    return hours


class _Decider:
    """One conversation's turn."""

    __slots__ = ("floor", "note", "now", "room", "version", "waiting")

    def __init__(self, waiting: WaitingView, floor: Floor, version: str, now: datetime) -> None:
        self.waiting = waiting
        self.floor = floor
        self.room: Room = floor.rooms[waiting.queue_id]
        self.version = version
        self.now = now
        self.note = ""

    def decide(self) -> Decision:
        return self._try_transfer() or self._try_hours() or self._try_affinity() or self._try_queue()

    def _try_transfer(self) -> Offered | None:
        """Handed over by a person: capacity and membership do not count, also where agents pick their work."""
        if self.waiting.transfer_agent is None:
            return None
        agent = self.floor.agents.get(self.waiting.transfer_agent)
        fault = (find_absence(agent) or self._has_declined(agent)) if agent else None
        if agent is None or fault:
            self.note = say_missed_transfer(agent, fault)
            return None
        return self._offer(agent, self._explain(say_transfer(agent), "transfer", [agent]))

    def _try_hours(self) -> Nobody | None:
        """Outside its hours a queue offers nothing, not even to the agent who had it before."""
        queue = self.room.queue
        closed = closed_until(queue, self.now)
        return (
            None if closed is None else Nobody(self.waiting.id, self._explain(say_closed(queue, closed), "hours", []))
        )

    def _try_affinity(self) -> Offered | Held | None:
        """Back to who had it, if they can take it; else it is held for them for the grace time."""
        wanted = self.waiting.affinity_agent
        agent = self.floor.agents.get(wanted) if wanted is not None and self.waiting.mode is Mode.PUSH else None
        if agent is None or self._has_declined(agent):
            return None
        fault = find_absence(agent) or self.floor.find_fault(agent, self.waiting)
        if fault is None:
            return self._offer(agent, self._explain(say_affinity(agent), "affinity", [agent]))
        until = self.waiting.affinity_until
        if until is None or until <= self.now:
            return None
        failed = group_failed({fault: [agent.id]})
        return Held(self.waiting.id, until, self._explain(say_held(agent, fault, until), "affinity", [], failed))

    def _try_queue(self) -> Offered | Nobody:
        queue = self.room.queue
        if self.waiting.mode is Mode.PICK:
            return Nobody(self.waiting.id, self._explain(say_pick(queue), "pick", []))
        able, failed = self._test_members()
        if not able:
            return Nobody(self.waiting.id, self._explain(say_nobody(queue, failed), queue.method.value, [], failed))
        sentence = say_offered(able[0], queue.method, queue, len(able))
        return self._offer(able[0], self._explain(sentence, queue.method.value, able[:LONGEST_ORDER], failed))

    def _test_members(self) -> tuple[list[AgentView], tuple[Failed, ...]]:
        """Who can take it, best first, and who fails. Those who declined it come after those who did not."""
        able: list[AgentView] = []
        faults: dict[Test, list[UserId]] = {}
        for _, agent in self.room.line:
            fault = self.floor.find_fault(agent, self.waiting)
            if fault is None:
                able.append(agent)
            else:
                faults.setdefault(fault, []).append(agent.id)
        if self.waiting.declines:
            able.sort(key=lambda agent: self.waiting.declines.get(agent.id, 0))
        return able, (*self.room.absent, *group_failed(faults))

    def _has_declined(self, agent: AgentView) -> Test | None:
        declined = self.waiting.declines.get(agent.id, 0)
        return Test.DECLINES if declined >= self.waiting.decline_limit else None

    def _offer(self, agent: AgentView, explanation: Explanation) -> Offered:
        self.floor.hand(agent, self.waiting.units)
        expires_at = self.now + timedelta(seconds=self.waiting.offer_seconds)
        return Offered(self.waiting.id, agent.id, expires_at, self.waiting.auto_accept, explanation)

    def _explain(
        self, sentence: str, method: str, order: list[AgentView], failed: tuple[Failed, ...] = ()
    ) -> Explanation:
        """Facts are noted before an offer takes its units."""
        ranked = tuple(self.floor.describe(agent, self.waiting, self.now) for agent in order)
        return Explanation(self.note + sentence, method, self.version, ranked, failed)
