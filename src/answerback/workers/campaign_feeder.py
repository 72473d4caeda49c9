"""Keeps running campaigns fed: prepares those that start, adds texts as their numbers have room, watches and finishes
them. Any number may run; a number is fed by one at a time."""

import time
from functools import partial
from typing import Final

import structlog

from answerback.storage.campaign_recipients import numbers_to_feed
from answerback.storage.campaigns import get_campaign
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups, notify
from answerback.usecases.feed_campaigns import feed_number, pause_unfit
from answerback.usecases.move_campaign import finish_done, prepare_one
from answerback.usecases.preview_campaign import count_one
from answerback.workers.turns import take_turns

LOOK_EVERY: Final = 0.5
WATCH_EVERY: Final = 2.0
TELL_EVERY: Final = 1.0
COUNTS: Final = ("recipients", "waiting", "queued", "refused", "stopped", "parts")
log = structlog.get_logger(__name__)


class CampaignFeeder:
    """`run` until cancelled; a lost database is waited for."""

    def __init__(self, pool: Pool, wakeups: Wakeups) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._moved: set[int] = set()
        self._told_at = 0.0
        self._watched_at = 0.0

    async def run(self) -> None:
        with self._wakeups.subscribe("campaign") as news:
            await take_turns("campaigns", self.tick, partial(news.wait, LOOK_EVERY))

    async def tick(self) -> None:
        """Everything that can be done now."""
        while await prepare_one(self._pool):
            pass
        for number_id in await self._numbers():
            await self._feed(number_id)
        if time.monotonic() - self._watched_at >= WATCH_EVERY:
            self._watched_at = time.monotonic()
            await pause_unfit(self._pool)
        await finish_done(self._pool)
        if self._moved and time.monotonic() - self._told_at >= TELL_EVERY:
            await self._tell()

    async def _feed(self, number_id: int) -> None:
        """What goes wrong at one number holds up no other."""
        try:
            self._moved.update(await feed_number(self._pool, number_id))
        except DATABASE_TROUBLE:
            raise
        except Exception:
            log.exception("number_not_fed", number_id=number_id)

    async def _numbers(self) -> list[int]:
        async with self._pool.acquire() as connection:
            return await numbers_to_feed(connection)

    async def _tell(self) -> None:
        """Screens learn at most so often that a campaign has moved."""
        self._told_at = time.monotonic()
        moved, self._moved = self._moved, set()
        async with self._pool.acquire() as connection, connection.transaction():
            await append(connection, [await _moved(connection, each) for each in sorted(moved)])
            await notify(connection, "event")


async def _moved(connection: Connection, campaign_id: int) -> NewEvent:
    """Small enough to tell every second, and all that a bar of progress needs."""
    campaign = await get_campaign(connection, campaign_id)
    assert campaign is not None
    counts = {name: getattr(campaign, name) for name in COUNTS}
    return NewEvent("CampaignMoved", data={"id": campaign_id, "state": campaign.state.value, **counts})


class CampaignPreviews:
    """Counts previews beside the feeder, so that a large one holds no campaign up."""

    def __init__(self, pool: Pool, wakeups: Wakeups) -> None:
        self._pool = pool
        self._wakeups = wakeups

    async def run(self) -> None:
        with self._wakeups.subscribe("campaign") as news:
            await take_turns("previews", partial(count_one, self._pool), partial(news.wait, 1.0))
