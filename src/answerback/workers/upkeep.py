"""Looks after provider accounts once a day each: whichever node claims one that is due asks its provider."""

import asyncio
from functools import partial
from typing import Final

import structlog

from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.upkeep import claim_due
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.upkeep import look_after
from answerback.workers.turns import take_turns

LOOK_EVERY: Final = 30.0
log = structlog.get_logger(__name__)


class UpkeepWorker:
    """`run` until cancelled; any number may run."""

    def __init__(self, desk: AccountDesk) -> None:
        self._desk = desk

    async def run(self) -> None:
        await take_turns("upkeep", self.tick, partial(asyncio.sleep, LOOK_EVERY))

    async def tick(self) -> None:
        """Everything that is due now. One whose look fails is due again after its lease."""
        while (account_id := await claim_due(self._desk.pool)) is not None:
            try:
                await look_after(self._desk, account_id)
            except DATABASE_TROUBLE:
                raise
            except Exception:  # one provider's strange answer shall not keep the others waiting
                log.exception("upkeep_failed", account_id=account_id)
