"""Inbound texts into the database, a batch in one statement. What counts as a keyword is decided above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class TextRow:
    """One inbound text. `media` holds {url, content_type}; `route` false keeps it out of the queues.

    `maybe_late` marks it late if its conversation already shows something said after `said_at`.
    """

    account_id: int
    provider_message_id: str
    number_id: int
    phone: str
    body: str
    parts: int
    encoding: str
    provider_at: datetime | None
    media: list[dict[str, str]] | None
    route: bool
    maybe_late: bool
    said_at: datetime


@dataclass(frozen=True, slots=True)
class NewText:
    """A text that was not here before."""

    account_id: int
    provider_message_id: str
    message_id: int
    conversation_id: int


async def ingest(database: Database, rows: Sequence[TextRow]) -> list[NewText]:
    """Each text exactly once, whoever else ingests it at the same moment; gives those that were new.

    One implicit transaction when called on a pool; wakes the waiting.
    """
    kept = await database.fetch(
        "select account_id, sid, message_id, conversation_id"
        " from receive_texts($1, $2, $3, $4, $5, $6, $7, $8, $9::text[]::jsonb[], $10, $11, $12)",
        [row.account_id for row in rows],
        [row.provider_message_id for row in rows],
        [row.number_id for row in rows],
        [row.phone for row in rows],
        [row.body for row in rows],
        [row.parts for row in rows],
        [row.encoding for row in rows],
        [row.provider_at for row in rows],
        # As text: asyncpg would take a list of lists for one array of two dimensions.
        [msgspec.json.encode(row.media).decode() if row.media else None for row in rows],
        [row.route for row in rows],
        [row.maybe_late for row in rows],
        [row.said_at for row in rows],
    )
    return [NewText(*row) for row in kept]
