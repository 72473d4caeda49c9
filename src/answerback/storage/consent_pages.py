"""The consent ledger as it is shown: newest first, with the number each entry is about."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Database

SELECT = """
select e.id, e.phone, e.number_id, n.address as number, e.choice, e.source, e.words, e.user_id, e.at
from consent_entry e left join number n on n.id = e.number_id
"""


class ConsentEntry(msgspec.Struct, frozen=True):
    """What a customer said about being texted; `number` null means all of our numbers."""

    id: int
    phone: str
    number_id: int | None
    number: str | None
    choice: str
    source: str
    words: str
    user_id: int | None
    at: datetime


async def list_entries(connection: Database, phones: list[str] | None, before: int, limit: int) -> list[ConsentEntry]:
    """Of these phones, or of all."""
    rows = await connection.fetch(
        SELECT + " where ($1::text[] is null or e.phone = any ($1)) and e.id < $2 order by e.id desc limit $3",
        phones,
        before,
        limit,
    )
    return [ConsentEntry(**row) for row in rows]


async def get_entry(connection: Database, entry_id: int) -> ConsentEntry | None:
    row = await connection.fetchrow(SELECT + " where e.id = $1", entry_id)
    return ConsentEntry(**row) if row else None
