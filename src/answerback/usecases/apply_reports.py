"""Delivery reports onto our messages: only forward, each status once, and what they teach is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from answerback.domain.sending.status import RANKS, Status
from answerback.providers.contract import DeliveryReport
from answerback.storage import reports as stored
from answerback.storage.connection import Pool
from answerback.storage.early_reports import hold_reports
from answerback.storage.lessons import TEACHING, learn
from answerback.storage.raw_exchanges import SealedExchange, add_exchanges
from answerback.storage.sealing import Sealer
from answerback.storage.trouble import Trouble, tell_trouble
from answerback.usecases.arrivals import ReceivedReport
from answerback.usecases.keep_webhook import UNSTORABLE, keep, seal_early, seal_report

ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """What applying needs."""

    pool: Pool
    sealer: Sealer


async def apply_reports(desk: ReportDesk, items: Sequence[ReceivedReport]) -> None:
    """Apply all; what names no message of ours waits for it, and what cannot be stored is kept for a person."""
    unknown = await apply_storable(desk, items)
    if unknown:
        await hold_reports(desk.pool, [seal_early(desk.sealer, item) for item in unknown])


async def apply_storable(desk: ReportDesk, items: Sequence[ReceivedReport]) -> list[ReceivedReport]:
    """Gives those that name no message of ours; what cannot be stored is kept and harms no other."""
    attempts = 0
    while True:
        attempts += 1
        try:
            return await apply_known(desk.pool, items)
        except Exception as error:
            trouble = tell_trouble(error)
            if trouble is Trouble.AWAY or (trouble is Trouble.PASSING and attempts == ATTEMPTS):
                raise
            if trouble is Trouble.DATA:
                return await _apply_one_by_one(desk, items, error)


async def _apply_one_by_one(
    desk: ReportDesk, items: Sequence[ReceivedReport], error: Exception
) -> list[ReceivedReport]:
    if len(items) == 1:
        await keep(desk.pool, [seal_report(desk.sealer, items[0], f"{UNSTORABLE}: {type(error).__name__}")])
        return []
    return [unknown for item in items for unknown in await apply_storable(desk, [item])]


async def apply_known(pool: Pool, items: Sequence[ReceivedReport]) -> list[ReceivedReport]:
    """Apply all; gives those that name no message of ours."""
    rows = [(item.account_id, item.report.our_message_id, standing_of(item.report)) for item in items]
    classes = [standing.error_class for _, _, standing in rows]
    raw = any(item.raw is not None for item in items)
    if TEACHING.isdisjoint(classes) and not raw:
        found = await stored.apply_reports(pool, rows)
    else:
        async with pool.acquire() as connection, connection.transaction():
            found = await stored.apply_reports(connection, rows)
            await learn(connection, zip(found, classes, strict=True))
            if raw:
                await add_exchanges(connection, _raw_of(items, found))
    return [item for item, message in zip(items, found, strict=True) if message is None]


def _raw_of(items: Sequence[ReceivedReport], found: Sequence[int | None]) -> list[SealedExchange]:
    """Those that found their message."""
    return [
        SealedExchange(message, item.account_id, "report", item.raw)
        for item, message in zip(items, found, strict=True)
        if message is not None and item.raw is not None
    ]


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
