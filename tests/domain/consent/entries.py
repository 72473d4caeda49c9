"""A short way to write lines of the consent ledger."""

from datetime import UTC, datetime, timedelta

from answerback.domain.consent.ledger import Choice, Entry, Source
from answerback.domain.ids import BrandId, NumberId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry(
    id: int,
    choice: Choice,
    *,
    number: int | None = 1,
    brand: int | None = None,
    source: Source = Source.KEYWORD,
    purpose: str = "all",
    words: str = "Stop",
    days: int = 0,
) -> Entry:
    """A line about one number of ours, or with None about all; later ids are later lines, `days` later said."""
    at = NOON + timedelta(minutes=id, days=days)
    return Entry(
        id,
        None if number is None or brand is not None else NumberId(number),
        choice,
        source,
        at,
        words,
        purpose,
        brand_id=None if brand is None else BrandId(brand),
        confirm_until=at + timedelta(days=7) if choice is Choice.PENDING else None,
    )
