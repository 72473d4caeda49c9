"""Asks providers that list them for texts that never reached our doors: at the start, after an outage, now and then.

What it finds goes the ordinary way in, where repeats drop out.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from answerback.providers.contract import Provider, ProviderError
from answerback.storage.accounts_read import read_gap_start, set_gap_checked
from answerback.storage.connection import Pool
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.directory import Directory, Entry
from answerback.usecases.receive_texts import Reception, receive_texts

MARGIN: Final = timedelta(hours=1)
"""Providers' lists lag, and a text may have been retried for a while."""
BATCH: Final = 200
PERIOD_SECONDS: Final = 300.0
RETRY_SECONDS: Final = 15.0
TURN_LOCK: Final = 7_001
"""Advisory lock: one process asks at a time."""
log = structlog.get_logger(__name__)


class GapFiller:
    """`outage_over` is set by whoever notices that the database is back."""

    def __init__(self, reception: Reception, providers: Mapping[str, Provider], outage_over: asyncio.Event) -> None:
        self._reception = reception
        self._pool: Pool = reception.pool
        self._directory: Directory = reception.directory
        self._providers = providers
        self._outage_over = outage_over

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                done = await self.fill_all()
            except DATABASE_TROUBLE as error:
                log.warning("gap_filler_waits_for_database", reason=type(error).__name__)
                done = False
            except Exception:  # a provider's strange answer shall not end the asking
                log.exception("gap_not_filled")
                done = False
            await self._pause(PERIOD_SECONDS if done else RETRY_SECONDS)

    async def fill_all(self) -> bool:
        """Every active account once, unless another process is at it; whether all could be asked."""
        async with self._pool.acquire() as connection:
            if not await connection.fetchval("select pg_try_advisory_lock($1)", TURN_LOCK):
                return True
            try:
                entries = [entry for entry in self._directory.entries() if entry.active]
                return all([await self._fill(entry) for entry in entries])
            finally:
                await connection.execute("select pg_advisory_unlock($1)", TURN_LOCK)

    async def _fill(self, entry: Entry) -> bool:
        provider = self._providers.get(entry.account.provider)
        start = await read_gap_start(self._pool, entry.account.id, MARGIN)
        if provider is None or not provider.facts.lists_inbound or start is None or not entry.numbers:
            return True
        asked_at = datetime.now(UTC)
        batch: list[ReceivedText] = []
        try:
            async for text in provider.list_inbound(entry.account, start):
                number = entry.numbers.get(text.to)
                if number is not None:
                    batch.append(ReceivedText(entry.account.id, number.id, text, asked_at, delayed=True))
        except ProviderError as error:
            log.warning("gap_not_filled", account_id=entry.account.id, reason=error.failure.cls.value)
            return False
        batch.sort(key=lambda item: item.text.provider_at or asked_at)
        for first in range(0, len(batch), BATCH):
            await receive_texts(self._reception, batch[first : first + BATCH])
        await set_gap_checked(self._pool, entry.account.id, asked_at)
        return True

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._outage_over.wait()
        except TimeoutError:
            return
        self._outage_over.clear()
