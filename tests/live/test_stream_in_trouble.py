"""The live stream when cursors, the database or the node itself are not what they were."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from answerback.storage.events import current_cursor
from tests.live.centre import Centre, until
from tests.live.screens import Node, make_bearer, serving, watching


@pytest.fixture
async def node(centre: Centre, database_url: str) -> AsyncIterator[Node]:
    async with serving(centre.pool, database_url) as node:
        yield node


async def test_a_cursor_of_the_future_gets_only_what_comes_after_it(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    xid, number_of_event = (await current_cursor(centre.pool)).split("-")
    bearer = await make_bearer(centre.pool, ana.user_id)
    future = f"{int(xid) + 1000}-{number_of_event}"
    async with watching(node, bearer, after=future) as screen, watching(node, bearer) as other:
        await centre.text(number)
        await other.until_kind("MessageReceived")
        assert screen.events == []


async def test_screens_stay_and_go_on_when_the_database_was_away(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    async with watching(node, await make_bearer(centre.pool, ana.user_id)) as screen:
        await centre.text(number, "before")
        await screen.until_kind("MessageReceived")
        async with centre.pool.acquire() as connection:
            await connection.execute(
                """select pg_terminate_backend(pid) from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid()"""
            )
        await until(lambda: answers(centre))
        await centre.text(number, "after")
        await screen.until_kind("MessageReceived", 2)
        bodies = [event["message"]["body"] for event in screen.events if event["kind"] == "MessageReceived"]
        assert bodies == ["before", "after"]


async def answers(centre: Centre) -> bool:
    """Whether every connection of the pool works again."""
    try:
        return all([await centre.pool.fetchval("select true") for _ in range(12)])
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return False


async def test_a_stopping_node_sends_its_screens_away_without_a_reset(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with watching(node, bearer) as screen:
        node.app.end_all()
        await screen.until(lambda screen: screen.ended)
        assert not screen.was_reset
    async with watching(node, bearer) as screen:
        await screen.until(lambda screen: screen.ended)
