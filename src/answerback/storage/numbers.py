"""Numbers as settings: whose they are, what they can do, where their work goes."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select id, address, name, provider_account_id, workstream_id, type, country, capabilities, provider_number_id,
       messaging_service_id, provider_answers_keywords, parts_per_second::float8 as parts_per_second, active, created_at
from number
"""


class Number(msgspec.Struct, frozen=True):
    """A number of ours as the API shows it; capabilities of sms, mms, voice."""

    id: int
    address: str
    name: str
    provider_account_id: int
    workstream_id: int
    type: str
    country: str
    capabilities: list[str]
    provider_number_id: str | None
    messaging_service_id: str | None
    provider_answers_keywords: bool
    parts_per_second: float
    active: bool
    created_at: datetime


async def list_numbers(connection: Database, after: int, limit: int) -> list[Number]:
    rows = await connection.fetch(SELECT + " where id > $1 order by id limit $2", after, limit)
    return [Number(**row) for row in rows]


async def get_number(connection: Database, number_id: int) -> Number | None:
    row = await connection.fetchrow(SELECT + " where id = $1", number_id)
    return Number(**row) if row else None


async def lock_number(connection: Connection, number_id: int) -> Number | None:
    row = await connection.fetchrow(SELECT + " where id = $1 for update", number_id)
    return Number(**row) if row else None


async def insert_number(connection: Connection, number: Number) -> Number:
    """`id` and `created_at` are ignored."""
    row = await connection.fetchrow(
        """
        insert into number (address, name, provider_account_id, workstream_id, type, country, capabilities,
            provider_number_id, messaging_service_id, provider_answers_keywords, parts_per_second, active)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::float8::numeric, $12)
        returning id, created_at
        """,
        *_values(number),
    )
    assert row is not None
    return msgspec.structs.replace(number, id=row["id"], created_at=row["created_at"])


async def update_number(connection: Connection, number: Number) -> None:
    await connection.execute(
        """
        update number set address = $1, name = $2, provider_account_id = $3, workstream_id = $4, type = $5,
            country = $6, capabilities = $7, provider_number_id = $8, messaging_service_id = $9,
            provider_answers_keywords = $10, parts_per_second = $11::float8::numeric, active = $12
        where id = $13
        """,
        *_values(number),
        number.id,
    )


def _values(number: Number) -> list[object]:
    """Every column but id and created_at, in the order of the struct."""
    return list(msgspec.structs.astuple(number)[1:-1])


async def delete_number(connection: Connection, number_id: int) -> None:
    await connection.execute("delete from number where id = $1", number_id)


async def uses_of_number(connection: Database, number_id: int) -> tuple[str, ...]:
    """What needs this number, in words."""
    rows = await connection.fetch(
        """
        (select 'conversations on it' as use from conversation where number_id = $1 limit 1)
        union all
        (select 'entries of the consent ledger' from consent_entry where number_id = $1 limit 1)
        """,
        number_id,
    )
    return tuple(row["use"] for row in rows)
