"""Results of a campaign as a CSV, made while it is read; who had it is noted first."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Final

from answerback.domain.files.cells import safe_cell
from answerback.storage.campaign_results import list_recipients
from answerback.storage.campaigns import get_campaign
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent
from answerback.usecases.audit import record
from answerback.usecases.refusals import NotFound

BATCH: Final = 2000
COLUMNS: Final = (
    "phone", "outcome", "variant", "reason", "sentence", "replied", "opted_out", "parts", "settled_at", "delivered_at",
)  # fmt: skip


async def export_campaign(pool: Pool, campaign_id: int, actor_id: int) -> AsyncIterator[str] | NotFound:
    """Cells that a spreadsheet would take for a formula are made harmless."""
    if await get_campaign(pool, campaign_id) is None:
        return NotFound(f"campaign {campaign_id}")
    async with pool.acquire() as connection, connection.transaction():
        await record(connection, NewEvent("CampaignExported", actor_id, data={"id": campaign_id}))
    return _lines(pool, campaign_id)


async def _lines(pool: Pool, campaign_id: int) -> AsyncIterator[str]:
    yield ",".join(COLUMNS) + "\r\n"
    after = -1
    while rows := await list_recipients(pool, campaign_id, wanted=None, after=after, limit=BATCH):
        page = io.StringIO()
        writer = csv.writer(page)
        for row in rows:
            writer.writerow([safe_cell(_plain(getattr(row, column))) for column in COLUMNS])
        yield page.getvalue()
        after = rows[-1].place


def _plain(value: object) -> str:
    return "" if value is None else str(value)
