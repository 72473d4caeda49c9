"""Sends the automated texts that are owed. Any number may run: each text is one transaction of one of them."""

from functools import partial
from typing import Final

from answerback.storage.connection import Pool
from answerback.storage.wakeups import Wakeups
from answerback.usecases.send_owed import send_owed
from answerback.workers.turns import take_turns

LOOK_EVERY: Final = 1.0


class AutomatedTexts:
    """`run` until cancelled; a lost database is waited for."""

    def __init__(self, pool: Pool, wakeups: Wakeups) -> None:
        self._pool = pool
        self._wakeups = wakeups

    async def run(self) -> None:
        with self._wakeups.subscribe("automated") as news:
            await take_turns("automated_texts", partial(send_owed, self._pool), partial(news.wait, LOOK_EVERY))
