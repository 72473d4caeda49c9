"""Finds out about sends whose fate is unclear: asks the provider after growing pauses, binds what is found.

Never sends again. What is never found stays unclear, and is shown so.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import asyncpg
import structlog

from answerback.domain.ids import MessageId
from answerback.providers.contract import DeliveryReport, OutboundText, Provider, ProviderError
from answerback.storage.connection import Pool
from answerback.storage.reports import settle_sends
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.unclear import UnclearSend, claim_unclear, forget_settled, known_ids
from answerback.usecases.apply_reports import standing_of
from answerback.usecases.directory import Directory, Entry

PAUSES_SECONDS: Final = (10.0, 60.0, 300.0, 1800.0, 7200.0)
"""After the first look, which comes two seconds after the send."""
CLOCK_MARGIN: Final = timedelta(seconds=10)
AT_ONCE: Final = 20
POLL_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


class UnclearResolver:
    """Any number of processes may run one."""

    def __init__(self, pool: Pool, directory: Directory, providers: Mapping[str, Provider]) -> None:
        self._pool = pool
        self._directory = directory
        self._providers = providers

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._resolve_due()
            except DATABASE_TROUBLE as error:
                log.warning("unclear_waits_for_database", reason=type(error).__name__)
            except Exception:  # a provider's strange answer shall not end the asking
                log.exception("unclear_not_resolved")
            await asyncio.sleep(POLL_SECONDS)

    async def _resolve_due(self) -> None:
        """One after the other: two equal texts to one phone must not be bound to the same one at the provider."""
        due = await claim_unclear(self._pool, PAUSES_SECONDS, AT_ONCE)
        for send in sorted(due, key=lambda one: one.message_id):
            await self._resolve(send)
        await forget_settled(self._pool, len(PAUSES_SECONDS) + 1)

    async def _resolve(self, send: UnclearSend) -> None:
        number = self._directory.number(send.number_id)
        entry = self._directory.entry(number.provider_account_id) if number else None
        if number is None or entry is None or entry.account.provider not in self._providers:
            return
        text = OutboundText(
            MessageId(send.message_id), number.address, number.messaging_service_id, send.phone, send.body
        )
        found = await self._find(entry, text, send.since)
        if found is None:
            return
        try:
            await settle_sends(self._pool, [(send.message_id, standing_of(found))])
        except asyncpg.UniqueViolationError:
            log.info("unclear_found_taken", message_id=send.message_id)
        else:
            log.info("unclear_resolved", message_id=send.message_id)

    async def _find(self, entry: Entry, text: OutboundText, since: datetime) -> DeliveryReport | None:
        """The oldest equal text there that belongs to no other message of ours."""
        provider = self._providers[entry.account.provider]
        try:
            found = await provider.find_sent(entry.account, text, since - CLOCK_MARGIN)
        except ProviderError as error:
            log.info("unclear_not_asked", message_id=text.message_id, reason=error.failure.cls.value)
            return None
        ids = [one.report.provider_message_id for one in found]
        taken = await known_ids(self._pool, entry.account.id, ids) if ids else set()
        return next((one.report for one in found if one.report.provider_message_id not in taken), None)
