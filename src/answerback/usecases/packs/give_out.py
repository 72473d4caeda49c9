"""Gives out a pack: the evidence about a phone, or all that is known of a contact. Who had it is noted first."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.blocked import contact_with
from answerback.storage.connection import Database, Pool
from answerback.storage.contacts import Contact, get_contact
from answerback.storage.events import NewEvent
from answerback.storage.packs import conversations_to_pack, numbers_to_pack
from answerback.storage.users import get_user
from answerback.usecases.audit import record
from answerback.usecases.packs.contents import Pack, parts_of
from answerback.usecases.packs.zipped import zipped
from answerback.usecases.refusals import Invalid, NotFound, invalid


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A zip that is made while it is read."""

    file_name: str
    chunks: AsyncIterator[bytes]


async def give_evidence(pool: Pool, phone: str, number_id: int | None, actor_id: int) -> GivenOut | Invalid:
    """What the ledger and the texts say about one phone, towards one number of ours or all of them. Without notes."""
    parsed = parse_phone(phone)
    if isinstance(parsed, BadPhone):
        return invalid("phone", "is not a phone number", parsed.sentence)
    contact_id = await contact_with(pool, parsed.address)
    contact = await get_contact(pool, contact_id) if contact_id is not None else None
    pack = await _pack(pool, contact, [parsed.address], number_id=number_id, actor_id=actor_id)
    if number_id is not None and not pack.numbers:
        return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
    return await _given(pool, pack, NewEvent("EvidenceExported", actor_id, data={"number_id": number_id}))


async def export_contact(pool: Pool, contact_id: int, actor_id: int) -> GivenOut | NotFound:
    """All that is known of a contact, with notes and files."""
    contact = await get_contact(pool, contact_id)
    if contact is None:
        return NotFound(f"contact {contact_id}")
    pack = await _pack(pool, contact, contact.phones, number_id=None, actor_id=actor_id, whole=True)
    return await _given(pool, pack, NewEvent("ContactExported", actor_id))


async def _pack(
    pool: Database,
    contact: Contact | None,
    phones: list[str],
    *,
    number_id: int | None,
    actor_id: int,
    whole: bool = False,
) -> Pack:
    user = await get_user(pool, actor_id)
    conversations = await conversations_to_pack(pool, contact.id, number_id) if contact else []
    return Pack(
        title="All that is known of a customer" if whole else "Evidence",
        phones=phones,
        contact=contact,
        conversations=conversations,
        numbers=await numbers_to_pack(pool, conversations, number_id),
        made_by=user.name if user else "",
        made_at=datetime.now(UTC),
        whole_contact=whole,
    )


async def _given(pool: Pool, pack: Pack, event: NewEvent) -> GivenOut:
    contact_id = pack.contact.id if pack.contact else None
    noted = NewEvent(event.kind, event.actor_id, contact_id=contact_id, data=event.data)
    async with pool.acquire() as connection, connection.transaction():
        await record(connection, noted)
    what = "contact" if pack.whole_contact else "evidence"
    about = str(contact_id) if pack.whole_contact else (pack.phones[0].lstrip("+"))
    name = f"{what}-{about}-{pack.made_at:%Y%m%d-%H%M%S}.zip"
    return GivenOut(name, zipped(parts_of(pool, pack), pack.made_at))
