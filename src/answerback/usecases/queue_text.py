"""Puts one outbound text into its conversation and the outbox, through the send gate. Part of a larger transaction.

Who may write where is the caller's question; whether the text may leave is the gate's.
"""

from datetime import UTC, datetime

from answerback.domain.sending.gate import RULES_VERSION, Allowed, SendFacts, Verdict, check
from answerback.domain.text.parts import count_parts
from answerback.storage import messages
from answerback.storage.connection import Connection, Database
from answerback.storage.messages import ConversationFacts, Place
from answerback.storage.text_batches import Thread
from answerback.usecases.drafts import Draft, HeldBackError, Queued, RefusedText
from answerback.usecases.load_facts import load_facts
from answerback.usecases.text_batch import TextBatch, decision_of, request_of

__all__ = ["Draft", "HeldBackError", "Queued", "RefusedText", "ask_gate", "queue_elsewhere", "queue_text", "send_facts"]


async def send_facts(database: Database, facts: ConversationFacts) -> SendFacts:
    """What the gate asks about this conversation's number and customer."""
    phone = facts.customer_phone
    return (await load_facts(database, facts, [phone], customer_opened=facts.customer_opened))[phone]


async def ask_gate(connection: Connection, facts: ConversationFacts, draft: Draft) -> Verdict:
    """Whether this text may leave now; nothing is stored."""
    request = request_of(draft, customer_opened=facts.customer_opened)
    return check(request, await send_facts(connection, facts), datetime.now(UTC))


async def queue_text(connection: Connection, facts: ConversationFacts, draft: Draft) -> Queued | RefusedText:
    """`facts` come from `lock_conversation` in this transaction. Media are attached by the caller, after this."""
    known = await send_facts(connection, facts)
    thread = Thread(facts.id, facts.contact_id, facts.customer_phone, facts.last_seq, facts.customer_opened)
    batch = TextBatch(facts, datetime.now(UTC))
    batch.ask(thread, known, draft)
    (outcome,) = await batch.write(connection)
    return outcome


async def queue_elsewhere(connection: Connection, facts: ConversationFacts, message_id: int, draft: Draft) -> None:
    """A text that was taken out of the outbox leaves from the number of `facts` instead. Raises HeldBackError."""
    request = request_of(draft, customer_opened=facts.customer_opened)
    verdict = check(request, await send_facts(connection, facts), datetime.now(UTC))
    if not isinstance(verdict, Allowed):
        raise HeldBackError(verdict)
    detour = draft.detour.value if draft.detour else None
    await messages.change_sender(connection, message_id, facts, detour=detour, decision=decision_of(request, verdict))
    parts = 1 if draft.media_count else count_parts(draft.body).parts
    place = Place(draft.purpose.value, draft.lane, parts, RULES_VERSION)
    await messages.add_to_outbox(connection, message_id, facts, place)
