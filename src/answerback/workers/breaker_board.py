"""Writes down which breakers are open, so that people see it live. Sending never waits for it."""

import asyncio
from typing import Final

import structlog

from answerback.storage.breakers import forget_breakers, note_closed, note_open
from answerback.storage.connection import Connection, Pool
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.workers.dispatcher_pace import Turn

PAUSE_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


class BreakerBoard:
    """`put` at any time; `run` writes the latest turn of each breaker until cancelled."""

    def __init__(self, pool: Pool, holder: str) -> None:
        self._pool = pool
        self._holder = holder
        self._turns: dict[tuple[int, int | None], Turn] = {}
        self._changed = asyncio.Event()

    def put(self, turn: Turn) -> None:
        log.warning(
            "breaker_open" if turn.is_open else "breaker_closed",
            account_id=turn.account_id,
            number_id=turn.number_id,
            seconds=round(turn.seconds, 1),
        )
        self._turns[turn.account_id, turn.number_id] = turn
        self._changed.set()

    async def run(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            while self._turns:
                place, turn = next(iter(self._turns.items()))
                try:
                    async with self._pool.acquire() as connection, connection.transaction():
                        await self._write(connection, turn)
                except DATABASE_TROUBLE as error:
                    log.warning("breaker_not_written", reason=type(error).__name__)
                    await asyncio.sleep(PAUSE_SECONDS)
                    continue
                except Exception:  # its number or account was removed meanwhile
                    log.exception("breaker_not_written")
                if self._turns.get(place) is turn:
                    del self._turns[place]

    async def clear(self) -> None:
        """The dispatcher stops."""
        await forget_breakers(self._pool, self._holder)

    async def _write(self, connection: Connection, turn: Turn) -> None:
        if turn.is_open:
            await note_open(
                connection,
                self._holder,
                turn.account_id,
                turn.number_id,
                reason=turn.reason,
                seconds=turn.seconds,
            )
        else:
            await note_closed(connection, self._holder, turn.account_id, turn.number_id)
