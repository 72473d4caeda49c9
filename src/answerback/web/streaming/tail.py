"""Follows the event log and feeds the hub: one reader a process, however many screens there are; none while none is."""

import asyncio

import structlog

from answerback.storage.connection import Pool
from answerback.storage.events import current_cursor, parse_cursor, read_after
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.views.live import more_events, recent_events
from answerback.storage.wakeups import Subscription, Wakeups
from answerback.web.streaming.assembly import assemble
from answerback.web.streaming.hub import KEPT, Hub

BATCH = 500
LOOK_EVERY = 1.0
LOOK_AGAIN = 0.005
"""Seconds, while something is committed that an older running transaction still holds back."""
LONGEST_PAUSE = 5.0
LINGER = 60.0
"""Seconds after the last screen has gone: it may be only loading its page again."""
log = structlog.get_logger(__name__)


class Tail:
    """`run` until cancelled. Asleep until a screen comes, and again when none has been there for a while: events whose
    lines nobody reads are not loaded."""

    def __init__(self, pool: Pool, wakeups: Wakeups, hub: Hub) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._hub = hub
        self._cursor = ""
        self._called = asyncio.Event()
        self._awake = asyncio.Event()
        self._wanted_at = 0.0

    @property
    def is_awake(self) -> bool:
        return self._awake.is_set()

    async def wake(self) -> None:
        """Returns once the hub can resume screens; a screen that joins before the next await misses nothing."""
        clock = asyncio.get_running_loop().time
        self._wanted_at = clock()
        while not self.is_awake:
            self._called.set()
            await self._awake.wait()
            self._wanted_at = clock()

    async def run(self) -> None:
        pause = 0.05
        with self._wakeups.subscribe("event") as subscription:
            while True:
                try:
                    await self._called.wait()
                    await self._follow(subscription)
                    pause = 0.05
                except DATABASE_TROUBLE as error:
                    log.warning("stream_disconnected", reason=type(error).__name__)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)

    async def _follow(self, subscription: Subscription) -> None:
        """Until nobody has been there for a while."""
        if not self.is_awake:
            await self._start()
        while self._is_wanted():
            events, cursor = await read_after(self._pool, self._cursor, BATCH)
            if events:
                self._hub.publish(await assemble(self._pool, events))
            self._cursor = cursor
            if len(events) == BATCH:
                continue
            held_back = not subscription.is_woken and await more_events(self._pool, *parse_cursor(self._cursor))
            await subscription.wait(LOOK_AGAIN if held_back else LOOK_EVERY)
        self._called.clear()
        self._awake.clear()

    def _is_wanted(self) -> bool:
        now = asyncio.get_running_loop().time()
        if self._hub:
            self._wanted_at = now
        return now - self._wanted_at < LINGER

    async def _start(self) -> None:
        """Remember the latest events, for screens that come back after a restart or a sleep."""
        cursor = await current_cursor(self._pool)
        recent = await recent_events(self._pool, KEPT)
        lines = await assemble(self._pool, recent)
        self._hub.fill(lines, floor=(recent[0].xid, recent[0].id) if len(recent) == KEPT else (0, 0))
        self._cursor = recent[-1].cursor if recent else cursor
        self._hub.end = max(self._hub.end, parse_cursor(self._cursor))
        self._awake.set()
