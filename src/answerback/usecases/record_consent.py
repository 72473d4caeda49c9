"""Writes down what a customer said about being texted, by word of an agent or another system."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.blocked import contact_with
from answerback.storage.connection import Pool
from answerback.storage.consent import NewEntry, add_entry
from answerback.storage.consent_pages import ConsentEntry, get_entry
from answerback.storage.events import NewEvent
from answerback.storage.numbers import get_number
from answerback.usecases.audit import record
from answerback.usecases.refusals import Invalid, invalid


class ConsentDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry for the ledger. Without `number_id` it is about all of our numbers."""

    phone: Annotated[str, Meta(min_length=1, max_length=40, examples=["+17875550142"])]
    choice: Literal["opt_in", "opt_out"]
    words: Annotated[str, Meta(min_length=1, max_length=2000, description="What the customer said, and where.")]
    number_id: Annotated[int, Meta(ge=1, le=2**53)] | None = None


async def record_consent(
    pool: Pool, draft: ConsentDraft, actor_id: int, *, source: Literal["agent", "api"]
) -> ConsentEntry | Invalid:
    """The ledger only grows: a later entry overrules an earlier one, nothing is changed or removed."""
    phone = parse_phone(draft.phone)
    if isinstance(phone, BadPhone):
        return invalid("phone", "is not a phone number", phone.sentence)
    if not draft.words.strip():
        return invalid("words", "is empty", "Write what the customer said, and where.")
    async with pool.acquire() as connection, connection.transaction():
        if draft.number_id is not None and await get_number(connection, draft.number_id) is None:
            return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
        entry = NewEntry(phone.address, draft.number_id, draft.choice, source, draft.words.strip(), user_id=actor_id)
        entry_id = await add_entry(connection, entry)
        contact_id = await contact_with(connection, phone.address)
        data = {"choice": draft.choice, "source": source, "number_id": draft.number_id, "entry_id": entry_id}
        await record(connection, NewEvent("ConsentRecorded", actor_id=actor_id, contact_id=contact_id, data=data))
        kept = await get_entry(connection, entry_id)
        assert kept is not None
        return kept
