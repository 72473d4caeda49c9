"""Finds out about sends whose fate is unclear: asks the provider after growing pauses, binds what is found.

Never sends again, but where the provider knows a repeated request. What is never found stays unclear, and is shown so.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import asyncpg
import structlog

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import Retry
from answerback.domain.sending.status import Status
from answerback.providers.contract import (
    Accepted,
    DeliveryReport,
    NotSent,
    OutboundText,
    Provider,
    ProviderError,
)
from answerback.providers.raw import RawExchange
from answerback.storage.connection import Pool
from answerback.storage.raw_exchanges import add_exchanges
from answerback.storage.reports import Standing, settle_sends
from answerback.storage.unclear import UnclearSend, claim_unclear, forget_settled, known_ids
from answerback.usecases.apply_reports import apply_known, standing_of
from answerback.usecases.arrivals import ReceivedReport
from answerback.usecases.directory import Directory, Entry
from answerback.usecases.keep_raw import RawKeeper
from answerback.workers.dispatcher_results import standing_of_accepted, standing_of_failure
from answerback.workers.turns import take_turns

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
        await take_turns("unclear", self._resolve_due, partial(asyncio.sleep, POLL_SECONDS))

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
            MessageId(send.message_id),
            number.address,
            number.messaging_service_id,
            send.phone,
            send.body,
            first_tried_at=send.since,
        )
        standing, raw = await self._find_out(entry, text, send)
        if standing is None:
            return
        try:
            async with self._pool.acquire() as connection, connection.transaction():
                await settle_sends(connection, [(send.message_id, standing)])
                if raw is not None:
                    keeper = RawKeeper(self._directory.sealer, self._providers)
                    await add_exchanges(connection, [keeper.seal_send(entry.account, send.message_id, raw)])
        except asyncpg.UniqueViolationError:
            log.info("unclear_found_taken", message_id=send.message_id)
        else:
            log.info("unclear_resolved", message_id=send.message_id)
            if standing.status == Status.ACCEPTED and standing.provider_message_id:
                await self._catch_up(entry, standing.provider_message_id)

    async def _catch_up(self, entry: Entry, provider_message_id: str) -> None:
        """Its report may have got lost as its answer did, and is asked for; one that came early waits by itself."""
        provider = self._providers[entry.account.provider]
        try:
            report = await provider.look_up(entry.account, provider_message_id)
        except ProviderError as error:
            log.info("report_not_asked", reason=error.failure.cls.value)
            return
        if report is not None:
            await apply_known(self._pool, [ReceivedReport(entry.account.id, report, datetime.now(UTC))])

    async def _find_out(
        self, entry: Entry, text: OutboundText, send: UnclearSend
    ) -> tuple[Standing | None, RawExchange | None]:
        """Asked again in the same words where the provider knows repeated requests; else looked for there. With what
        the provider said where the text failed. What a person sent again meanwhile is not asked for again: if it had
        never arrived, it would now, a second time."""
        provider = self._providers[entry.account.provider]
        if send.dealt or datetime.now(UTC) - send.since >= provider.facts.repeatable_for:
            found = await self._find(entry, text, send.since)
            return None if found is None else standing_of(found), None
        (result,) = await provider.send(entry.account, [text])
        match result:
            case Accepted():
                return standing_of_accepted(result), None
            case NotSent(failure=failure, raw=raw) if failure.retry is Retry.NEVER:
                return standing_of_failure(failure), raw
            case _:
                return None, None

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
