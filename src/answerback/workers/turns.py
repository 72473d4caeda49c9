"""How workers go on: one turn after the other, whatever goes wrong in one of them."""

from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog

from answerback.storage.trouble import DATABASE_TROUBLE

log = structlog.get_logger(__name__)


async def take_turns(
    worker: str, turn: Callable[[], Awaitable[bool | None]], rest: Callable[[], Awaitable[object]]
) -> NoReturn:
    """Until cancelled. A turn that says True is followed by the next at once, any other by a `rest`.

    A lost database is waited for. Anything else is logged: one strange row shall not end the work on the others.
    """
    while True:
        more = None
        try:
            more = await turn()
        except DATABASE_TROUBLE as error:
            log.warning("worker_waits_for_database", worker=worker, reason=type(error).__name__)
        except Exception:
            log.exception("worker_turn_failed", worker=worker)
        if not more:
            await rest()
