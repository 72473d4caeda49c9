"""Says in the database which agents have a screen open here, and takes it back when screens go."""

import asyncio
import contextlib
from uuid import UUID

import structlog

from answerback.storage.agents import refresh_connections
from answerback.storage.connection import Pool
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.usecases.screens import connect_screen, disconnect_screens

REFRESH_EVERY = 10.0
LOOK_EVERY = 1.0
LINGER = 3.0
"""Seconds after which a closed screen counts as gone: a reload is not an absence. Longer than a browser takes to come
back (`retry` in stream.py), or its agent would be passed over meanwhile."""
log = structlog.get_logger(__name__)


class Roster:
    """`run` until cancelled. `node` names this process."""

    def __init__(self, pool: Pool, node: str) -> None:
        self._pool = pool
        self._node = node
        self._here: dict[UUID, int] = {}
        self._gone: dict[UUID, float] = {}

    async def enter(self, screen: UUID, user_id: int) -> None:
        await connect_screen(self._pool, screen, user_id, self._node)
        self._here[screen] = user_id

    def leave(self, screen: UUID) -> None:
        if self._here.pop(screen, None) is not None:
            self._gone[screen] = asyncio.get_running_loop().time()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        refresh_at = loop.time() + REFRESH_EVERY
        try:
            while True:
                await asyncio.sleep(LOOK_EVERY)
                with contextlib.suppress(*DATABASE_TROUBLE):  # the next round tries again
                    await self._forget(before=loop.time() - LINGER)
                    if loop.time() >= refresh_at:
                        refresh_at = loop.time() + REFRESH_EVERY
                        await self._refresh()
        finally:
            self._gone |= dict.fromkeys(self._here, loop.time())
            with contextlib.suppress(*DATABASE_TROUBLE):  # rows that stay behind go stale within half a minute
                await self._forget(before=loop.time())

    async def _forget(self, *, before: float) -> None:
        gone = [screen for screen, left_at in self._gone.items() if left_at <= before]
        await disconnect_screens(self._pool, gone)
        for screen in gone:
            del self._gone[screen]

    async def _refresh(self) -> None:
        """One statement for all; a screen that was given up while the database was away is entered again."""
        if not self._here:
            return
        for screen in await refresh_connections(self._pool, list(self._here)):
            user_id = self._here.get(screen)
            if user_id is not None:
                await connect_screen(self._pool, screen, user_id, self._node)
