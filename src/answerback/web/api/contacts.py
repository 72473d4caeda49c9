"""Contacts."""

from typing import Annotated

import msgspec
from litestar import Controller, get, patch, post, put
from litestar.params import JSONBody, Parameter

from answerback.domain.access.permissions import Permission
from answerback.storage.blocked import any_blocked
from answerback.storage.connection import Pool
from answerback.storage.consent_pages import ConsentEntry, list_entries
from answerback.storage.contacts import Contact, PastConversation, get_contact, past_conversations, search_contacts
from answerback.storage.views import CallView
from answerback.storage.views.calls import calls_of_contact
from answerback.usecases.contact_settings import (
    ContactChanges,
    ContactDraft,
    ContactFacts,
    change_contact,
    create_contact,
    keep_contact,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

VIEW, EDIT = Permission.VIEW_CONTACTS, Permission.EDIT_CONTACTS
SHOWN = 50
Phone = Annotated[str, Parameter(max_length=40, description="The customer's phone.")]
Search = Annotated[str | None, Parameter(max_length=100, description="Part of a name, or the beginning of a phone.")]


class ContactPage(msgspec.Struct, frozen=True):
    items: list[Contact]
    next_cursor: str | None


class ContactDetail(Contact, frozen=True):
    """A contact with what is known around it; the newest fifty conversations, calls and consent entries."""

    conversations: list[PastConversation]
    calls: list[CallView]
    consent: list[ConsentEntry]
    blocked: bool


class ContactController(Controller):
    path = "/api/v1/contacts"
    tags = ("Contacts",)

    @get("/", operation_id="listContacts", summary="Search contacts", access=VIEW)
    async def list_all(
        self, services: Given, q: Search = None, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> ContactPage:
        """The newest first; `q` finds part of a name or the beginning of a phone, however written."""
        text = _like(q.strip()) if q and q.strip() else None
        digits = "".join(character for character in q or "" if character.isascii() and character.isdigit()) or None
        rows = await search_contacts(services.pool, text=text, digits=digits, before=before_id(cursor), limit=limit + 1)
        return ContactPage(*cut(rows, limit, lambda contact: (contact.id,)))

    @post("/", operation_id="createContact", summary="Add a contact", access=EDIT, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[ContactDraft]) -> ContactDetail:
        """A phone belongs to one contact at a time; the refusal names the one that has it."""
        contact = granted(await create_contact(services.pool, data, caller.user_id))
        return await _detail(services.pool, contact)

    @put("/by-phone/{phone:str}", operation_id="keepContact", summary="Add or complete a contact", access=EDIT)
    async def keep(self, services: Given, caller: Caller, phone: Phone, data: JSONBody[ContactFacts]) -> ContactDetail:
        """The contact with this phone, made when there is none. What is left out stays; attributes and tags are
        added, and null takes an attribute away."""
        return await _detail(services.pool, granted(await keep_contact(services.pool, phone, data, caller.user_id)))

    @get("/{contact_id:int}", operation_id="getContact", summary="One contact", access=VIEW)
    async def read(self, services: Given, contact_id: Id) -> ContactDetail:
        """With conversations, calls, consent and whether a phone is blocked."""
        contact = await get_contact(services.pool, contact_id)
        if contact is None:
            raise not_found(f"contact {contact_id}")
        return await _detail(services.pool, contact)

    @patch("/{contact_id:int}", operation_id="changeContact", summary="Change a contact", access=EDIT)
    async def change(
        self, services: Given, caller: Caller, contact_id: Id, data: JSONBody[ContactChanges]
    ) -> ContactDetail:
        """`phones` and `attributes` replace the whole; send them complete."""
        contact = granted(await change_contact(services.pool, contact_id, data, caller.user_id))
        return await _detail(services.pool, contact)


async def _detail(pool: Pool, contact: Contact) -> ContactDetail:
    return ContactDetail(
        **{name: getattr(contact, name) for name in Contact.__struct_fields__},
        conversations=await past_conversations(pool, contact.id, SHOWN),
        calls=await calls_of_contact(pool, contact.id, SHOWN),
        consent=await list_entries(pool, contact.phones, 2**53, SHOWN),
        blocked=await any_blocked(pool, contact.phones),
    )


def _like(text: str) -> str:
    """What contains `text` literally."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
