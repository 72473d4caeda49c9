"""Ordered texts that still wait for their time are taken back, or leave at another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from answerback.storage.connection import Pool
from answerback.storage.outbound_messages import messages_that_wait
from answerback.usecases.release_texts import cancel_within, move_within


@dataclass(frozen=True, slots=True)
class Which:
    """These, or with `configuration_id` everything ordered with it that still waits."""

    ids: Sequence[int] = ()
    configuration_id: int | None = None


class Moved(msgspec.Struct, frozen=True):
    """`done` were still waiting; `too_late` have left, were taken back before, or never waited."""

    done: list[int]
    too_late: list[int]


async def cancel_outbound(pool: Pool, which: Which, actor_id: int) -> Moved:
    """They stand in their threads as canceled."""
    async with pool.acquire() as connection, connection.transaction():
        waiting = await messages_that_wait(connection, ids=which.ids, configuration_id=which.configuration_id)
        return _moved(which, waiting, await cancel_within(connection, list(waiting), actor_id))


async def reschedule_outbound(pool: Pool, which: Which, send_at: datetime | None, actor_id: int) -> Moved:
    """`send_at` None: now, or as soon as the gate lets them."""
    async with pool.acquire() as connection, connection.transaction():
        waiting = await messages_that_wait(connection, ids=which.ids, configuration_id=which.configuration_id)
        return _moved(
            which, waiting, await move_within(connection, list(waiting), send_at or datetime.now(UTC), actor_id)
        )


def _moved(which: Which, waiting: dict[int, int], done: frozenset[int]) -> Moved:
    ids = sorted(outbound_id for message_id, outbound_id in waiting.items() if message_id in done)
    return Moved(ids, sorted(set(which.ids) - set(ids)))
