"""What messages and conversations stand in is never deleted: the database refuses it, as it asks for them no more."""

import asyncpg
import pytest

from answerback.storage.connection import Pool
from answerback.storage.contacts import contact_of
from tests.live.centre import Centre


async def begin_conversation(pool: Pool) -> int:
    centre = Centre(pool)
    return await centre.text(await centre.number(await centre.queue(name="Support")), "Hello")


async def test_a_conversation_is_never_deleted(pool: Pool) -> None:
    conversation_id = await begin_conversation(pool)
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="never deleted"):
        await pool.execute("delete from conversation where id = $1", conversation_id)


async def test_a_contact_with_a_phone_or_a_conversation_is_never_deleted(pool: Pool) -> None:
    contact_id = await pool.fetchval(
        "select contact_id from conversation where id = $1", await begin_conversation(pool)
    )
    await pool.execute("delete from contact_phone where contact_id = $1", contact_id)
    async with pool.acquire() as connection:
        only_a_phone = await contact_of(connection, "+12125550199")
    for kept in (contact_id, only_a_phone):
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="never deleted"):
            await pool.execute("delete from contact where id = $1", kept)


async def test_a_contact_that_nothing_refers_to_may_go(pool: Pool) -> None:
    contact_id = await pool.fetchval("insert into contact default values returning id")
    await pool.execute("delete from contact where id = $1", contact_id)
    assert await pool.fetchval("select count(*) from contact where id = $1", contact_id) == 0
