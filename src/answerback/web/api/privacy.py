"""What customers may ask for: all that is known of them, that it is erased; and the evidence of what they agreed to."""

from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, Parameter
from litestar.response import Stream

from answerback.domain.access.permissions import Permission
from answerback.storage.contacts import get_contact
from answerback.storage.legal_holds import LegalHold, read_holds
from answerback.usecases.erase_contact import Erased, ErasureOrder, erase_contact
from answerback.usecases.hold_contact import HoldReason, hold_contact, release_contact
from answerback.usecases.packs.give_out import GivenOut, export_contact, give_evidence
from answerback.web.api.paging import Id
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

Phone = Annotated[str, Parameter(max_length=40, description="The customer's phone.")]
NumberId = Annotated[int | None, Parameter(ge=1, le=2**53, description="Only towards this number of ours.")]
ZIP = {200: ResponseSpec(bytes, generate_examples=False, description="A zip.", media_type="application/zip")}


class LegalHolds(msgspec.Struct, frozen=True):
    """The newest first; the one without `released_at` stands."""

    items: list[LegalHold]


class PrivacyController(Controller):
    path = "/api/v1"
    tags = ("Privacy",)

    @get(
        "/evidence",
        operation_id="getEvidence",
        summary="The evidence about a phone",
        access=Permission.EXPORT_CONTACTS,
        media_type="application/zip",
        responses=ZIP,
    )
    async def evidence(self, services: Given, caller: Caller, phone: Phone, number_id: NumberId = None) -> Stream:
        """A zip: a summary to read, the consent ledger with words and proof, texts both ways with their times and
        what the send gate said, calls, files, and the SHA-256 of each. Giving it out is recorded."""
        return _stream(granted(await give_evidence(services.pool, phone, number_id, caller.user_id)))

    @get(
        "/contacts/{contact_id:int}/export",
        operation_id="exportContact",
        summary="All that is known of a contact",
        access=Permission.EXPORT_CONTACTS,
        media_type="application/zip",
        responses=ZIP,
    )
    async def export(self, services: Given, caller: Caller, contact_id: Id) -> Stream:
        """A zip as for evidence, with notes, surveys, flows and what is known of the person. Recorded too."""
        return _stream(granted(await export_contact(services.pool, contact_id, caller.user_id)))

    @get(
        "/contacts/{contact_id:int}/legal-holds",
        operation_id="listLegalHolds",
        summary="List legal holds",
        access=Permission.HOLD_CONTACTS,
    )
    async def holds(self, services: Given, contact_id: Id) -> LegalHolds:
        """While one stands nothing of the contact is erased, by order or by age."""
        if await get_contact(services.pool, contact_id) is None:
            raise not_found(f"contact {contact_id}")
        return LegalHolds(await read_holds(services.pool, contact_id))

    @post(
        "/contacts/{contact_id:int}/legal-holds",
        operation_id="holdContact",
        summary="Put a legal hold on a contact",
        access=Permission.HOLD_CONTACTS,
    )
    async def hold(self, services: Given, caller: Caller, contact_id: Id, data: JSONBody[HoldReason]) -> LegalHolds:
        """One at a time."""
        return LegalHolds(granted(await hold_contact(services.pool, contact_id, data, caller.user_id)))

    @post(
        "/contacts/{contact_id:int}/legal-holds/release",
        operation_id="releaseContact",
        summary="Release the legal hold",
        access=Permission.HOLD_CONTACTS,
        status_code=200,
    )
    async def release(self, services: Given, caller: Caller, contact_id: Id, data: JSONBody[HoldReason]) -> LegalHolds:
        """With the reason; the hold stays in the list."""
        return LegalHolds(granted(await release_contact(services.pool, contact_id, data, caller.user_id)))

    @post(
        "/contacts/{contact_id:int}/erasure",
        operation_id="eraseContact",
        summary="Erase a contact",
        access=Permission.ERASE_CONTACTS,
        status_code=200,
    )
    async def erase(self, services: Given, caller: Caller, contact_id: Id, data: JSONBody[ErasureOrder]) -> Erased:
        """Name, phones, words, notes, files and attributes go for good; times, statuses and prices stay, and an opt-out
        is still honoured. Refused while a legal hold stands. Doing it again does nothing more."""
        return granted(await erase_contact(services.pool, contact_id, data, caller.user_id))


def _stream(given: GivenOut) -> Stream:
    headers = {"Content-Disposition": f"attachment; filename={given.file_name}"}
    return Stream(given.chunks, media_type="application/zip", headers=headers)
