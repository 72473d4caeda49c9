"""The consent ledger as it is shown: newest first, with the number each entry is about."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Database

SELECT = """
select e.id, e.phone, e.number_id, n.address as number, e.brand_id, b.name as brand, e.purpose, e.choice, e.source,
       e.words, e.proof, e.message_id, e.user_id, u.name as user_name, e.at, e.recorded_at, e.confirm_until
from consent_entry e left join number n on n.id = e.number_id left join brand b on b.id = e.brand_id
left join app_user u on u.id = e.user_id
"""


class ConsentEntry(msgspec.Struct, frozen=True):
    """What a customer said about being texted; neither number nor brand means all of our numbers.

    `at` is when they said it, `recorded_at` when it was written down. `proof` may hold url, file, ip, note.
    """

    id: int
    phone: str
    number_id: int | None
    number: str | None
    brand_id: int | None
    brand: str | None
    purpose: str
    choice: str
    source: str
    words: str
    proof: dict[str, str]
    message_id: int | None
    user_id: int | None
    user_name: str | None
    at: datetime
    recorded_at: datetime
    confirm_until: datetime | None


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
