"""Counts what knocks at the webhook doors and writes the counts once a second, so that a flood costs one row.

Not a metric: this is what an administrator sees to mend a wrong signature or address.
"""

import asyncio
from datetime import UTC, datetime
from typing import Final

import structlog

from answerback.domain.pace import bucket_of
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import notify
from answerback.storage.webhook_pace import Pace, add_pace
from answerback.storage.webhooks import Tallied, add_tallies, touch_inbound

FLUSH_SECONDS: Final = 1.0
MOST_KINDS: Final = 500
REMEMBERED: Final = 20_000
"""What this many webhooks told is known again when it comes twice to the same process."""
log = structlog.get_logger(__name__)
Key = tuple[int, str, str, str]


class Tally:
    """Outcomes are accepted, refused, observed and malformed."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._hits: dict[Key, int] = {}
        self._inbound: set[int] = set()
        self._pace: dict[Pace, int] = {}
        self._told: dict[tuple[int, str], None] = {}

    def count(self, account_id: int, door: str, outcome: str, reason: str = "") -> None:
        key = (account_id, door, outcome, reason)
        if key not in self._hits and len(self._hits) >= MOST_KINDS:
            key = (account_id, door, outcome, "")
        self._hits[key] = self._hits.get(key, 0) + 1
        self._measure(account_id, outcome)

    def note_inbound(self, account_id: int) -> None:
        self._inbound.add(account_id)

    def note_told(self, account_id: int, told: str, at: datetime | None) -> None:
        """`told` names what a webhook said, as every repeat of it would; `at` is the provider's own mark of time."""
        key = (account_id, told)
        if key in self._told:
            self._measure(account_id, "repeated")
            return
        self._told[key] = None
        if len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        if at is not None:
            self._measure(account_id, "travel", bucket_of((datetime.now(UTC) - at).total_seconds()))

    def note_handled(self, account_id: int, seconds: float, *, is_retry: bool) -> None:
        """How long we took to answer; `is_retry` where the provider says that it had been delivered before."""
        self._measure(account_id, "handling", bucket_of(seconds))
        if is_retry:
            self._measure(account_id, "retried")

    def _measure(self, account_id: int, measure: str, bucket: int = 0) -> None:
        key = (account_id, measure, bucket)
        self._pace[key] = self._pace.get(key, 0) + 1

    async def run(self) -> None:
        """Write until cancelled; what is counted while the database is away is written when it is back."""
        try:
            while True:
                await asyncio.sleep(FLUSH_SECONDS)
                await self.flush()
        finally:
            async with asyncio.timeout(FLUSH_SECONDS):
                await self.flush()

    async def flush(self) -> None:
        hits, self._hits = self._hits, {}
        inbound, self._inbound = self._inbound, set()
        pace, self._pace = self._pace, {}
        try:
            await self._flush(hits, inbound, pace)
        except DATABASE_TROUBLE as error:
            log.warning("tally_not_written", reason=type(error).__name__)
            for key, count in hits.items():
                self._hits[key] = self._hits.get(key, 0) + count
            self._inbound |= inbound
            for measured, count in pace.items():
                self._pace[measured] = self._pace.get(measured, 0) + count

    async def _flush(self, hits: dict[Key, int], inbound: set[int], pace: dict[Pace, int]) -> None:
        now = datetime.now(UTC)
        if not hits and not inbound and not pace:
            return
        async with self._pool.acquire() as connection, connection.transaction():
            fresh = await add_tallies(connection, [Tallied(*key, count, now) for key, count in hits.items()])
            if pace:
                await add_pace(connection, pace, now)
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
