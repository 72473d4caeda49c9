"""Says in the database which agents have a screen open here, and takes it back when screens go."""

import asyncio
import contextlib
from uuid import UUID

import asyncpg
import structlog

from answerback.storage.agents import refresh_connections
from answerback.storage.connection import Pool
from answerback.usecases.screens import connect_screen, disconnect_screens

REFRESH_EVERY = 10.0
LINGER = 1.0
"""Seconds after which a closed screen counts as gone: a reload is not an absence."""
TROUBLE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
log = structlog.get_logger(__name__)


class Roster:
    """`run` until cancelled. `node` names this process."""

    def __init__(self, pool: Pool, node: str) -> None:
        self._pool = pool
        self._node = node
        self._here: dict[UUID, int] = {}
        self._gone: set[UUID] = set()

    async def enter(self, screen: UUID, user_id: int) -> None:
        await connect_screen(self._pool, screen, user_id, self._node)
        self._here[screen] = user_id

    def leave(self, screen: UUID) -> None:
        if self._here.pop(screen, None) is not None:
            self._gone.add(screen)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        refresh_at = loop.time() + REFRESH_EVERY
        try:
            while True:
                await asyncio.sleep(LINGER)
                with contextlib.suppress(*TROUBLE):  # the next round tries again
                    await self._forget()
                    if loop.time() >= refresh_at:
                        refresh_at = loop.time() + REFRESH_EVERY
                        await self._refresh()
        finally:
            self._gone |= self._here.keys()
            with contextlib.suppress(*TROUBLE):  # rows that stay behind go stale within half a minute
                await self._forget()

    async def _forget(self) -> None:
        gone = set(self._gone)
        await disconnect_screens(self._pool, list(gone))
        self._gone -= gone

    async def _refresh(self) -> None:
        """One statement for all; a screen that was given up while the database was away is entered again."""
        if not self._here:
            return
        for screen in await refresh_connections(self._pool, list(self._here)):
            user_id = self._here.get(screen)
            if user_id is not None:
                await connect_screen(self._pool, screen, user_id, self._node)
