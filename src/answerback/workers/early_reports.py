"""Applies delivery reports that came before their message was known, once it is."""

import asyncio
from functools import partial
from typing import Final

from answerback.usecases.apply_reports import ReportDesk
from answerback.usecases.look_for_messages import look_for_messages
from answerback.workers.turns import take_turns

POLL_SECONDS: Final = 1.0


class EarlyReports:
    """Any number of processes may run one."""

    def __init__(self, desk: ReportDesk) -> None:
        self._desk = desk

    async def look(self) -> None:
        """Until none is due."""
        while await look_for_messages(self._desk):
            pass

    async def run(self) -> None:
        """Until cancelled."""
        await take_turns("early_reports", self.look, partial(asyncio.sleep, POLL_SECONDS))
