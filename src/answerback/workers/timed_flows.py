"""Begins flows when their time comes. Any number may run: a time, and a batch of its contacts, has one at a time."""

import asyncio
from functools import partial
from typing import Final

from answerback.storage.connection import Pool
from answerback.usecases.begin_timed import begin_some, open_due
from answerback.workers.turns import take_turns

LOOK_EVERY: Final = 1.0


class TimedFlows:
    """`run` until cancelled; a lost database is waited for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def run(self) -> None:
        await take_turns("timed_flows", self.tick, partial(asyncio.sleep, LOOK_EVERY))

    async def tick(self) -> None:
        """Everything whose time has come."""
        while await open_due(self._pool):
            pass
        while await begin_some(self._pool):
            pass
