"""Follows the event log for one purpose, exactly once, on whichever node is at hand.

What `handle` writes and how far the log was read are one transaction: a crash in between repeats nothing and skips
nothing. What must not be repeated but is no row (a request to somebody else) is the business of a later step.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from answerback.storage.connection import Connection, Pool
from answerback.storage.event_followers import read_news
from answerback.storage.events import Event
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups

BATCH: Final = 200
LOOK_EVERY: Final = 1.0
GATHER: Final = 0.05
"""Seconds in which more news may gather, so that a busy log is read in batches."""
LONGEST_PAUSE: Final = 5.0
log = structlog.get_logger(__name__)

Handle = Callable[[Connection, Sequence[Event]], Awaitable[None]]


class Follower:
    """`name` is the purpose, `kinds` what it is about. `run` until cancelled; any number of nodes may run it.

    It follows from when `begin_following` was called for the name: settings that need it do. Till then it costs a look
    a second.
    """

    def __init__(self, pool: Pool, wakeups: Wakeups, name: str, *, kinds: frozenset[str], handle: Handle) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._name = name
        self._kinds = sorted(kinds)
        self._handle = handle

    async def run(self) -> None:
        pause = GATHER
        with self._wakeups.subscribe("event") as news:
            while True:
                try:
                    while more := await self.step():
                        pass
                    pause = GATHER
                    if more is None:
                        await asyncio.sleep(LOOK_EVERY)
                    elif await news.wait(LOOK_EVERY):
                        await asyncio.sleep(GATHER)
                    continue
                except DATABASE_TROUBLE as error:
                    log.warning("follower_waits_for_database", follower=self._name, reason=type(error).__name__)
                except Exception:
                    log.exception("follower_failed", follower=self._name)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def step(self) -> bool | None:
        """One batch; whether there may be more. None: nobody has begun it, or another node is at it."""
        async with self._pool.acquire() as connection, connection.transaction():
            news = await read_news(connection, self._name, self._kinds, BATCH)
            if news is None:
                return None
            events, more = news
            if events:
                await self._handle(connection, events)
            return more
