"""Sends one owed automated text through the send gate, and not more than a customer bears.

The row is settled in the transaction that queues the text, so that a crash leaves both or neither.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from answerback.domain.automation.occasions import Place, line_occasion
from answerback.domain.hours.state import Open
from answerback.domain.sending.gate import Allowed, Purpose
from answerback.storage.automated_messages import read_limits
from answerback.storage.automated_texts import (
    DueText,
    Owed,
    claim_due,
    drop_due,
    owe_texts,
    sent_lately,
    settle_text,
)
from answerback.storage.automation_scenes import read_heads, read_places
from answerback.storage.connection import Connection, Pool
from answerback.storage.messages import ConversationFacts, lock_conversation
from answerback.usecases.automation import read_automation
from answerback.usecases.owe_automated import HEAD, PLACE, SURVEY
from answerback.usecases.queue_text import Draft, Queued, ask_gate, queue_text
from answerback.usecases.surveys import is_asked, note_asked

LATEST: Final = timedelta(minutes=15)
"""After an outage nobody wants the greeting of this morning; a survey may come a little later."""
LATEST_SURVEY: Final = timedelta(hours=6)


async def send_owed(pool: Pool) -> bool:
    """The next one, in a transaction of its own; whether there was one."""
    async with pool.acquire() as connection, connection.transaction():
        due = await claim_due(connection)
        if due is None:
            return False
        if due.trigger in (PLACE, HEAD):
            await _tell_place(connection, due)
        else:
            facts = await lock_conversation(connection, due.conversation_id)
            assert facts is not None
            await _send(connection, facts, due)
        return True


async def _send(connection: Connection, facts: ConversationFacts, due: DueText) -> None:
    latest = LATEST_SURVEY if due.trigger == SURVEY else LATEST
    if datetime.now(UTC) - due.happened_at > latest:
        return await settle_text(connection, due.id, "late")
    if due.trigger == SURVEY and await is_asked(connection, facts):
        return await settle_text(connection, due.id, "asked")
    limits, (hour, day) = await read_limits(connection), await sent_lately(connection, facts.customer_phone)
    if hour >= limits.most_an_hour or day >= limits.most_a_day:
        return await settle_text(connection, due.id, "capped")
    draft = Draft(due.body, Purpose.AUTOMATED, "automated")
    verdict = await ask_gate(connection, facts, draft)
    if not isinstance(verdict, Allowed):  # not into the thread: nobody wrote it, so nobody misses it
        return await settle_text(connection, due.id, "refused", reason=verdict.reason.value)
    queued = await queue_text(connection, facts, draft)
    assert isinstance(queued, Queued)
    await settle_text(connection, due.id, "sent", phone=facts.customer_phone, message_id=queued.message_id)
    if due.trigger == SURVEY:
        await note_asked(connection, facts, queued.message_id)


async def _tell_place(connection: Connection, due: DueText) -> None:
    """Owes the message for where somebody stands in line now, if they still do and the queue is open."""
    await drop_due(connection, due.id)
    heads = await read_heads(connection, [int(due.body)]) if due.trigger == HEAD else [due.conversation_id]
    automation, now = await read_automation(connection), datetime.now(UTC)
    for place in await read_places(connection, heads):
        active = automation.active(place.facts["number_id"])
        occasion = line_occasion(Place(place.position, place.queued_at), active)
        if occasion is None or occasion.trigger is None or not isinstance(automation.hours(place.facts, now), Open):
            continue
        message = automation.message(occasion.trigger, place.facts["number_id"])
        assert message is not None
        body = automation.word(message.texts, place.facts, now)
        await owe_texts(connection, [Owed(place.conversation_id, occasion.key, occasion.trigger.value, body, now)])
