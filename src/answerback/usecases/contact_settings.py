"""Contacts: add them, and correct what is known of them. A phone belongs to one contact at a time."""

import re
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import (
    Contact,
    add_phones,
    contact_of,
    get_contact,
    insert_contact,
    lock_contact,
    owners_of,
    remove_phones,
    update_contact,
)
from answerback.storage.events import NewEvent
from answerback.usecases.audit import record
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound, invalid

Name = Annotated[str, Meta(max_length=200, examples=["Maria Gonzalez"])]
Phones = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=40, examples=["+17875550142"])]],
    Meta(min_length=1, max_length=20),
]
Language = Annotated[str, Meta(max_length=35, description="BCP 47.", examples=["es"])]
Zone = Annotated[str, Meta(max_length=64, description="IANA name.", examples=["America/Puerto_Rico"])]
Value = Annotated[str, Meta(max_length=2000)] | int | float | bool | None
Attributes = Annotated[dict[Annotated[str, Meta(min_length=1, max_length=100)], Value], Meta(max_length=100)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(max_length=100)]
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class ContactDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer to add, with at least one phone."""

    phones: Phones
    name: Name = ""
    language: Language | None = None
    time_zone: Zone | None = None
    attributes: Attributes = {}
    tags: Tags = []


class ContactChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; `phones`, `attributes` and `tags` replace the whole."""

    phones: Phones | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    language: Language | UnsetType | None = UNSET
    time_zone: Zone | UnsetType | None = UNSET
    attributes: Attributes | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET


class ContactFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What another system knows of a customer. Attributes and tags are added to those there are; null takes an
    attribute away."""

    name: Name | UnsetType = UNSET
    language: Language | UnsetType | None = UNSET
    time_zone: Zone | UnsetType | None = UNSET
    attributes: Attributes = {}
    tags: Tags = []


ERASED = Conflict("This customer was erased. Add them as a new contact if they come back.")
TAKEN_NOW = Conflict("A phone was given to another contact at this very moment. Look again.")


class _InvalidError(Exception):
    """The facts do not fit: takes a contact that was made for them back."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("invalid")
        self.problems = problems


class _PhoneTakenError(Exception):
    """Another call took a phone between our look and our write; rolls the transaction back."""


async def create_contact(pool: Pool, draft: ContactDraft, actor_id: int) -> Contact | Invalid | Conflict:
    try:
        return await _create(pool, draft, actor_id)
    except _PhoneTakenError:
        return TAKEN_NOW


async def change_contact(
    pool: Pool, contact_id: int, changes: ContactChanges, actor_id: int
) -> Contact | Invalid | NotFound | Conflict:
    try:
        return await _change(pool, contact_id, changes, actor_id)
    except _PhoneTakenError:
        return TAKEN_NOW


async def keep_contact(pool: Pool, phone: str, facts: ContactFacts, actor_id: int) -> Contact | Invalid:
    """The contact with this phone, made when there is none, with these facts."""
    address = parse_phone(phone)
    if isinstance(address, BadPhone):
        return invalid("phone", "is not a phone number", address.sentence)
    try:
        async with pool.acquire() as connection, connection.transaction():
            return await _keep(connection, address.address, facts, actor_id)
    except _InvalidError as error:
        return Invalid(error.problems)


async def _keep(connection: Connection, address: str, facts: ContactFacts, actor_id: int) -> Contact:
    old = await lock_contact(connection, await contact_of(connection, address))
    assert old is not None
    merged = {name: value for name, value in {**old.attributes, **facts.attributes}.items() if value is not None}
    tags = sorted({*old.tags, *facts.tags})
    new, problems = _normalised(msgspec.structs.replace(apply_changes(old, facts), attributes=merged, tags=tags))
    if problems:
        raise _InvalidError(problems)
    await update_contact(connection, new)
    fields = sorted(difference(old, new))
    return await _changed(connection, new.id, fields, actor_id) if fields else old


async def _create(pool: Pool, draft: ContactDraft, actor_id: int) -> Contact | Invalid | Conflict:
    contact = Contact(id=0, created_at=datetime.now(UTC), erased_at=None, **msgspec.structs.asdict(draft))
    contact, problems = _normalised(contact)
    if problems:
        return Invalid(problems)
    async with pool.acquire() as connection, connection.transaction():
        taken = await _taken(connection, contact, [])
        if taken is not None:
            return taken
        contact_id = await insert_contact(connection, contact)
        await _write_phones(connection, contact_id, contact.phones)
        return await _changed(connection, contact_id, ["created"], actor_id)


async def _change(
    pool: Pool, contact_id: int, changes: ContactChanges, actor_id: int
) -> Contact | Invalid | NotFound | Conflict:
    async with pool.acquire() as connection, connection.transaction():
        old = await lock_contact(connection, contact_id)
        if old is None:
            return NotFound(f"contact {contact_id}")
        if old.erased_at is not None:
            return ERASED
        new, problems = _normalised(apply_changes(old, changes))
        if problems:
            return Invalid(problems)
        taken = await _taken(connection, new, old.phones)
        if taken is not None:
            return taken
        await update_contact(connection, new)
        await remove_phones(connection, contact_id, [phone for phone in old.phones if phone not in new.phones])
        await _write_phones(connection, contact_id, [phone for phone in new.phones if phone not in old.phones])
        fields = sorted(difference(old, new))
        return await _changed(connection, contact_id, fields, actor_id) if fields else old


async def _changed(connection: Connection, contact_id: int, fields: list[str], actor_id: int) -> Contact:
    """Record what became different, by name only, and read the contact again."""
    event = NewEvent("ContactChanged", actor_id=actor_id, contact_id=contact_id, data={"fields": fields})
    await record(connection, event)
    contact = await get_contact(connection, contact_id)
    assert contact is not None
    return contact


async def _write_phones(connection: Connection, contact_id: int, phones: list[str]) -> None:
    if await add_phones(connection, contact_id, phones) < len(phones):
        raise _PhoneTakenError


async def _taken(connection: Connection, contact: Contact, mine: list[str]) -> Conflict | None:
    owners = await owners_of(connection, [phone for phone in contact.phones if phone not in mine])
    if not owners:
        return None
    problems = tuple(
        FieldProblem(
            f"phones[{contact.phones.index(phone)}]",
            f"belongs to contact {owner_id}" + (f" ({name})" if name else ""),
            f"Take it away from contact {owner_id} first, or use that contact.",
        )
        for phone, (owner_id, name) in owners.items()
    )
    return Conflict("A phone belongs to another contact.", problems)


def _normalised(contact: Contact) -> tuple[Contact, tuple[FieldProblem, ...]]:
    """The contact with E.164 phones, each once, and what is wrong."""
    problems: list[FieldProblem] = []
    phones: list[str] = []
    for index, raw in enumerate(contact.phones):
        phone = parse_phone(raw)
        if isinstance(phone, BadPhone):
            problems.append(FieldProblem(f"phones[{index}]", "is not a phone number", phone.sentence))
        else:
            phones.append(phone.address)
    if contact.language is not None and not LANGUAGE.fullmatch(contact.language):
        problems.append(FieldProblem("language", "is not a language tag", "Give it like es or pt-BR."))
    if contact.time_zone is not None and not _is_zone(contact.time_zone):
        problems.append(FieldProblem("time_zone", "is not a time zone", "Give it like America/Puerto_Rico."))
    tags = sorted({tag.strip() for tag in contact.tags if tag.strip()})
    tidy = msgspec.structs.replace(contact, name=contact.name.strip(), phones=list(dict.fromkeys(phones)), tags=tags)
    return tidy, tuple(problems)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
