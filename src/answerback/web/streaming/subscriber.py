"""One open screen: what waits to be sent to it, bounded, so that a slow one cannot hold memory."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from answerback.web.streaming.audience import Viewer

MOST_PENDING = 4 << 20
"""Bytes; a screen that falls further behind is closed, comes back and resumes."""


class Subscriber:
    """Filled by the hub, emptied by the connection's own loop."""

    __slots__ = ("_chunks", "_moved", "_size", "_wake", "abort", "ended", "id", "overflowed", "skip_to", "viewer")

    def __init__(self, screen: UUID, viewer: Viewer, skip_to: tuple[int, int]) -> None:
        self.id = screen
        self.viewer = viewer
        self.skip_to = skip_to
        self.ended = False
        self.overflowed = False
        self.abort: Callable[[], object] = lambda: None  # interrupts a send that cannot get rid of its bytes
        self._moved = True
        self._chunks: list[bytes] = []
        self._size = 0
        self._wake = asyncio.Event()

    def push(self, data: bytes) -> None:
        self._chunks.append(data)
        self._size += len(data)
        if self._size > MOST_PENDING:
            self._give_up()
        self._wake.set()

    def beat(self, heartbeat: bytes) -> None:
        """Give up on a screen that has taken nothing since the last beat although something waits."""
        if self._chunks and not self._moved:
            self._give_up()
        self._moved = False
        self.push(heartbeat)

    def end(self, last_words: bytes = b"") -> None:
        """Send what waits, and `last_words`, then close."""
        if last_words:
            self._chunks.append(last_words)
        self.ended = True
        self._wake.set()

    async def take(self) -> bytes:
        """Everything that waits, in one piece; empty only when it ended."""
        if not self._chunks and not self.ended:
            await self._wake.wait()
        self._wake.clear()
        self._moved = True
        chunks, self._chunks, self._size = self._chunks, [], 0
        return b"".join(chunks)

    def _give_up(self) -> None:
        if not self.overflowed:
            self.overflowed = True
            self.end()
            self.abort()
