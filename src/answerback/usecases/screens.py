"""Screens that come and go: an agent with one is connected, an agent whose last one went has the grace time."""

from collections.abc import Sequence
from uuid import UUID

from answerback.storage.agents import add_connection, remove_connections, stale_connections
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify


async def connect_screen(pool: Pool, screen: UUID, user_id: int, node: str) -> None:
    """The first screen of an agent is an event, and may bring them work."""
    async with pool.acquire() as connection, connection.transaction():
        if await add_connection(connection, screen, user_id, node):
            await append(connection, [NewEvent("AgentConnected", actor_id=user_id, user_id=user_id)])
            await notify(connection, "event", "route")


async def disconnect_screens(pool: Pool, screens: Sequence[UUID]) -> None:
    if not screens:
        return
    async with pool.acquire() as connection, connection.transaction():
        await _disconnect(connection, screens)


async def drop_stale_screens(pool: Pool) -> None:
    """Those whose node died without a word."""
    async with pool.acquire() as connection, connection.transaction():
        stale = await stale_connections(connection)
        if stale:
            await _disconnect(connection, stale)


async def _disconnect(connection: Connection, screens: Sequence[UUID]) -> None:
    gone = await remove_connections(connection, screens)
    if gone:
        await append(connection, [NewEvent("AgentDisconnected", user_id=user_id) for user_id in gone])
        await notify(connection, "event")
