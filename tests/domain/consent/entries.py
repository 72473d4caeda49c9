"""A short way to write lines of the consent ledger."""

from datetime import UTC, datetime, timedelta

from answerback.domain.consent.ledger import Choice, Entry, Source
from answerback.domain.ids import NumberId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry(
    id: int, choice: Choice, *, number: int | None = 1, source: Source = Source.KEYWORD, purpose: str = "all"
) -> Entry:
    """A line about one number of ours, or with None about all; later ids are later lines."""
    at = NOON + timedelta(minutes=id)
    return Entry(id, None if number is None else NumberId(number), choice, source, at, purpose=purpose)
