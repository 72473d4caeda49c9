"""What happens next in a call that a webhook tells of: from the number's rules, or from the order it was placed by.

The number's rules are in memory too, so that callers are answered also while the database is away.
"""

from dataclasses import replace

import structlog

from answerback.domain.calls.behaviour import LeaveAlone, plan_incoming, plan_outgoing
from answerback.domain.calls.status import CallStatus
from answerback.providers.calls import CallNews, CallTurn
from answerback.storage.accounts_read import NumberRow
from answerback.storage.blocked import any_blocked
from answerback.storage.connection import Pool
from answerback.storage.number_voice import read_rules
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.voice_calls import read_outgoing, read_status

log = structlog.get_logger(__name__)


async def with_rules_of_now(pool: Pool, number: NumberRow) -> NumberRow:
    """A behaviour chosen a moment ago counts for the next call; those in memory stand in while the database is away."""
    try:
        return replace(number, voice=await read_rules(pool, number.id))
    except DATABASE_TROUBLE as error:
        log.warning("call_rules_from_memory", reason=type(error).__name__)
        return number


async def plan_call(
    pool: Pool, account_id: int, number: NumberRow | None, news: CallNews, *, voice_url: str
) -> CallTurn:
    """`number` is the line that the news names, None where it names none of the account's."""
    try:
        if news.our_call_id is not None:
            return await _outgoing(pool, news, voice_url)
        blocked = bool(news.comes_in and news.phone) and await any_blocked(pool, [news.phone])
        known = None if news.comes_in else await read_status(pool, account_id, news.provider_call_id)
    except DATABASE_TROUBLE as error:
        log.warning("call_planned_without_database", reason=type(error).__name__)
        if news.our_call_id is not None:
            return CallTurn(news, LeaveAlone(), voice_url)
        blocked, known = False, None
    if number is None:
        return CallTurn(news, LeaveAlone(), voice_url)
    plan = plan_incoming(number.voice, ours=number.address, withheld=not news.phone, blocked=blocked)
    return CallTurn(news, plan, voice_url, CallStatus(known) if known else None)


async def _outgoing(pool: Pool, news: CallNews, voice_url: str) -> CallTurn:
    assert news.our_call_id is not None
    order = await read_outgoing(pool, news.our_call_id)
    if order is None:
        return CallTurn(news, LeaveAlone(), voice_url)
    customer, ours, status = order
    return CallTurn(news, plan_outgoing(customer, ours=ours), voice_url, CallStatus(status))
