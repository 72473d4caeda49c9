"""Puts one outbound text into its conversation and the outbox, through the send gate. Part of a larger transaction.

Who may write where is the caller's question; whether the text may leave is the gate's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from answerback.domain.consent.ledger import fold
from answerback.domain.ids import MessageId, NumberId
from answerback.domain.numbers.phone import country_of
from answerback.domain.sending.gate import Purpose, Refused, SendFacts, SendRequest, check
from answerback.domain.sending.status import RANKS, Status
from answerback.domain.text.parts import count_parts
from answerback.storage import messages
from answerback.storage.connection import Connection
from answerback.storage.consent import read_entries
from answerback.storage.events import NewEvent, append
from answerback.storage.messages import ConversationFacts, NewMessage
from answerback.storage.wakeups import notify

LANES: Final = {Purpose.REPLY: 0, Purpose.KEYWORD_REPLY: 1, Purpose.AUTOMATED: 1, Purpose.TEST: 1, Purpose.PROACTIVE: 2}


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to send. Origin agent, automated or api; `author_id` None when no person wrote it."""

    body: str
    purpose: Purpose
    origin: str
    author_id: int | None = None
    media_count: int = 0
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """On its way: in the thread and in the outbox."""

    message_id: MessageId


@dataclass(frozen=True, slots=True)
class RefusedText:
    """In the thread as refused, with the reason; it does not leave."""

    message_id: MessageId
    refusal: Refused


async def send_facts(connection: Connection, facts: ConversationFacts) -> SendFacts:
    """What the gate asks about this conversation's number and customer."""
    entries = await read_entries(connection, facts.customer_phone)
    consent = fold(entries, NumberId(facts.number_id))
    return SendFacts(
        provider=facts.provider,
        number_type=facts.number_type,
        number_country=facts.number_country,
        number_active=facts.number_active,
        capabilities=facts.capabilities,
        country=country_of(facts.customer_phone),
        opted_out=consent.opted_out,
        blocked=facts.blocked,
        account_active=facts.account_active,
    )


async def queue_text(connection: Connection, facts: ConversationFacts, draft: Draft) -> Queued | RefusedText:
    """`facts` come from `lock_conversation` in this transaction. Media are attached by the caller, after this."""
    request = SendRequest(draft.purpose, draft.body, draft.media_count)
    verdict = check(request, await send_facts(connection, facts), datetime.now(UTC))
    if isinstance(verdict, Refused):
        return await _store_refused(connection, facts, draft, verdict)
    return await _store_queued(connection, facts, draft, exemptions=verdict.exemptions)


async def _store_queued(
    connection: Connection, facts: ConversationFacts, draft: Draft, *, exemptions: tuple[str, ...]
) -> Queued:
    message = _message(facts, draft, Status.QUEUED)
    message_id = await messages.add_message(connection, message)
    lane, purpose = LANES[draft.purpose], draft.purpose.value
    await messages.add_to_outbox(connection, message_id, facts=facts, purpose=purpose, lane=lane, parts=message.parts)
    await messages.note_outbound(
        connection, facts.id, message.seq, preview=draft.body, answers=draft.purpose is Purpose.REPLY
    )
    data = {"exemptions": list(exemptions)} if exemptions else {}
    await append(connection, [_event("MessageQueued", facts, draft, message_id=message_id, data=data)])
    await notify(connection, "outbox", "event")
    return Queued(MessageId(message_id))


async def _store_refused(
    connection: Connection, facts: ConversationFacts, draft: Draft, refusal: Refused
) -> RefusedText:
    message = _message(facts, draft, Status.REFUSED, refusal)
    message_id = await messages.add_message(connection, message)
    await messages.use_seq(connection, facts.id, message.seq)
    data = {"reason": refusal.reason.value, "rule": refusal.rule}
    await append(connection, [_event("MessageRefused", facts, draft, message_id=message_id, data=data)])
    await notify(connection, "event")
    return RefusedText(MessageId(message_id), refusal)


def _message(facts: ConversationFacts, draft: Draft, status: Status, refusal: Refused | None = None) -> NewMessage:
    measured = count_parts(draft.body)
    return NewMessage(
        conversation_id=facts.id,
        seq=facts.last_seq + 1,
        origin=draft.origin,
        author_id=draft.author_id,
        provider_account_id=facts.provider_account_id,
        body=draft.body,
        parts=1 if draft.media_count else measured.parts,  # a picture message goes out as one
        encoding=measured.encoding.value,
        status=status.value,
        status_rank=RANKS[status],
        error_class=refusal.reason.value if refusal else None,
        error_sentence=refusal.sentence if refusal else None,
        client_key=draft.client_key,
    )


def _event(
    kind: str, facts: ConversationFacts, draft: Draft, *, message_id: int, data: Mapping[str, object]
) -> NewEvent:
    return NewEvent(
        kind,
        actor_id=draft.author_id,
        conversation_id=facts.id,
        contact_id=facts.contact_id,
        message_id=message_id,
        data=data,
    )
