"""Erases a customer: who they were and what was said goes, what only counts stays, and an opt-out is still honoured.

One transaction: a crash leaves everything or nothing, and doing it again does nothing more.
"""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from answerback.domain.consent.suppression import still_out
from answerback.domain.conversations.commands import Close
from answerback.domain.ids import BrandId, NumberId, UserId
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage import erasure
from answerback.storage.connection import Connection, Pool
from answerback.storage.consent import read_entries
from answerback.storage.contacts import Contact, lock_contact
from answerback.storage.conversations import lock_conversations
from answerback.storage.events import NewEvent, append
from answerback.storage.legal_holds import hold_on
from answerback.storage.wakeups import notify
from answerback.usecases.move_conversation import carry_out
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid

ON_SCREENS: Final = 200
"""Texts whose removal open screens are told of; older ones are read again anyway."""
LEAVING: Final = Conflict("A text to this customer is leaving at this moment. Try again in a minute.")


class ErasureOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`phone` confirms it: one of the contact's phones, written in any way; of a contact without phones its id.

    With `keep_proof` the consent ledger stays as it is, for complaints that may still come. Without it only opt-outs
    that still hold stay, as phone, scope, source and time.
    """

    phone: Annotated[str, Meta(min_length=1, max_length=40, examples=["+17875550142"])]
    keep_proof: bool = True


class Erased(msgspec.Struct, frozen=True):
    """`removed` counts the rows changed or deleted, by what they were; nothing where it was done before."""

    contact_id: int
    erased_at: datetime
    removed: dict[str, int]
    opt_outs_kept: int


async def erase_contact(
    pool: Pool, contact_id: int, order: ErasureOrder, actor_id: int
) -> Erased | NotFound | Invalid | Conflict:
    async with pool.acquire() as connection, connection.transaction():
        contact = await lock_contact(connection, contact_id)
        if contact is None:
            return NotFound(f"contact {contact_id}")
        refusal = await _refusal(connection, contact, order)
        if refusal is not None:
            return refusal
        return await _erase(connection, contact, keep_proof=order.keep_proof, actor_id=actor_id)


async def _refusal(connection: Connection, contact: Contact, order: ErasureOrder) -> Invalid | Conflict | None:
    hold = await hold_on(connection, contact.id)
    if hold is not None:
        return Conflict(f"A legal hold stands on this customer: {hold.reason.rstrip('.')}. Release it first.")
    if contact.erased_at is None and not _confirmed(contact, order.phone):
        what = "one of their phones" if contact.phones else f"the contact's id, {contact.id}"
        return invalid("phone", "is not this customer's", f"Type {what}, so that nobody else is erased.")
    return LEAVING if await erasure.something_leaves(connection, contact.id) else None


def _confirmed(contact: Contact, typed: str) -> bool:
    phone = parse_phone(typed)
    address = typed.strip() if isinstance(phone, BadPhone) else phone.address
    return address in contact.phones or (not contact.phones and typed.strip() == str(contact.id))


async def _erase(connection: Connection, contact: Contact, *, keep_proof: bool, actor_id: int) -> Erased:
    await _close(connection, contact.id, actor_id)
    phones = await erasure.phones_to_erase(connection, contact.id)
    canceled = await erasure.cancel_waiting(connection, contact.id)
    holding = await _opt_outs(connection, phones)
    removed = await erasure.erase_rows(connection, contact.id, phones)
    if not keep_proof:
        removed["consent"] = await erasure.keep_only(connection, phones, holding)
    removed = {what: rows for what, rows in removed.items() if rows}
    events = [
        NewEvent("MessageCanceled", actor_id=actor_id, conversation_id=conversation, message_id=message)
        for message, conversation in canceled
    ]
    if "texts" in removed:
        events += [
            NewEvent("MessageRemoved", conversation_id=conversation, contact_id=contact.id, message_id=message)
            for message, conversation in await erasure.newest_texts(connection, contact.id, ON_SCREENS)
        ]
    if removed:
        data = {"removed": removed, "keep_proof": keep_proof}
        events.append(NewEvent("ContactErased", actor_id=actor_id, contact_id=contact.id, data=data))
    await append(connection, events)
    await notify(connection, "event", "route")
    erased = await lock_contact(connection, contact.id)
    assert erased is not None
    assert erased.erased_at is not None
    return Erased(contact.id, erased.erased_at, removed, len(holding))


async def _close(connection: Connection, contact_id: int, actor_id: int) -> None:
    """Their open conversations end: nobody can answer any more."""
    locked = await lock_conversations(connection, await erasure.open_conversations(connection, contact_id))
    order = Close(by=UserId(actor_id), reason="erased", by_supervisor=True)
    await carry_out(connection, [(each, order) for each in locked], actor_id)


async def _opt_outs(connection: Connection, phones: list[str]) -> list[int]:
    """The ledger's lines by which these phones are left alone."""
    brands = await erasure.brands_of_numbers(connection)
    brand_of = {NumberId(number): BrandId(brand) for number, brand in brands.items()}
    lines = [still_out(await read_entries(connection, phone), brand_of) for phone in phones]
    return [entry.id for of_phone in lines for entry in of_phone]
