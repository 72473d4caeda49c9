"""Automated messages as settings: the words by trigger and number, and how much of it a customer may get."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from answerback.storage.connection import Connection, Database


class Limits(msgspec.Struct, frozen=True):
    """`most_an_hour` and `most_a_day`: automated texts to one phone. `fallback_language` as BCP 47."""

    fallback_language: str
    most_an_hour: int
    most_a_day: int


@dataclass(frozen=True, slots=True)
class MessageRow:
    """`number_id` None: for every number that has no row of its own."""

    trigger: str
    number_id: int | None
    active: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartPrice:
    """What one part has cost lately, as decimal text."""

    amount: str
    currency: str


async def read_messages(database: Database, trigger: str | None = None) -> list[MessageRow]:
    rows = await database.fetch(
        """
        select trigger, number_id, active, texts from automated_message
        where $1::text is null or trigger = $1 order by number_id nulls first, trigger
        """,
        trigger,
    )
    return [MessageRow(**row) for row in rows]


async def save_message(connection: Connection, message: MessageRow) -> None:
    await connection.execute(
        """
        insert into automated_message (trigger, number_id, active, texts) values ($1, $2, $3, $4)
        on conflict (trigger, number_id) do update set active = excluded.active, texts = excluded.texts
        """,
        message.trigger,
        message.number_id,
        message.active,
        dict(message.texts),
    )


async def delete_message(connection: Connection, trigger: str, number_id: int | None) -> bool:
    """Whether there was one."""
    status: str = await connection.execute(
        "delete from automated_message where trigger = $1 and number_id is not distinct from $2", trigger, number_id
    )
    return status != "DELETE 0"


async def read_limits(database: Database) -> Limits:
    row = await database.fetchrow("select fallback_language, most_an_hour, most_a_day from automation_limits")
    assert row is not None
    return Limits(**row)


async def save_limits(connection: Connection, limits: Limits) -> None:
    await connection.execute(
        "update automation_limits set fallback_language = $1, most_an_hour = $2, most_a_day = $3",
        limits.fallback_language,
        limits.most_an_hour,
        limits.most_a_day,
    )


async def lock_limits(connection: Connection) -> None:
    """Until the transaction ends."""
    await connection.execute("select from automation_limits for update")


async def any_active(database: Database) -> bool:
    """Whether any message is on, or a workstream asks for a score."""
    found = await database.fetchval(
        """
        select exists (select from automated_message where active)
            or exists (select from workstream where (survey ->> 'active')::boolean)
        """
    )
    return bool(found)


async def read_part_price(database: Database) -> PartPrice | None:
    """The mean price of a part over the latest texts that have one, in the currency most of them have."""
    row = await database.fetchrow(
        """
        select round(sum(abs(price)) / sum(parts), 5)::text as amount, price_currency as currency
        from (select price, parts, price_currency, kind from message order by id desc limit 2000) lately
        where kind = 'outbound' and price is not null and parts > 0 and price_currency is not null
        group by price_currency order by count(*) desc limit 1
        """
    )
    return PartPrice(**row) if row else None
