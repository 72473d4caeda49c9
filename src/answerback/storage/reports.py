"""What is known of outbound messages from the provider: delivery reports and results of sends, a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message stands now. `rank` as domain/sending/status.py; `error_*` only where it went wrong."""

    provider_message_id: str | None
    status: str
    rank: int
    error_code: str | None = None
    error_class: str | None = None
    error_sentence: str | None = None
    at: datetime | None = None
    parts: int | None = None
    price: Decimal | None = None
    price_currency: str | None = None


async def apply_reports(database: Database, reports: Sequence[tuple[int, int | None, Standing]]) -> list[int | None]:
    """Each report: account, our message id where the report names it, standing. Gives the message of each, or None."""
    found: list[int | None] = await database.fetchval(
        "select apply_reports($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [account for account, _, _ in reports],
        [standing.provider_message_id for _, _, standing in reports],
        [our for _, our, _ in reports],
        *_columns([standing for _, _, standing in reports]),
    )
    return found


async def settle_sends(database: Database, results: Sequence[tuple[int, Standing]]) -> None:
    """Each result: our message id, standing. The messages leave the outbox."""
    await database.execute(
        "select settle_sends($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [message for message, _ in results],
        [standing.provider_message_id for _, standing in results],
        *_columns([standing for _, standing in results]),
    )


def _columns(standings: Sequence[Standing]) -> tuple[list[Any], ...]:
    return (
        [standing.status for standing in standings],
        [standing.rank for standing in standings],
        [standing.error_code for standing in standings],
        [standing.error_class for standing in standings],
        [standing.error_sentence for standing in standings],
        [standing.at for standing in standings],
        [standing.parts for standing in standings],
        [standing.price for standing in standings],
        [standing.price_currency for standing in standings],
    )
