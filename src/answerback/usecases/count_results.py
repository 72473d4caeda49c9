"""Results of a campaign. Counting a large one takes seconds: then what was counted serves for a while, so that screens
that look again and again, on whichever node, take a small share of the database."""

import time
from datetime import UTC, datetime
from typing import Final

from answerback.storage.campaign_results import (
    CampaignResults,
    count_outcomes,
    keep_counted,
    lock_counting,
    read_counted,
)
from answerback.storage.campaigns import get_campaign
from answerback.storage.connection import Pool
from answerback.usecases.refusals import NotFound

QUICK: Final = 0.2
"""Seconds; what is counted within them is not kept."""
RESTS: Final = 15.0
"""As many times as long as counting took, it serves."""


async def count_results(pool: Pool, campaign_id: int) -> CampaignResults | NotFound:
    """While somebody else counts, what was counted last is given, however old."""
    kept = await read_counted(pool, campaign_id, rests=RESTS)
    if kept is not None:
        return kept
    async with pool.acquire() as connection, connection.transaction():
        if not await lock_counting(connection, campaign_id):
            older = await read_counted(connection, campaign_id)
            if older is not None:
                return older
        if await get_campaign(connection, campaign_id) is None:
            return NotFound(f"campaign {campaign_id}")
        began, at = time.monotonic(), datetime.now(UTC)
        counted = CampaignResults(await count_outcomes(connection, campaign_id), at)
        seconds = time.monotonic() - began
        if seconds > QUICK:
            await keep_counted(connection, campaign_id, counted, seconds)
        return counted
