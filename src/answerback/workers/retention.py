"""Takes out what has been kept long enough, batch by batch, and says in the event log how much it was."""

import asyncio
from collections import Counter
from functools import partial
from typing import Final

import msgspec

from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent
from answerback.usecases.audit import record
from answerback.usecases.remove_aged import remove_aged
from answerback.workers.turns import take_turns

LOOK_EVERY: Final = 600.0
BREATH: Final = 0.05
"""Between batches, so that the work of people goes first."""


class RetentionWorker:
    """`run` until cancelled; any number may run."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def run(self) -> None:
        await take_turns("retention", self.tick, partial(asyncio.sleep, LOOK_EVERY))

    async def tick(self) -> None:
        """Everything that is due now."""
        gone: Counter[str] = Counter()
        more = True
        while more:
            removed, more = await remove_aged(self._pool)
            gone.update(msgspec.to_builtins(removed))
            await asyncio.sleep(BREATH if more else 0)
        if gone.total():
            async with self._pool.acquire() as connection, connection.transaction():
                await record(connection, NewEvent("AgedRemoved", data=dict(gone)))
