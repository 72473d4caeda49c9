"""A reply takes another way: it leaves from another number of its workstream that the customer already knows.

Only where the workstream says so, only what certainly was not sent, never twice, and never before what was said
earlier. Each decision is one transaction under the conversation's lock.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from answerback.domain.sending.fail_over import THE_SENDERS, Detour, mended_elsewhere, needs_other_account
from answerback.domain.sending.gate import Allowed, Purpose
from answerback.storage import messages
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import Event, NewEvent, append
from answerback.storage.fail_over import (
    expect_answer,
    known_numbers,
    lock_failed_replies,
    lock_held_replies,
    take_out,
)
from answerback.storage.failed_texts import note_done
from answerback.storage.messages import ConversationFacts
from answerback.storage.wakeups import notify
from answerback.usecases.queue_text import Draft, HeldBackError, Queued, ask_gate, queue_elsewhere, queue_text

FAILED_KINDS: Final = frozenset({"MessageFailed"})
FOLLOWER: Final = "fail_over"
"""Who follows the event log for it, from the first workstream on that wants it."""


async def fail_over_queued(pool: Pool, conversation_id: int) -> bool:
    """What is queued behind an open breaker; whether it goes another way."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            facts = await messages.lock_conversation(connection, conversation_id)
            return facts is not None and await _move_queued(connection, facts)
    except HeldBackError:  # one alone would have passed the gate there, all of them did not
        return False


async def fail_over_failed(connection: Connection, events: Sequence[Event]) -> None:
    """Of texts that just failed, those that another number can send; for the follower of the event log."""
    conversations = {
        event.conversation_id
        for event in events
        if event.conversation_id is not None and mended_elsewhere(event.data.get("class"))
    }
    for conversation_id in sorted(conversations):
        facts = await messages.lock_conversation(connection, conversation_id)
        if facts is not None and facts.fail_over:
            await _send_elsewhere(connection, facts)


async def _move_queued(connection: Connection, facts: ConversationFacts) -> bool:
    held = await lock_held_replies(connection, facts.id)
    drafts = {
        message_id: Draft(body, Purpose.REPLY, "", media_count=media, detour=Detour.HELD_BACK)
        for message_id, body, media in held
    }
    way = await _find_way(connection, facts, list(drafts.values())) if drafts else None
    if way is None:
        return False
    other, there = way
    await take_out(connection, list(drafts))
    for message_id, draft in drafts.items():
        await queue_elsewhere(connection, other, message_id, draft)
    await append(connection, [_event(facts, other, message_id, Detour.HELD_BACK) for message_id in drafts])
    await _join_answer(connection, facts, there)
    await notify(connection, "outbox", "event")
    return True


async def _send_elsewhere(connection: Connection, facts: ConversationFacts) -> None:
    failed = await lock_failed_replies(connection, facts.id, sorted(THE_SENDERS))
    drafts = [
        Draft(text.body, Purpose.REPLY, text.origin, text.author_id, text.media_count, detour=Detour.FAILED)
        for text in failed
    ]
    other_account = any(needs_other_account(text.error_class) for text in failed)
    not_account = facts.provider_account_id if other_account else None
    way = await _find_way(connection, facts, drafts, not_account) if drafts else None
    if way is None:
        return
    other, there = way
    for place, (text, draft) in enumerate(zip(failed, drafts, strict=True)):
        outcome = await queue_text(connection, replace(other, last_seq=facts.last_seq + place), draft)
        await messages.copy_media(connection, text.id, outcome.message_id)
        if isinstance(outcome, Queued):
            await note_done(connection, [text.id], how="resent", user_id=None, resent_as=outcome.message_id)
            await append(connection, [_event(facts, other, text.id, Detour.FAILED)])
    await _join_answer(connection, facts, there)


async def _find_way(
    connection: Connection, facts: ConversationFacts, drafts: Sequence[Draft], not_account: int | None = None
) -> tuple[ConversationFacts, int] | None:
    """The first known number from which the gate lets each of them leave, as facts of this conversation, and the
    conversation there."""
    for sender, there in await known_numbers(connection, facts.id):
        if sender.provider_account_id == not_account:
            continue
        other = replace(facts, **{field.name: getattr(sender, field.name) for field in fields(sender)})
        verdicts = [await ask_gate(connection, other, draft) for draft in drafts]
        if all(isinstance(verdict, Allowed) for verdict in verdicts):
            return other, there
    return None


async def _join_answer(connection: Connection, facts: ConversationFacts, there: int) -> None:
    """What the customer answers to the other number comes to the agent who wrote."""
    if facts.agent_id is not None and await expect_answer(connection, there, facts.agent_id):
        reopened = NewEvent(
            "ConversationReopened", conversation_id=there, contact_id=facts.contact_id, user_id=facts.agent_id
        )
        await append(connection, [reopened])


def _event(facts: ConversationFacts, other: ConversationFacts, message_id: int, detour: Detour) -> NewEvent:
    return NewEvent(
        "MessageDetoured",
        conversation_id=facts.id,
        contact_id=facts.contact_id,
        message_id=message_id,
        data={"number_id": other.number_id, "why": detour.value},
    )
