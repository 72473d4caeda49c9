"""What comes in through the hook doors, made durable: in the database, or on local disk while it is away.

Whoever waits for `take` may answer the provider when it returns. Items behind a filled spool go through it, in order.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

import structlog

from answerback.storage.trouble import Trouble, tell_trouble
from answerback.workers.natural_batch import NaturalBatch
from answerback.workers.spool import Spool

T = TypeVar("T")
LARGEST_BATCH: Final = 200
PATIENCE_SECONDS: Final = 5.0
"""How long a write may take before the batch goes to disk; providers hang up after 15 seconds."""
LONGEST_PAUSE_SECONDS: Final = 2.0
ADOPTION_SECONDS: Final = 5.0
log = structlog.get_logger(__name__)


class DatabaseAway(Exception):  # noqa: N818 - a condition, not a mistake
    """The write did not come through and may be tried again later."""


class Intake(Generic[T]):
    """`write` stores a batch and deals with single bad items itself. `mark_late` changes items that come from disk."""

    def __init__(
        self, write: Callable[[list[T]], Awaitable[None]], spool: Spool[T], *, mark_late: Callable[[T], T] | None = None
    ) -> None:
        self._write = write
        self._spool = spool
        self._mark_late = mark_late or (lambda item: item)
        self._batch = NaturalBatch(self._flush, largest=LARGEST_BATCH)
        self._spooling = asyncio.Event()
        self._file = asyncio.Lock()
        self.back = asyncio.Event()
        """Set whenever the database has come back after an outage; whoever waits for it clears it."""

    @property
    def is_spooling(self) -> bool:
        return self._spooling.is_set()

    async def take(self, item: T) -> None:
        """Returns once `item` is durable. Raises OSError when neither the database nor the disk takes it."""
        await self._batch.put(item)

    async def run(self) -> None:
        """Until cancelled; what is then still on disk waits for the next process."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._batch.run())
                tasks.create_task(self._replay())
                tasks.create_task(self._adopt())
        finally:
            self._spool.close()

    async def _flush(self, items: list[T]) -> None:
        if not self.is_spooling:
            try:
                return await self._try_write(items)
            except DatabaseAway as error:
                log.warning("spooling_started", reason=str(error))
        async with self._file:
            await asyncio.to_thread(self._spool.append, items)
            self._spooling.set()

    async def _try_write(self, items: list[T]) -> None:
        """Gives up waiting without giving in to a driver that is stuck; a write that comes through late is harmless."""
        writing = asyncio.ensure_future(self._write(items))
        try:
            done, _ = await asyncio.wait({writing}, timeout=PATIENCE_SECONDS)
        except asyncio.CancelledError:
            writing.cancel()
            raise
        if not done:
            writing.cancel()
            writing.add_done_callback(_hear_out)
            raise DatabaseAway("no answer in time")
        error = writing.exception()
        if error is not None:
            if tell_trouble(error) is Trouble.DATA:
                raise error
            raise DatabaseAway(type(error).__name__) from error

    async def _replay(self) -> None:
        pause = 0.05
        while True:
            await self._spooling.wait()
            try:
                count = await self._replay_head(self._spool)
            except DatabaseAway:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                continue
            except Exception:
                log.exception("spool_not_replayed")
                await asyncio.sleep(LONGEST_PAUSE_SECONDS)
                continue
            pause = 0.05
            async with self._file:
                if self._spool.is_empty:
                    self._spooling.clear()
                    self.back.set()
                    log.info("spool_replayed", last_batch=count)

    async def _replay_head(self, spool: Spool[T]) -> int:
        items, end = await asyncio.to_thread(spool.head, LARGEST_BATCH)
        if items:
            await self._try_write([self._mark_late(item) for item in items])
        async with self._file:
            spool.drop_head(end)
        return len(items)

    async def _adopt(self) -> None:
        """Take over what processes that died have left on this disk."""
        while True:
            for orphan in self._spool.adopt():
                try:
                    while not orphan.is_empty:
                        await self._replay_head(orphan)
                except DatabaseAway:
                    break
                except Exception:
                    log.exception("spool_not_adopted")
                    continue
                log.info("spool_adopted")
            await asyncio.sleep(ADOPTION_SECONDS)


def _hear_out(writing: "asyncio.Future[None]") -> None:
    """Nobody waits for it any more; its error, if any, was already acted upon."""
    if not writing.cancelled():
        writing.exception()
