"""Looks for replies that wait behind an open breaker and may leave from another number.

Texts that failed are followed in the event log instead (usecases/fail_over.py)."""

import asyncio
import time
from functools import partial
from typing import Final

from answerback.storage.connection import Pool
from answerback.storage.fail_over import held_back
from answerback.usecases.fail_over import fail_over_queued
from answerback.workers.turns import take_turns

LOOK_SECONDS: Final = 1.0
AT_ONCE: Final = 100
AGAIN_SECONDS: Final = 15.0
"""What found no other way is looked at again after this."""


class FailOver:
    """Any number of processes may run one."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._stuck: dict[int, float] = {}

    async def run(self) -> None:
        """Until cancelled."""
        await take_turns("fail_over", self.look, partial(asyncio.sleep, LOOK_SECONDS))

    async def look(self) -> None:
        """Once over all that waits."""
        now = time.monotonic()
        self._stuck = {known: at for known, at in self._stuck.items() if now - at < AGAIN_SECONDS}
        while found := await held_back(self._pool, list(self._stuck), AT_ONCE):
            for conversation_id in found:
                if not await fail_over_queued(self._pool, conversation_id):
                    self._stuck[conversation_id] = now
