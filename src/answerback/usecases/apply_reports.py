"""Delivery reports onto our messages: only forward, each status once, opt-outs into the consent ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from answerback.domain.sending.failure import FailureClass
from answerback.domain.sending.status import RANKS, Status
from answerback.providers.contract import DeliveryReport
from answerback.storage import reports as stored
from answerback.storage.connection import Pool
from answerback.storage.consent import record_provider_opt_outs
from answerback.storage.sealing import Sealer
from answerback.storage.trouble import Trouble, tell_trouble
from answerback.usecases.arrivals import ReceivedReport
from answerback.usecases.keep_webhook import UNKNOWN_MESSAGE, UNSTORABLE, keep, seal_report

ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """What applying needs."""

    pool: Pool
    sealer: Sealer


async def apply_reports(desk: ReportDesk, items: Sequence[ReceivedReport]) -> None:
    """Apply all; what names no message of ours, or cannot be stored, is kept for a person and harms no other."""
    for attempt in range(ATTEMPTS):
        try:
            return await _apply_batch(desk, items)
        except Exception as error:
            trouble = tell_trouble(error)
            if trouble is Trouble.AWAY or (trouble is Trouble.PASSING and attempt == ATTEMPTS - 1):
                raise
            if trouble is Trouble.DATA:
                return await _apply_one_by_one(desk, items, error)


async def _apply_one_by_one(desk: ReportDesk, items: Sequence[ReceivedReport], error: Exception) -> None:
    if len(items) == 1:
        return await keep(desk.pool, [seal_report(desk.sealer, items[0], f"{UNSTORABLE}: {type(error).__name__}")])
    for item in items:
        await apply_reports(desk, [item])


async def _apply_batch(desk: ReportDesk, items: Sequence[ReceivedReport]) -> None:
    unknown = await apply_known(desk.pool, items)
    if unknown:
        await keep(desk.pool, [seal_report(desk.sealer, item, UNKNOWN_MESSAGE) for item in unknown])


async def apply_known(pool: Pool, items: Sequence[ReceivedReport]) -> list[ReceivedReport]:
    """Apply all; gives those that name no message of ours."""
    rows = [(item.account_id, item.report.our_message_id, standing_of(item.report)) for item in items]
    if not any(standing.error_class == FailureClass.OPTED_OUT for _, _, standing in rows):
        found = await stored.apply_reports(pool, rows)
    else:
        async with pool.acquire() as connection, connection.transaction():
            found = await stored.apply_reports(connection, rows)
            refused = [
                message
                for message, (_, _, standing) in zip(found, rows, strict=True)
                if message is not None and standing.error_class == FailureClass.OPTED_OUT
            ]
            await record_provider_opt_outs(connection, refused)
    return [item for item, message in zip(items, found, strict=True) if message is None]


def standing_of(report: DeliveryReport) -> stored.Standing:
    """A report proves that the provider has the text, whatever its own word for that: accepted at least."""
    status = Status(report.status)
    if RANKS[status] < RANKS[Status.ACCEPTED]:
        status = Status.ACCEPTED
    failure, price = report.failure, report.price
    return stored.Standing(
        provider_message_id=report.provider_message_id,
        status=status.value,
        rank=RANKS[status],
        error_code=failure.code if failure else report.error_code,
        error_class=failure.cls.value if failure else None,
        error_sentence=failure.sentence if failure else None,
        at=report.at,
        parts=report.parts,
        price=price.amount if price else None,
        price_currency=price.currency if price else None,
    )
