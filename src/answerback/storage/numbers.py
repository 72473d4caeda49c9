"""Numbers as settings: whose they are, what they can do, where their work goes."""

from datetime import datetime
from typing import Literal

import asyncpg
import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select id, address, name, provider_account_id, workstream_id, type, country, capabilities, provider_number_id,
       messaging_service_id, provider_answers_keywords, parts_per_second::float8 as parts_per_second, daily_cap,
       weekly_cap, monthly_cap, price_per_part::float8 as price_per_part, monthly_budget::float8 as monthly_budget,
       brand_id, calendar_id, active, created_at,
       (select jsonb_build_object('behaviour', v.behaviour, 'words', v.words, 'language', v.language, 'forward_to',
                                  v.forward_to, 'text_back', v.text_back, 'before', v.before_shown)
        from number_voice v where v.number_id = number.id) as voice
from number
"""


class VoiceView(msgspec.Struct, frozen=True):
    """What the number does with calls; `before`: where they went before they came here, in words."""

    behaviour: Literal["untouched", "greeting", "forward", "text_thread"] = "untouched"
    words: str = ""
    language: str = "en-US"
    forward_to: str = ""
    text_back: str = ""
    before: str = ""


class Number(msgspec.Struct, frozen=True):
    """A number of ours as the API shows it; capabilities of sms, mms, voice; caps in parts, money in the
    account's currency. A brand names its numbers itself.

    Customers who text outside the hours of its calendar are told so; without one it is always open.
    """

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
    daily_cap: int | None
    weekly_cap: int | None
    monthly_cap: int | None
    price_per_part: float | None
    monthly_budget: float | None
    brand_id: int | None
    calendar_id: int | None
    active: bool
    created_at: datetime
    voice: VoiceView = VoiceView()


async def list_numbers(connection: Database, after: int, limit: int) -> list[Number]:
    rows = await connection.fetch(SELECT + " where id > $1 order by id limit $2", after, limit)
    return [_number(row) for row in rows]


async def numbers_of_account(connection: Database, account_id: int) -> list[Number]:
    rows = await connection.fetch(SELECT + " where provider_account_id = $1 order by id", account_id)
    return [_number(row) for row in rows]


async def list_capped(connection: Database) -> list[Number]:
    """Active numbers that have a cap."""
    capped = "num_nonnulls(daily_cap, weekly_cap, monthly_cap) > 0"
    return [Number(**row) for row in await connection.fetch(f"{SELECT} where active and {capped} order by id")]


async def get_number(connection: Database, number_id: int) -> Number | None:
    row = await connection.fetchrow(SELECT + " where id = $1", number_id)
    return _number(row) if row else None


async def lock_number(connection: Connection, number_id: int) -> Number | None:
    row = await connection.fetchrow(SELECT + " where id = $1 for update", number_id)
    return _number(row) if row else None


async def insert_number(connection: Connection, number: Number) -> Number:
    """`id` and `created_at` are ignored."""
    row = await connection.fetchrow(
        """
        insert into number (address, name, provider_account_id, workstream_id, type, country, capabilities,
            provider_number_id, messaging_service_id, provider_answers_keywords, parts_per_second, daily_cap,
            weekly_cap, monthly_cap, price_per_part, monthly_budget, brand_id, calendar_id, active)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::float8::numeric, $12, $13, $14, $15::float8::numeric,
                $16::float8::numeric, $17, $18, $19)
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
            provider_answers_keywords = $10, parts_per_second = $11::float8::numeric, daily_cap = $12,
            weekly_cap = $13, monthly_cap = $14, price_per_part = $15::float8::numeric,
            monthly_budget = $16::float8::numeric, brand_id = $17, calendar_id = $18, active = $19
        where id = $20
        """,
        *_values(number),
        number.id,
    )


def _number(row: asyncpg.Record) -> Number:
    return Number(**{**row, "voice": VoiceView(**(row["voice"] or {}))})


def _values(number: Number) -> list[object]:
    """Every column of the table but id and created_at, in the order of the struct."""
    return list(msgspec.structs.astuple(number)[1:-2])


async def delete_number(connection: Connection, number_id: int) -> None:
    await connection.execute("delete from number where id = $1", number_id)


async def uses_of_number(connection: Database, number_id: int) -> tuple[str, ...]:
    """What needs this number, in words."""
    rows = await connection.fetch(
        """
        (select 'conversations on it' as use from conversation where number_id = $1 limit 1)
        union all
        (select 'entries of the consent ledger' from consent_entry where number_id = $1 limit 1)
        union all
        (select 'calls on it' from voice_call where number_id = $1 limit 1)
        union all
        (select 'its calls, which come here: leave them alone first' from number_voice where number_id = $1)
        union all
        select 'outbound configuration ' || c.name from outbound_configuration c
        join outbound_configuration_number n on n.configuration_id = c.id where n.number_id = $1
        """,
        number_id,
    )
    return tuple(row["use"] for row in rows)
