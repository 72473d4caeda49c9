"""The inbound side of one process: four intakes (texts, reports, calls, kept webhooks), their spools, and the tally."""

import asyncio
import dataclasses
from functools import partial
from pathlib import Path

from answerback.storage.connection import Pool
from answerback.storage.sealing import Sealer
from answerback.storage.webhooks import KeptWebhook
from answerback.usecases.apply_reports import ReportDesk, apply_reports
from answerback.usecases.arrivals import ReceivedCall, ReceivedReport, ReceivedText
from answerback.usecases.directory import Directory
from answerback.usecases.keep_webhook import keep
from answerback.usecases.receive_calls import receive_calls
from answerback.usecases.receive_texts import Reception, receive_texts
from answerback.workers.intake import Intake
from answerback.workers.spam_watch import SpamWatch
from answerback.workers.spool import Spool
from answerback.workers.tally import Tally


class Inbound:
    """`spool_folder` is this machine's own; every process on it may share it."""

    def __init__(self, pool: Pool, directory: Directory, sealer: Sealer, spool_folder: Path) -> None:
        self.directory = directory
        self.tally = Tally(pool)
        self._reception = Reception(pool, directory, sealer)
        self._spam = SpamWatch(pool, directory)
        self.texts: Intake[ReceivedText] = Intake(
            self._take_in,
            Spool(spool_folder, "texts", ReceivedText, sealer),
            mark_late=_delayed,
        )
        self.reports: Intake[ReceivedReport] = Intake(
            partial(apply_reports, ReportDesk(pool, sealer)), Spool(spool_folder, "reports", ReceivedReport, sealer)
        )
        self.calls: Intake[ReceivedCall] = Intake(
            partial(receive_calls, pool), Spool(spool_folder, "calls", ReceivedCall, sealer)
        )
        self.kept: Intake[KeptWebhook] = Intake(partial(keep, pool), Spool(spool_folder, "kept", KeptWebhook, sealer))

    async def _take_in(self, items: list[ReceivedText]) -> None:
        await receive_texts(self._reception, items)
        self._spam.note(items)

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for part in (self.texts, self.reports, self.calls, self.kept, self.tally, self._spam):
                tasks.create_task(part.run())


def _delayed(item: ReceivedText) -> ReceivedText:
    return dataclasses.replace(item, delayed=True)
