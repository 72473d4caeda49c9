"""Counts what knocks at the webhook doors and writes the counts once a second, so that a flood costs one row.

Not a metric: this is what an administrator sees to mend a wrong signature or address.
"""

import asyncio
from datetime import UTC, datetime
from typing import Final

import structlog

from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import notify
from answerback.storage.webhooks import Tallied, add_tallies, touch_inbound

FLUSH_SECONDS: Final = 1.0
MOST_KINDS: Final = 500
log = structlog.get_logger(__name__)
Key = tuple[int, str, str, str]


class Tally:
    """Outcomes are accepted, refused, observed and malformed."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._hits: dict[Key, int] = {}
        self._inbound: set[int] = set()

    def count(self, account_id: int, door: str, outcome: str, reason: str = "") -> None:
        key = (account_id, door, outcome, reason)
        if key not in self._hits and len(self._hits) >= MOST_KINDS:
            key = (account_id, door, outcome, "")
        self._hits[key] = self._hits.get(key, 0) + 1

    def note_inbound(self, account_id: int) -> None:
        self._inbound.add(account_id)

    async def run(self) -> None:
        """Write until cancelled; what is counted while the database is away is written when it is back."""
        try:
            while True:
                await asyncio.sleep(FLUSH_SECONDS)
                await self._flush_or_keep()
        finally:
            async with asyncio.timeout(FLUSH_SECONDS):
                await self._flush_or_keep()

    async def _flush_or_keep(self) -> None:
        hits, self._hits = self._hits, {}
        inbound, self._inbound = self._inbound, set()
        try:
            await self._flush(hits, inbound)
        except DATABASE_TROUBLE as error:
            log.warning("tally_not_written", reason=type(error).__name__)
            for key, count in hits.items():
                self._hits[key] = self._hits.get(key, 0) + count
            self._inbound |= inbound

    async def _flush(self, hits: dict[Key, int], inbound: set[int]) -> None:
        now = datetime.now(UTC)
        if not hits and not inbound:
            return
        async with self._pool.acquire() as connection, connection.transaction():
            fresh = await add_tallies(connection, [Tallied(*key, count, now) for key, count in hits.items()])
            if inbound:
                await touch_inbound(connection, dict.fromkeys(inbound, now))
            refused = [tally for tally in fresh if tally.outcome in ("refused", "observed")]
            await append(connection, [_event(tally) for tally in refused])
            if refused:
                await notify(connection, "event")


def _event(tally: Tallied) -> NewEvent:
    """The first of its kind on a day; the counts tell the rest."""
    return NewEvent(
        "WebhookRefused",
        data={"account_id": tally.account_id, "door": tally.door, "outcome": tally.outcome, "reason": tally.reason},
    )
