"""Routes: whenever somebody waits or an agent may have become free, decides until nothing more can be offered.

Driven by wake-ups; looks by itself every few seconds in case one was lost. Any number of routers may run.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence

import structlog

from answerback.domain.routing.decisions import Held, Nobody
from answerback.domain.routing.snapshot import WaitingView
from answerback.storage.connection import Pool
from answerback.storage.queue_groups import Group, busy_groups
from answerback.storage.routing_decisions import record_decisions
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups
from answerback.usecases.route_groups import describe, route_groups

GROUPS_AT_ONCE = 50
LOOK_EVERY = 5.0
REPEAT_REASON_AFTER = 5.0
"""Seconds in which a changed reason for not offering is not stored again: in a busy centre it changes all the time."""
REFRESH_AFTER = 60.0
MOST_REMEMBERED = 10_000
LONGEST_PAUSE = 5.0
log = structlog.get_logger(__name__)


class Router:
    """`run` until cancelled; a lost database is waited for."""

    def __init__(self, pool: Pool, wakeups: Wakeups) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._told: dict[int, tuple[str, float]] = {}
        self._explained_at = -REPEAT_REASON_AFTER

    async def run(self) -> None:
        pause = 0.05
        with self._wakeups.subscribe("route") as subscription:
            while True:
                try:
                    await self.route_all()
                    pause = 0.05
                except DATABASE_TROUBLE as error:
                    log.warning("routing_failed", reason=type(error).__name__)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                await subscription.wait(LOOK_EVERY)

    async def route_all(self) -> int:
        """Pass after pass until nothing changes; how many offers were made."""
        offered = 0
        whole = time.monotonic() - self._explained_at >= REPEAT_REASON_AFTER
        groups = await busy_groups(self._pool)
        for first in range(0, len(groups), GROUPS_AT_ONCE):
            offered += await self._route(groups[first : first + GROUPS_AT_ONCE], whole)
        if whole:
            self._explained_at = time.monotonic()
        return offered

    async def _route(self, groups: Sequence[Group], whole: bool) -> int:
        offered, again = 0, True
        while again:
            done = await route_groups(self._pool, groups, whole=whole)
            offered += len(done.offered)
            again = done.again
            for conversation_id in done.offered:
                self._told.pop(conversation_id, None)
        await self._tell(done.waiting)
        return offered

    async def _tell(self, waiting: Iterable[tuple[Nobody | Held, WaitingView]]) -> None:
        """Store why somebody still waits, when that is news."""
        now = time.monotonic()
        news = [describe(decision, view) for decision, view in waiting if self._is_news(decision, now)]
        if news:
            async with self._pool.acquire() as connection, connection.transaction():
                await record_decisions(connection, news)
        self._told |= {decision.conversation_id: (decision.sentence, now) for decision in news}
        if len(self._told) > MOST_REMEMBERED:
            self._told.clear()  # costs one repetition each, which the database folds

    def _is_news(self, decision: Nobody | Held, now: float) -> bool:
        told = self._told.get(decision.conversation_id)
        if told is None:
            return True
        sentence, at = told
        patience = REFRESH_AFTER if sentence == decision.explanation.sentence else REPEAT_REASON_AFTER
        return now - at >= patience
