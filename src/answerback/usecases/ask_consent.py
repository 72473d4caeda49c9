"""Double opt-in: what somebody entered on a form is written down as pending, and the phone is asked to confirm it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.consent.answers import ask_to_confirm
from answerback.domain.consent.ledger import Choice, Source
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.sending.gate import Deferred, Purpose, Refused
from answerback.storage.connection import Connection, Pool
from answerback.storage.consent import NewEntry
from answerback.storage.consent_pages import ConsentEntry, get_entry
from answerback.storage.contacts import contact_of, thread_of
from answerback.storage.messages import lock_conversation
from answerback.storage.senders import SenderFacts, read_sender
from answerback.storage.sending_rules import read_sending_rules
from answerback.usecases.queue_text import Draft, HeldBackError, RefusedText, queue_text
from answerback.usecases.record_consent import Proof, SomeId, Words
from answerback.usecases.refusals import Invalid, invalid
from answerback.usecases.write_consent import write_consent


class ConsentRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An opt-in to be confirmed. The number asks; the consent is its brand's where it has one."""

    phone: Annotated[str, Meta(min_length=1, max_length=40, examples=["+17875550142"])]
    number_id: SomeId
    words: Words
    purpose: Literal["informational", "promotional"] = "promotional"
    language: Literal["en", "es", "fr"] = "en"
    proof: Proof = Proof()


@dataclass(frozen=True, slots=True)
class NotAsked:
    """The gate held the request back: nothing was written down."""

    refusal: Refused | Deferred


async def ask_consent(pool: Pool, order: ConsentRequest, actor_id: int) -> ConsentEntry | Invalid | NotAsked:
    """One transaction; a YES within the days of the sending rules makes it an opt-in, silence leaves it nothing."""
    phone = parse_phone(order.phone)
    if isinstance(phone, BadPhone):
        return invalid("phone", "is not a phone number", phone.sentence)
    try:
        async with pool.acquire() as connection, connection.transaction():
            sender = await read_sender(connection, order.number_id)
            if sender is None:
                return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
            return await _ask(connection, order, sender, phone.address, actor_id=actor_id)
    except HeldBackError as held:
        return NotAsked(held.refusal)


async def _ask(
    connection: Connection, order: ConsentRequest, sender: SenderFacts, phone: str, *, actor_id: int
) -> ConsentEntry:
    contact_id = await contact_of(connection, phone)
    conversation_id = await thread_of(connection, sender.number_id, contact_id, phone)
    facts = await lock_conversation(connection, conversation_id)
    assert facts is not None
    days = (await read_sending_rules(connection)).confirm_days
    entry = NewEntry(
        phone,
        sender.number_id if sender.brand_id is None else None,
        Choice.PENDING,
        Source.FORM,
        order.words.strip(),
        user_id=actor_id,
        brand_id=sender.brand_id,
        purpose=order.purpose,
        proof=msgspec.to_builtins(order.proof),
        confirm_until=datetime.now(UTC) + timedelta(days=days),
    )
    body = ask_to_confirm(facts.number_name, order.language, toll_free=facts.number_type == "toll_free")
    outcome = await queue_text(connection, facts, Draft(body, Purpose.CONSENT_REQUEST, "automated"))
    if isinstance(outcome, RefusedText):
        raise HeldBackError(outcome.refusal)
    entry_id = await write_consent(connection, entry, conversation_id=conversation_id, contact_id=contact_id)
    kept = await get_entry(connection, entry_id)
    assert kept is not None
    return kept
