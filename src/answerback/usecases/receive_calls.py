"""News of calls: each call kept once, moved on, in its contact's thread; a missed one becomes work and is texted back.

Calls are few, so each piece of news is a transaction of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import structlog

from answerback.domain.calls.behaviour import Behaviour, VoiceRules
from answerback.domain.calls.course import Standing, Word, go_on
from answerback.domain.calls.status import CALL_RANKS, ENDED, CallStatus
from answerback.domain.calls.text_back import MissedCall, is_owed, is_work
from answerback.domain.sending.gate import Purpose
from answerback.storage.blocked import any_blocked
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import contact_of, thread_of
from answerback.storage.events import NewEvent, append
from answerback.storage.messages import lock_conversation
from answerback.storage.number_voice import read_rules
from answerback.storage.trouble import Trouble, tell_trouble
from answerback.storage.voice_calls import (
    CallRow,
    NewCall,
    Progress,
    add_call,
    bind_call,
    last_text_back,
    lock_call,
    lock_call_by_id,
    move_call,
    note_text_back,
    place_in_thread,
)
from answerback.storage.wakeups import notify
from answerback.usecases.arrivals import ReceivedCall
from answerback.usecases.queue_text import Draft, queue_text
from answerback.usecases.route_call import open_for_call

ATTEMPTS: Final = 4
ENDS: Final = dict.fromkeys(ENDED, "CallEnded") | {CallStatus.MISSED: "CallMissed"}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A call under its lock, with what decisions about it ask. `is_new`: this is the first news of it."""

    call: CallRow
    rules: VoiceRules
    blocked: bool
    is_new: bool


async def receive_calls(pool: Pool, items: Sequence[ReceivedCall]) -> None:
    """Returns when all are durable. Raises only what concerns the database as a whole."""
    for item in items:
        for attempt in range(ATTEMPTS):
            try:
                async with pool.acquire() as connection, connection.transaction():
                    await hear_of_call(connection, item)
                break
            except Exception as error:
                trouble = tell_trouble(error)
                if trouble is Trouble.AWAY or (trouble is Trouble.PASSING and attempt == ATTEMPTS - 1):
                    raise
                if trouble is Trouble.DATA:  # it harms no other; the call itself goes on
                    log.exception("call_not_stored", account_id=item.account_id)
                    break


async def hear_of_call(connection: Connection, item: ReceivedCall) -> None:
    """One piece of news, inside the caller's transaction. What names no call and no number of ours tells nothing."""
    known = await _find(connection, item)
    if known is None:
        return
    if known.call.direction == "outbound" and item.news.provider_call_id:
        await bind_call(connection, known.call.id, item.news.provider_call_id)
    status = _next_status(known, item)
    await _bring_to_thread(connection, known, status or CallStatus(known.call.status))
    if status is not None and status is not CallStatus(known.call.status):
        await advance_call(connection, known.call.id, status, item)
    await notify(connection, "event", "route")


async def advance_call(
    connection: Connection, call_id: int, status: CallStatus, item: ReceivedCall | None = None
) -> None:
    """The call's new status and the event that tells it."""
    news = item.news if item else None
    progress = Progress(
        status.value,
        CALL_RANKS[status],
        answered=status is CallStatus.ANSWERED or (status is CallStatus.COMPLETED and bool(news and news.reached)),
        ended=status in ENDED,
        duration_seconds=news.duration_seconds if news and status is CallStatus.COMPLETED else None,
        trouble=news.trouble if news else "",
    )
    await move_call(connection, call_id, progress)
    call = await lock_call_by_id(connection, call_id)
    kind = "CallAnswered" if status is CallStatus.ANSWERED else ENDS.get(status)
    await append(connection, [call_event(kind or "CallChanged", call)])


def call_event(kind: str, call: CallRow) -> NewEvent:
    data = {"call_id": call.id, "direction": call.direction, "status": call.status}
    return NewEvent(
        kind,
        actor_id=call.agent_id if kind == "CallPlaced" else None,
        conversation_id=call.conversation_id,
        contact_id=call.contact_id,
        data=data,
    )


async def _find(connection: Connection, item: ReceivedCall) -> Known | None:
    """The call, made where the news tells whose it is and nobody has told before."""
    news = item.news
    call = await lock_call(connection, item.account_id, news.provider_call_id, news.our_call_id)
    made = None
    if call is None and news.our_call_id is None and item.number_id is not None and item.handled:
        status = CallStatus.RINGING
        new = NewCall(
            item.account_id, news.provider_call_id, item.number_id, "inbound", news.phone, status.value,
            CALL_RANKS[status], handled=item.handled, started_at=item.received_at,
        )  # fmt: skip
        made = await add_call(connection, new)
        call = await lock_call(connection, item.account_id, news.provider_call_id, None)
    if call is None:
        return None
    rules = await read_rules(connection, call.number_id)
    return Known(call, rules, bool(call.phone) and await any_blocked(connection, [call.phone]), made is not None)


def _next_status(known: Known, item: ReceivedCall) -> CallStatus | None:
    call, news = known.call, item.news
    if known.is_new and known.blocked:
        return CallStatus.DECLINED
    if news.status is None:
        return None
    handled = Behaviour(call.handled) if call.handled else None
    return go_on(Standing(CallStatus(call.status), handled), Word(news.status, news.reached))


async def _bring_to_thread(connection: Connection, known: Known, status: CallStatus) -> None:
    """Into the contact's thread at its first news; to the agents, with the text back, once it counts as missed."""
    call = known.call
    if call.direction == "outbound" or not call.phone:
        if known.is_new:
            await append(connection, [call_event("CallReceived", call)])
        return
    handled = Behaviour(call.handled)
    missed = MissedCall(status, handled, call.phone, known.blocked, call.started_at)
    becomes_work = is_work(missed, known.rules) and (
        known.is_new if handled is Behaviour.TEXT_THREAD else status.value != call.status or known.is_new
    )
    if not known.is_new and not becomes_work:
        return
    contact_id = call.contact_id or await contact_of(connection, call.phone)
    find = open_for_call if becomes_work else thread_of
    conversation_id = await find(connection, call.number_id, contact_id, call.phone)
    await place_in_thread(connection, call.id, contact_id, conversation_id)
    placed = await lock_call_by_id(connection, call.id)
    if known.is_new:
        await append(connection, [call_event("CallReceived", placed)])
    if becomes_work:
        await _text_back(connection, placed, missed, known.rules)


async def _text_back(connection: Connection, call: CallRow, missed: MissedCall, rules: VoiceRules) -> None:
    """Through the send gate, under the conversation's lock, so that two calls at once are not both answered."""
    assert call.conversation_id is not None
    facts = await lock_conversation(connection, call.conversation_id)
    assert facts is not None
    last = await last_text_back(connection, call.number_id, call.phone)
    asked = MissedCall(missed.status, missed.handled, missed.phone, missed.blocked, missed.started_at, last)
    if is_owed(asked, rules, datetime.now(UTC)):
        outcome = await queue_text(connection, facts, Draft(rules.text_back, Purpose.AUTOMATED, "automated"))
        await note_text_back(connection, call.id, outcome.message_id)
