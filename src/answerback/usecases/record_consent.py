"""Writes down what a customer said about being texted, by word of an agent or another system."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.brands import get_brand
from answerback.storage.connection import Pool
from answerback.storage.consent import NewEntry
from answerback.storage.consent_pages import ConsentEntry, get_entry
from answerback.storage.numbers import get_number
from answerback.storage.wakeups import notify
from answerback.usecases.refusals import Invalid, invalid
from answerback.usecases.write_consent import write_consent

SomeId = Annotated[int, Meta(ge=1, le=2**53)]
EntryPurpose = Literal["all", "conversation", "informational", "promotional"]
Words = Annotated[str, Meta(min_length=1, max_length=2000, description="What the customer said, and where.")]
Short = Annotated[str, Meta(max_length=2000)]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What shows that it was so: the page, a file's id, the address it was sent from, anything else."""

    url: Short = ""
    file: Short = ""
    ip: Short = ""
    note: Short = ""


class ConsentDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry for the ledger. Without `number_id` and `brand_id` it is about all of our numbers.

    `at` is when the customer said it; left out: now. `source` form is for what the customer entered themselves.
    """

    phone: Annotated[str, Meta(min_length=1, max_length=40, examples=["+17875550142"])]
    choice: Literal["opt_in", "opt_out"]
    words: Words
    number_id: SomeId | None = None
    brand_id: SomeId | None = None
    purpose: EntryPurpose = "all"
    at: Annotated[datetime, Meta(tz=True)] | None = None
    source: Literal["agent", "api", "form"] | None = None
    proof: Proof = Proof()


async def record_consent(
    pool: Pool, draft: ConsentDraft, actor_id: int, *, source: Literal["agent", "api"]
) -> ConsentEntry | Invalid:
    """The ledger only grows: a later entry overrules an earlier one, nothing is changed or removed."""
    phone = parse_phone(draft.phone)
    if isinstance(phone, BadPhone):
        return invalid("phone", "is not a phone number", phone.sentence)
    if not draft.words.strip():
        return invalid("words", "is empty", "Write what the customer said, and where.")
    if draft.at is not None and draft.at > datetime.now(UTC):
        return invalid("at", "is in the future", "Say when the customer said it.")
    if draft.number_id is not None and draft.brand_id is not None:
        return invalid("brand_id", "is given beside number_id", "Give one of them, or neither for all of our numbers.")
    async with pool.acquire() as connection, connection.transaction():
        if draft.number_id is not None and await get_number(connection, draft.number_id) is None:
            return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
        if draft.brand_id is not None and await get_brand(connection, draft.brand_id) is None:
            return invalid("brand_id", "is not a brand", "Choose one from GET /api/v1/brands.")
        entry_id = await write_consent(connection, _entry(draft, phone.address, actor_id, source))
        await notify(connection, "event")
        kept = await get_entry(connection, entry_id)
        assert kept is not None
        return kept


def _entry(draft: ConsentDraft, phone: str, actor_id: int, source: str) -> NewEntry:
    return NewEntry(
        phone,
        draft.number_id,
        draft.choice,
        draft.source or source,
        draft.words.strip(),
        user_id=actor_id,
        brand_id=draft.brand_id,
        purpose=draft.purpose,
        at=draft.at,
        proof=msgspec.to_builtins(draft.proof),
    )
