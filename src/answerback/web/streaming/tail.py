"""Follows the event log and feeds the hub: one reader a process, however many screens it has."""

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
log = structlog.get_logger(__name__)


class Tail:
    """`run` until cancelled; `started` is set once the hub can resume screens."""

    def __init__(self, pool: Pool, wakeups: Wakeups, hub: Hub) -> None:
        self.started = asyncio.Event()
        self._pool = pool
        self._wakeups = wakeups
        self._hub = hub
        self._cursor = ""

    async def run(self) -> None:
        pause = 0.05
        with self._wakeups.subscribe("event") as subscription:
            while True:
                try:
                    await self._follow(subscription)
                except DATABASE_TROUBLE as error:
                    log.warning("stream_disconnected", reason=type(error).__name__)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)

    async def _follow(self, subscription: Subscription) -> None:
        if not self._cursor:
            await self._start()
        while True:
            events, cursor = await read_after(self._pool, self._cursor, BATCH)
            if events:
                self._hub.publish(await assemble(self._pool, events))
            self._cursor = cursor
            if len(events) == BATCH:
                continue
            held_back = not subscription.is_woken and await more_events(self._pool, *parse_cursor(self._cursor))
            await subscription.wait(LOOK_AGAIN if held_back else LOOK_EVERY)

    async def _start(self) -> None:
        """Remember the latest events, for screens that come back after a restart."""
        cursor = await current_cursor(self._pool)
        recent = await recent_events(self._pool, KEPT)
        for line in await assemble(self._pool, recent):
            self._hub.keep(line)
        if len(recent) == KEPT:
            self._hub.floor = (recent[0].xid, recent[0].id)
        self._cursor = recent[-1].cursor if recent else cursor
        self._hub.end = max(self._hub.end, parse_cursor(self._cursor))
        self.started.set()
