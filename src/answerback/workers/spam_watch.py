"""Notices phones that send very many texts. Counting is in this process's memory and only a suspicion; the verdict is
the database's (usecases/block_spam.py), so that nothing is asked for texts of ordinary customers.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Final

import structlog

from answerback.storage.connection import Pool
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.block_spam import block_spam
from answerback.usecases.directory import Directory

ASK_EVERY: Final = 5
"""Texts of one phone within the window after which the database is asked; several processes share the counting."""
MOST_PHONES: Final = 50_000
log = structlog.get_logger(__name__)


class SpamWatch:
    """`note` costs a few steps in memory, nothing at all while the centre blocks nobody by itself."""

    def __init__(self, pool: Pool, directory: Directory) -> None:
        self._pool = pool
        self._directory = directory
        self._seen: defaultdict[str, deque[float]] = defaultdict(deque)
        self._suspects: set[str] = set()
        self._news = asyncio.Event()

    def note(self, items: Sequence[ReceivedText]) -> None:
        minutes = self._directory.spam_minutes
        if minutes is None:
            return
        now = time.monotonic()
        if len(self._seen) > MOST_PHONES:
            self._seen.clear()
        for item in items:
            times = self._seen[item.text.sender]
            times.append(now)
            while times[0] < now - minutes * 60:
                times.popleft()
            if len(times) % ASK_EVERY == 0:
                self._suspects.add(item.text.sender)
                self._news.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._suspects:
                phone = self._suspects.pop()
                try:
                    if await block_spam(self._pool, phone):
                        self._seen.pop(phone, None)
                        log.info("spam_blocked")
                except DATABASE_TROUBLE as error:
                    log.warning("spam_not_judged", reason=type(error).__name__)
