"""Reads uploaded files into lists. Any number may run: one block of a list is one transaction of one of them."""

from functools import partial

from answerback.storage.connection import Pool
from answerback.storage.wakeups import Wakeups
from answerback.usecases.import_audience import import_block
from answerback.workers.turns import take_turns

LOOK_EVERY = 2.0


class AudienceImporter:
    """Woken by the start of an import, which is a change of settings."""

    def __init__(self, pool: Pool, wakeups: Wakeups) -> None:
        self._pool = pool
        self._wakeups = wakeups

    async def run(self) -> None:
        """Until cancelled; the block under way is then read again later."""
        with self._wakeups.subscribe("config") as news:
            await take_turns("audience_importer", partial(import_block, self._pool), partial(news.wait, LOOK_EVERY))
