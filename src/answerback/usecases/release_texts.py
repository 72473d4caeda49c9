"""Scheduled texts whose time has come pass the gate again, for much may have happened since; and are taken back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from answerback.domain.sending.gate import (
    RULES_VERSION,
    About,
    Allowed,
    Deferred,
    Purpose,
    Refused,
    SendFacts,
    SendRequest,
    check,
)
from answerback.domain.sending.request import Recent
from answerback.domain.sending.usage import Usage
from answerback.storage import messages
from answerback.storage.connection import Connection, Pool
from answerback.storage.conversation_facts import conversation_of_message
from answerback.storage.events import NewEvent, append
from answerback.storage.text_batches import Thread, note_outbound
from answerback.storage.waiting_texts import (
    DueText,
    HeldBack,
    Released,
    Waiting,
    cancel_scheduled,
    counted_ahead,
    due_texts,
    move_scheduled,
    put_off,
    refuse_due,
    release_texts,
)
from answerback.storage.wakeups import notify
from answerback.usecases.load_facts import load_facts
from answerback.usecases.refusals import Conflict, NotFound
from answerback.usecases.text_batch import PREVIEW, decision_of

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Canceled:
    message_id: int


async def release_due_texts(pool: Pool) -> bool:
    """One batch into the queue; whether there may be more."""
    async with pool.acquire() as connection, connection.transaction():
        due = await due_texts(connection, BATCH)
        if not due:
            return False
        conversations = await messages.lock_all(connection, sorted({text.conversation_id for text in due}))
        by_number: dict[int, list[tuple[DueText, messages.ConversationFacts]]] = {}
        for text in due:
            facts = conversations[text.conversation_id]
            by_number.setdefault(facts.number_id, []).append((text, facts))
        for texts in by_number.values():
            await _release(connection, texts)
        await notify(connection, "outbox", "event")
        return len(due) == BATCH


async def _release(connection: Connection, texts: Sequence[tuple[DueText, messages.ConversationFacts]]) -> None:
    """Those of one number, in the order in which they were due."""
    phones = list({facts.customer_phone for _, facts in texts})
    known = await load_facts(connection, texts[0][1], phones)
    for phone, ahead in (await counted_ahead(connection, phones)).items():  # what has not left stands in nobody's way
        known[phone] = replace(known[phone], recent=tuple((Counter(known[phone].recent) - Counter(ahead)).elements()))
    round_ = _Round(datetime.now(UTC))
    for text, facts in texts:
        asked = replace(known[facts.customer_phone], customer_opened=facts.customer_opened)
        round_.ask(text, facts, asked)
    await round_.write(connection)


@dataclass(slots=True)
class _Round:
    """Texts of one number that are due, and what the gate says of them."""

    now: datetime
    usage: Usage = field(default_factory=Usage)
    threads: dict[int, Thread] = field(default_factory=dict)
    released: list[Released] = field(default_factory=list)
    put_off: dict[int, datetime] = field(default_factory=dict)
    held_back: list[HeldBack] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)

    def ask(self, text: DueText, facts: messages.ConversationFacts, known: SendFacts) -> None:
        phone = facts.customer_phone
        request = SendRequest(Purpose(text.purpose), text.body, text.media_count, About(text.about), text.subject)
        verdict = check(request, self.usage.on_top_of(phone, known), self.now)
        decision = decision_of(request, verdict)
        kind, data = "MessageQueued", dict[str, object]()
        match verdict:
            case Allowed(exemptions):
                thread = self.threads.setdefault(facts.id, Thread(facts.id, facts.contact_id, phone, facts.last_seq))
                thread.last_seq += 1
                thread.texts += 1
                thread.preview = text.body[:PREVIEW]
                thread.answers = thread.answers or request.purpose is Purpose.REPLY
                self.usage.add_parts(text.parts)
                if request.purpose is Purpose.PROACTIVE:
                    self.usage.add_unasked(phone, Recent(self.now, text.about, text.subject))
                self.released.append(Released(text.message_id, thread.last_seq, decision))
                data = {"exemptions": list(exemptions)} if exemptions else {}
            case Deferred(until=until):
                self.put_off[text.message_id] = until
                kind, data = "MessageScheduled", {"reason": verdict.reason.value}
            case Refused(reason=reason, sentence=sentence):
                self.held_back.append(HeldBack(text.message_id, reason.value, sentence, decision))
                kind, data = "MessageRefused", {"reason": reason.value, "rule": verdict.rule}
        self.events.append(
            NewEvent(kind, conversation_id=facts.id, contact_id=facts.contact_id, message_id=text.message_id, data=data)
        )

    async def write(self, connection: Connection) -> None:
        if self.released:
            await release_texts(connection, self.released, RULES_VERSION)
            await note_outbound(connection, list(self.threads.values()))
        if self.put_off:
            await put_off(connection, self.put_off)
        if self.held_back:
            await refuse_due(connection, self.held_back)
        await append(connection, self.events)


async def cancel_text(pool: Pool, message_id: int, actor_id: int) -> Canceled | NotFound | Conflict:
    """Takes back a scheduled text; one that has left cannot be."""
    async with pool.acquire() as connection, connection.transaction():
        if await conversation_of_message(connection, message_id) is None:
            return NotFound(f"message {message_id}")
        canceled = await cancel_within(connection, [message_id], actor_id)
        if not canceled:
            return Conflict("This text is not scheduled any more: it has left, or was taken back already.")
        return Canceled(message_id)


async def cancel_within(connection: Connection, message_ids: Sequence[int], actor_id: int) -> frozenset[int]:
    """Those that were still scheduled. Part of a larger transaction."""
    return await _tell(connection, "MessageCanceled", await cancel_scheduled(connection, message_ids), actor_id)


async def move_within(
    connection: Connection, message_ids: Sequence[int], to: datetime, actor_id: int
) -> frozenset[int]:
    """Those that were still scheduled leave at another time. Part of a larger transaction."""
    moved = await move_scheduled(connection, message_ids, to)
    return await _tell(connection, "MessageScheduled", moved, actor_id)


async def _tell(connection: Connection, kind: str, texts: Sequence[Waiting], actor_id: int) -> frozenset[int]:
    events = [
        NewEvent(
            kind,
            actor_id=actor_id,
            conversation_id=text.conversation_id,
            contact_id=text.contact_id,
            message_id=text.message_id,
        )
        for text in texts
    ]
    if events:
        await append(connection, events)
        await notify(connection, "event")
    return frozenset(text.message_id for text in texts)
