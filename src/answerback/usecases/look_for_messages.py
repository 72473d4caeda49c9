"""Reports that came before their message was known by its provider's id, once more: providers may tell one before they
answered the send, or the answer was lost and is still to be found out. What nobody claims is kept for a person.
"""

from typing import Final

import structlog

from answerback.storage.early_reports import DueReport, claim_early, forget_early
from answerback.storage.sealing import Sealer, SealingError
from answerback.usecases.apply_reports import ReportDesk, apply_storable
from answerback.usecases.arrivals import ReceivedReport
from answerback.usecases.keep_webhook import keep_in, open_contents, unclaimed

PAUSES_SECONDS: Final = (60.0, 300.0, 1800.0)
"""After the first look, which comes two seconds after the report; longer than any provider knows a repeated send."""
AT_ONCE: Final = 200
log = structlog.get_logger(__name__)


async def look_for_messages(desk: ReportDesk) -> bool:
    """Apply those due; whether there may be more. Should the process die in between, they are due again."""
    due = await claim_early(desk.pool, PAUSES_SECONDS, AT_ONCE)
    if not due:
        return False
    opened = {one.id: _open(desk.sealer, one) for one in due}
    unknown = set(await apply_storable(desk, [item for item in opened.values() if item is not None]))
    missing = [one for one in due if (item := opened[one.id]) is None or item in unknown]
    given_up = [one for one in missing if one.attempts > len(PAUSES_SECONDS)]
    waiting = {one.id for one in missing} - {one.id for one in given_up}
    async with desk.pool.acquire() as connection, connection.transaction():
        if given_up:
            await keep_in(connection, [unclaimed(one) for one in given_up])
        await forget_early(connection, [one.id for one in due if one.id not in waiting])
    return len(due) == AT_ONCE


def _open(sealer: Sealer, due: DueReport) -> ReceivedReport | None:
    """None without its key: it then waits to be kept."""
    try:
        report = open_contents(sealer, unclaimed(due)).report
    except SealingError as error:
        log.warning("early_report_not_opened", account_id=due.account_id, reason=str(error))
        return None
    return None if report is None else ReceivedReport(due.account_id, report, due.received_at, due.raw)
