"""One durable row more, one row counted: enough to see whether data survived."""

import asyncpg


async def add_note(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("create table if not exists note (id int)")
        await connection.execute("insert into note values (1)")
    finally:
        await connection.close()


async def count_notes(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("select count(*) from note"))
    finally:
        await connection.close()
