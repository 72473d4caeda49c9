"""Results of sends into the database, in natural batches. A result is never dropped: it waits for the database."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from answerback.domain.sending.failure import Failure, FailureClass
from answerback.domain.sending.status import RANKS, Status
from answerback.providers.contract import Accepted
from answerback.storage.connection import Pool
from answerback.storage.lessons import TEACHING, learn
from answerback.storage.outbox import requeue
from answerback.storage.raw_exchanges import SealedExchange, add_exchanges
from answerback.storage.reports import Standing, settle_sends
from answerback.storage.trouble import Trouble, tell_trouble
from answerback.workers.natural_batch import NaturalBatch

LARGEST_BATCH: Final = 400
LONGEST_PAUSE_SECONDS: Final = 2.0
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """The fate of a send, as far as it will be known from its answer. `raw` is kept where it went wrong."""

    message_id: int
    standing: Standing
    raw: SealedExchange | None = None


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Certainly not sent; due again after `seconds`."""

    message_id: int
    seconds: float


Result = Settled | TryAgain


class Results:
    """`put` returns once the result is in the database."""

    def __init__(self, pool: Pool, holder: str) -> None:
        self._pool = pool
        self._holder = holder
        self._batch: NaturalBatch[Result] = NaturalBatch(self._write, largest=LARGEST_BATCH)
        self.put = self._batch.put
        self.run = self._batch.run

    async def _write(self, results: list[Result]) -> None:
        pause = 0.05
        while True:
            try:
                return await self._write_batch(results)
            except Exception as error:
                if tell_trouble(error) is Trouble.DATA:
                    return await self._write_one_by_one(results, error)
                log.warning("results_wait_for_database", reason=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _write_batch(self, results: list[Result]) -> None:
        settled = [(result.message_id, result.standing) for result in results if isinstance(result, Settled)]
        again = [result for result in results if isinstance(result, TryAgain)]
        failed = [(message, standing.error_class) for message, standing in settled if standing.error_class in TEACHING]
        raw = [result.raw for result in results if isinstance(result, Settled) and result.raw is not None]
        if not again and not failed and not raw:
            return await settle_sends(self._pool, settled)
        now = datetime.now(UTC)
        async with self._pool.acquire() as connection, connection.transaction():
            if settled:
                await settle_sends(connection, settled)
            if failed:
                await learn(connection, failed)
            if raw:
                await add_exchanges(connection, raw)
            if again:
                due = {result.message_id: now + timedelta(seconds=result.seconds) for result in again}
                await requeue(connection, self._holder, due)

    async def _write_one_by_one(self, results: list[Result], error: Exception) -> None:
        if len(results) > 1:
            for result in results:
                await self._write([result])
            return
        result = results[0]
        log.error("result_not_stored", message_id=result.message_id, reason=type(error).__name__)
        if isinstance(result, Settled) and result.standing.provider_message_id is not None:
            await self._write(
                [Settled(result.message_id, standing_of_unclear("The provider gave the id of another text"))]
            )


def standing_of_accepted(accepted: Accepted) -> Standing:
    status = Status(accepted.status)
    if RANKS[status] < RANKS[Status.ACCEPTED]:
        status = Status.ACCEPTED
    price = accepted.price
    return Standing(
        provider_message_id=accepted.provider_message_id,
        status=status.value,
        rank=RANKS[status],
        parts=accepted.parts,
        price=price.amount if price else None,
        price_currency=price.currency if price else None,
    )


def standing_of_failure(failure: Failure) -> Standing:
    return Standing(
        provider_message_id=None,
        status=Status.FAILED.value,
        rank=RANKS[Status.FAILED],
        error_code=failure.code,
        error_class=failure.cls.value,
        error_sentence=failure.sentence,
    )


def standing_of_unclear(why: str) -> Standing:
    return Standing(
        provider_message_id=None,
        status=Status.UNCLEAR.value,
        rank=RANKS[Status.UNCLEAR],
        error_class=FailureClass.UNCLEAR.value,
        error_sentence=f"It is not known whether this text was sent: {why}. It is not repeated by itself.",
    )
