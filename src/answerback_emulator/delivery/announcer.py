"""Tells every open phones page what happened, as server-sent events; costs nothing while nobody looks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec

_BACKLOG = 1_000


class Announcer:
    """A fan-out of small JSON events; a reader that falls too far behind is told to reload."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[bytes | None]] = set()

    @property
    def has_readers(self) -> bool:
        """Whether anybody would see an event."""
        return bool(self._readers)

    def tell(self, kind: str, describe: Callable[[], dict[str, Any]]) -> None:
        """Send one event; `describe` is only called when somebody reads."""
        if not self._readers:
            return
        frame = b"event: %s\ndata: %s\n\n" % (kind.encode(), msgspec.json.encode(describe()))
        for reader in self._readers:
            if reader.qsize() < _BACKLOG:
                reader.put_nowait(frame)
            elif reader.qsize() == _BACKLOG:
                reader.put_nowait(b"event: reload\ndata: {}\n\n")

    async def read(self) -> AsyncIterator[bytes]:
        """The frames of one reader, with a comment every 15 s so that dead connections show."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._readers.add(queue)
        try:
            yield b": hello\nretry: 1000\n\n"
            while True:
                try:
                    frame = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if frame is None:
                    return
                yield frame
        finally:
            self._readers.discard(queue)

    def close(self) -> None:
        """End every stream."""
        for reader in self._readers:
            reader.put_nowait(None)
