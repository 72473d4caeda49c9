"""Hands each line to the screens it concerns, and keeps the latest lines so that a screen can resume.

All of it happens between two awaits: a screen that joins misses nothing and gets nothing twice.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from uuid import UUID

from answerback.web.streaming.assembly import Line
from answerback.web.streaming.audience import Audience, Viewer
from answerback.web.streaming.subscriber import Subscriber

KEPT = 2_000
RESET = b"event: reset\ndata: {}\n\n"
HEARTBEAT = b":\n\n"


class Hub:
    """Indexes of screens by user, by queue, and of those who see all."""

    def __init__(self) -> None:
        self.floor: tuple[int, int] = (0, 0)  # whoever stands before it has to start anew
        self.end: tuple[int, int] = (0, 0)
        self._lines: deque[Line] = deque()
        self._everybody: set[Subscriber] = set()
        self._seers: set[Subscriber] = set()
        self._administrators: set[Subscriber] = set()
        self._by_user: defaultdict[int, set[Subscriber]] = defaultdict(set)
        self._by_queue: defaultdict[int, set[Subscriber]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._everybody)

    def join(self, screen: UUID, viewer: Viewer, after: tuple[int, int] | None) -> Subscriber | None:
        """A screen filled with what it missed since `after` (None: from now on); None when that is too long ago."""
        subscriber = Subscriber(screen, viewer, after or self.end)
        if subscriber.skip_to < self.end and not self._replay(subscriber, subscriber.skip_to):
            return None
        self._everybody.add(subscriber)
        for index in self._indexes(viewer):
            index.add(subscriber)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        self._everybody.discard(subscriber)
        for index in self._indexes(subscriber.viewer):
            index.discard(subscriber)

    def fill(self, lines: Iterable[Line], floor: tuple[int, int]) -> None:
        """Begin anew with these, while no screen is here; nothing before `floor` is known."""
        self._lines.clear()
        self.floor = floor
        for line in lines:
            self._keep(line)

    def publish(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._keep(line)
            whole = self._find(line.full)
            for subscriber in whole:
                if line.place > subscriber.skip_to:
                    subscriber.push(line.data)
            if line.brief:
                for subscriber in self._find(line.colleagues) - whole:
                    if line.place > subscriber.skip_to:
                        subscriber.push(line.brief)
            for subscriber in self._find(line.reload):
                subscriber.end(RESET)
            for subscriber in self._find(line.sign_in):
                subscriber.end()

    def _keep(self, line: Line) -> None:
        """Remember it for those who come back."""
        self._lines.append(line)
        self.end = line.place
        if len(self._lines) > KEPT:
            self.floor = self._lines.popleft().place

    def beat(self) -> None:
        """Show every screen, and every proxy on the way, that the line is alive."""
        for subscriber in self._everybody:
            subscriber.beat(HEARTBEAT)

    def end_all(self) -> None:
        """The node stops: screens come back to another one, or later."""
        for subscriber in self._everybody:
            subscriber.end()

    def _replay(self, subscriber: Subscriber, after: tuple[int, int]) -> bool:
        """False when the screen has to load its snapshot again."""
        if after < self.floor:
            return False
        viewer = subscriber.viewer
        for line in self._lines:
            if line.place <= after:
                continue
            if line.reload.reaches(viewer):
                return False
            data = line.for_viewer(viewer)
            if data is not None:
                subscriber.push(data)
        return True

    def _find(self, audience: Audience) -> set[Subscriber]:
        found: set[Subscriber] = set()
        if audience.seers:
            found |= self._seers
        if audience.administrators:
            found |= self._administrators
        for user_id in audience.user_ids:
            found |= self._by_user.get(user_id, frozenset())
        for queue_id in audience.queue_ids:
            found |= self._by_queue.get(queue_id, frozenset())
        return found

    def _indexes(self, viewer: Viewer) -> list[set[Subscriber]]:
        indexes = [self._by_user[viewer.user_id], *(self._by_queue[queue_id] for queue_id in viewer.queue_ids)]
        if viewer.sees_all:
            indexes.append(self._seers)
        if viewer.role == "administrator":
            indexes.append(self._administrators)
        return indexes
