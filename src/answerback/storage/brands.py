"""Brands: numbers of ours that customers know by one name, so that consent given to one holds for all."""

import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select b.id, b.name, array(select n.id from number n where n.brand_id = b.id order by n.id) as number_ids from brand b
"""


class Brand(msgspec.Struct, frozen=True):
    id: int
    name: str
    number_ids: list[int]


async def list_brands(database: Database) -> list[Brand]:
    return [Brand(**row) for row in await database.fetch(SELECT + " order by b.name, b.id")]


async def get_brand(database: Database, brand_id: int) -> Brand | None:
    row = await database.fetchrow(SELECT + " where b.id = $1", brand_id)
    return Brand(**row) if row else None


async def insert_brand(connection: Connection, name: str) -> int:
    brand_id: int = await connection.fetchval("insert into brand (name) values ($1) returning id", name)
    return brand_id


async def rename_brand(connection: Connection, brand_id: int, name: str) -> None:
    await connection.execute("update brand set name = $2 where id = $1", brand_id, name)


async def set_numbers(connection: Connection, brand_id: int, number_ids: list[int]) -> None:
    """These and no others; a number leaves the brand it was in."""
    await connection.execute(
        """
        update number set brand_id = case when id = any ($2::bigint[]) then $1 end
        where brand_id = $1 or id = any ($2::bigint[])
        """,
        brand_id,
        number_ids,
    )


async def delete_brand(connection: Connection, brand_id: int) -> None:
    """Its numbers go on alone."""
    await connection.execute("update number set brand_id = null where brand_id = $1", brand_id)
    await connection.execute("delete from brand where id = $1", brand_id)


async def has_entries(database: Database, brand_id: int) -> bool:
    """Whether the consent ledger speaks of it."""
    found: bool = await database.fetchval("select exists (select from consent_entry where brand_id = $1)", brand_id)
    return found
