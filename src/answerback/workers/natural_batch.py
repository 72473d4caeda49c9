"""Natural batches: one write is in flight, what arrives meanwhile is the next one. No timer.

Quiet: a batch of one, at once. Busy: one commit for hundreds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class NaturalBatch(Generic[T]):
    """`write` gets up to `largest` items in order of arrival; when it raises, everybody of that batch hears it."""

    def __init__(self, write: Callable[[list[T]], Awaitable[None]], *, largest: int) -> None:
        self._write = write
        self._largest = largest
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._arrived = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def put(self, item: T) -> None:
        """Returns once `item` is written."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        self._arrived.set()
        await done

    async def drained(self) -> None:
        """Wait until nothing is waiting or being written."""
        while self._waiting or not self._idle.is_set():
            await self._idle.wait()
            await asyncio.sleep(0)

    async def run(self) -> None:
        """Write until cancelled; then those still waiting are told so."""
        try:
            while True:
                await self._arrived.wait()
                batch, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
                if not self._waiting:
                    self._arrived.clear()
                self._idle.clear()
                await self._write_batch(batch)
                self._idle.set()
        finally:
            for _, done in self._waiting:
                done.cancel()

    async def _write_batch(self, batch: list[tuple[T, "asyncio.Future[None]"]]) -> None:
        try:
            await self._write([item for item, _ in batch])
        except asyncio.CancelledError:
            for _, done in batch:
                done.cancel()
            raise
        except Exception as error:
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
        else:
            for _, done in batch:
                if not done.done():
                    done.set_result(None)
