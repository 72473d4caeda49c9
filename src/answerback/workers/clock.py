"""Acts on time: claims deadlines that have come, hands back the work of agents who are gone, forgets what expired.

Every deadline is a column; this only looks. Any number of clocks may run.
"""

import asyncio
import time

import structlog

from answerback.storage.connection import Pool
from answerback.storage.deadlines import forget_expired, seconds_to_next
from answerback.storage.raw_exchanges import forget_raw
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.usecases.agent_lost import hand_back_lost_work
from answerback.usecases.end_silent_calls import end_silent_calls
from answerback.usecases.meet_deadlines import Deadline, end_due_affinity, move_due, release_due_capacity
from answerback.usecases.opening_hours import turn_calendars
from answerback.usecases.release_texts import release_due_texts
from answerback.usecases.screens import drop_stale_screens

LOOK_EVERY = 1.0
SHORTEST_NAP = 0.01
FORGET_EVERY = 60.0
FORGET_AT_ONCE = 1000
LONGEST_PAUSE = 5.0
DEADLINES: tuple[Deadline, ...] = ("offer", "wake", "close")
log = structlog.get_logger(__name__)


class Clock:
    """`run` until cancelled; a lost database is waited for."""

    def __init__(self, pool: Pool, *, grace_seconds: float = 60.0) -> None:
        self._pool = pool
        self._grace_seconds = grace_seconds
        self._forgot_at = -FORGET_EVERY

    async def run(self) -> None:
        pause = 0.05
        while True:
            try:
                await self.tick()
                nap = await self._nap()
                pause = 0.05
            except DATABASE_TROUBLE as error:
                log.warning("clock_failed", reason=type(error).__name__)
                nap, pause = pause, min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(nap)

    async def tick(self) -> None:
        """Do everything that is due now."""
        for deadline in DEADLINES:
            while await move_due(self._pool, deadline):
                pass
        while await release_due_capacity(self._pool):
            pass
        while await end_due_affinity(self._pool):
            pass
        while await release_due_texts(self._pool):
            pass
        while await turn_calendars(self._pool):
            pass
        await drop_stale_screens(self._pool)
        await hand_back_lost_work(self._pool, self._grace_seconds)
        if time.monotonic() - self._forgot_at >= FORGET_EVERY:
            await forget_expired(self._pool)
            while await forget_raw(self._pool, FORGET_AT_ONCE):
                pass
            while await end_silent_calls(self._pool):
                pass
            self._forgot_at = time.monotonic()

    async def _nap(self) -> float:
        """Seconds until the next deadline, but never long, for a nearer one may be set meanwhile."""
        seconds = await seconds_to_next(self._pool, self._grace_seconds)
        return LOOK_EVERY if seconds is None else min(max(seconds, SHORTEST_NAP), LOOK_EVERY)
