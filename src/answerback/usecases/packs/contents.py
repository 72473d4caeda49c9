"""What goes into a pack: the ledger, the texts with what the gate said, the calls, the files, and a summary to read."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from answerback.storage.connection import Pool
from answerback.storage.consent_pages import ConsentEntry, list_entries
from answerback.storage.contacts import Contact
from answerback.storage.media import read_file
from answerback.storage.packs import OF_CONTACT, ROWS, packed_rows, packed_texts
from answerback.usecases.consent_states import PurposeState, consent_states
from answerback.usecases.packs.summary import Heading, summary
from answerback.usecases.packs.zipped import Part, joined, safe_name, whole
from answerback.usecases.refusals import Invalid

LEDGER_PAGE: Final = 1000
ORDERED: Final = ("outbound_messages", "campaigns")
"""What a complaint may be about beside texts: orders that were refused left none."""


@dataclass(frozen=True, slots=True)
class Pack:
    """`numbers` are ours it is about, id and address. `whole_contact`: also notes and all else that is known."""

    title: str
    phones: list[str]
    contact: Contact | None
    conversations: list[int]
    numbers: list[tuple[int, str]]
    made_by: str
    made_at: datetime
    whole_contact: bool

    @property
    def rows(self) -> Sequence[str]:
        return tuple(ROWS) if self.whole_contact else ("calls",)


async def parts_of(pool: Pool, pack: Pack) -> AsyncIterator[Part]:
    yield Part("summary.html", _summary(pool, pack))
    if pack.whole_contact and pack.contact is not None:
        yield Part("contact.json", whole(msgspec.json.format(msgspec.json.encode(pack.contact))))
    yield Part("consent.jsonl", _ledger(pool, pack.phones))
    yield Part("texts.jsonl", _texts(pool, pack))
    for what in pack.rows:
        yield Part(f"{what}.jsonl", _rows(pool, what, pack.conversations))
    if pack.contact is not None:
        for what in OF_CONTACT if pack.whole_contact else ORDERED:
            yield Part(f"{what}.jsonl", _rows(pool, what, pack.contact.id))
    async for page in packed_texts(pool, pack.conversations, notes=pack.whole_contact):
        for file in (file for text in page for file in text.files if file.state == "stored"):
            stored = await read_file(pool, file.id)
            if stored is not None:
                yield Part(f"files/{file.id}-{safe_name(file.file_name or 'file')}", whole(stored.bytes))


async def _ledger(pool: Pool, phones: list[str]) -> AsyncIterator[bytes]:
    async for entries in _entries(pool, phones):
        yield joined(map(msgspec.json.encode, entries))


async def _entries(pool: Pool, phones: list[str]) -> AsyncIterator[list[ConsentEntry]]:
    before = 2**53
    while entries := await list_entries(pool, phones, before, LEDGER_PAGE):
        before = entries[-1].id
        yield entries


async def _texts(pool: Pool, pack: Pack) -> AsyncIterator[bytes]:
    async for page in packed_texts(pool, pack.conversations, notes=pack.whole_contact):
        yield joined(map(msgspec.json.encode, page))


async def _rows(pool: Pool, what: str, key: Sequence[int] | int) -> AsyncIterator[bytes]:
    rows: list[dict[str, Any]] = await packed_rows(pool, what, key)
    yield joined(map(msgspec.json.encode, rows))


async def _summary(pool: Pool, pack: Pack) -> AsyncIterator[bytes]:
    states: list[tuple[str, str, PurposeState]] = []
    for phone in pack.phones:
        for number_id, address in pack.numbers:
            found = await consent_states(pool, phone, number_id)
            states += [] if isinstance(found, Invalid) else [(phone, address, state) for state in found]
    heading = Heading(pack.title, pack.phones, pack.made_by, pack.made_at)
    ledger = _entries(pool, pack.phones)
    texts = packed_texts(pool, pack.conversations, notes=pack.whole_contact)
    async for piece in summary(heading, states, ledger, texts):
        yield piece.encode()
