"""How an account's webhooks fare: outcomes, repeats and times of a day and of a month, and whether to enforce now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import msgspec

from answerback.domain.pace import share_of
from answerback.storage.connection import Pool
from answerback.storage.provider_accounts import AccountRecord
from answerback.storage.webhook_pace import is_watched_since, read_pace
from answerback.storage.webhook_pages import Tally, list_tallies

DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)


class Times(msgspec.Struct, frozen=True):
    """Seconds that half, and nineteen of twenty, did not exceed."""

    half: float
    most: float


class Span(msgspec.Struct, frozen=True):
    """Counts of one span. `observed` were taken, but would be refused by enforcing. `repeated` told what was told
    before; `retried` the provider called deliveries of another try. `handling` is our time to answer, `travel` the time
    from the provider's own mark to us; null where nothing was measured."""

    accepted: int
    refused: int
    observed: int
    malformed: int
    repeated: int
    retried: int
    handling: Times | None
    travel: Times | None


class WebhookHealth(msgspec.Struct, frozen=True):
    """`tallies` of thirty days by outcome and reason. `may_enforce`: signatures are only observed, and for a day with
    webhooks none would have been refused."""

    tallies: list[Tally]
    last_accepted_at: datetime | None
    last_at: datetime | None
    day: Span
    month: Span
    may_enforce: bool


async def read_health(pool: Pool, account: AccountRecord) -> WebhookHealth:
    tallies = await list_tallies(pool, account.id)
    day = _span(await read_pace(pool, account.id, DAY))
    month = _span(await read_pace(pool, account.id, MONTH))
    quiet = day.observed == 0 and day.refused == 0 and day.accepted > 0
    observes = account.signature_mode == "observe"
    return WebhookHealth(
        tallies,
        max((tally.last_at for tally in tallies if tally.outcome == "accepted"), default=None),
        max((tally.last_at for tally in tallies), default=None),
        day,
        month,
        observes and quiet and await is_watched_since(pool, account.id, DAY),
    )


def _span(found: Mapping[str, Mapping[int, int]]) -> Span:
    def count(measure: str) -> int:
        return sum(found.get(measure, {}).values())

    return Span(
        accepted=count("accepted"),
        refused=count("refused"),
        observed=count("observed"),
        malformed=count("malformed"),
        repeated=count("repeated"),
        retried=count("retried"),
        handling=_times(found.get("handling", {})),
        travel=_times(found.get("travel", {})),
    )


def _times(hits: Mapping[int, int]) -> Times | None:
    half, most = share_of(hits, 0.5), share_of(hits, 0.95)
    return Times(half, most) if half is not None and most is not None else None
