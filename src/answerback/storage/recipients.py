"""What the send gate asks about recipients, for one or for thousands in the same statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from answerback.domain.consent.ledger import Choice, Entry, Source
from answerback.domain.sending.request import Recent
from answerback.storage.connection import Database

ENTRY_FIELDS = ("id", "number_id", "brand_id", "choice", "source", "at", "words", "purpose", "confirm_until")

CHOICES: Final = {choice.value: choice for choice in Choice}
SOURCES: Final = {source.value: source for source in Source}


class Recipient(msgspec.Struct, frozen=True):
    """One phone: what its contact says of itself, and everything the ledger holds of it."""

    phone: str
    blocked: bool
    time_zone: str | None
    language: str | None
    region: str | None
    wrote_at: datetime | None
    entries: tuple[Entry, ...]
    recent: tuple[Recent, ...]


async def read_recipients(database: Database, number_id: int, phones: Sequence[str]) -> dict[str, Recipient]:
    """Each of `phones`, also those nobody knows yet, as seen from a number of ours."""
    rows = await database.fetch("select * from read_recipients($1, $2)", number_id, list(phones))
    return {row[0]: _recipient(row) for row in rows}


def entry_of(fields: Sequence[Any]) -> Entry:
    """From values in the order of ENTRY_FIELDS."""
    id_, number_id, brand_id, choice, source, at, words, purpose, confirm_until = fields
    return Entry(id_, number_id, CHOICES[choice], SOURCES[source], at, words, purpose, brand_id, confirm_until)


def _recipient(row: Sequence[Any]) -> Recipient:
    phone, blocked, time_zone, language, region, wrote_at, *said, ats, abouts, subjects = row
    entries = () if said[0] is None else tuple(map(entry_of, zip(*said, strict=True)))
    recent = () if ats is None else tuple(map(Recent, ats, abouts, subjects))
    return Recipient(phone, blocked, time_zone, language, region, wrote_at, entries, recent)
