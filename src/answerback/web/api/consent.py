"""The consent ledger and blocked phones: who may be texted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar import Controller, delete, get, post
from litestar.datastructures import UploadFile
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, MultipartBody, Parameter
from litestar.response import Stream

from answerback.domain.access.permissions import Permission
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.blocked import BlockedPhone, list_blocked
from answerback.storage.consent_pages import ConsentEntry, list_entries
from answerback.usecases.ask_consent import ConsentRequest, NotAsked, ask_consent
from answerback.usecases.block_phone import BlockDraft, block_phone, unblock_phone
from answerback.usecases.consent_file import Defaults
from answerback.usecases.consent_states import PurposeState, consent_states
from answerback.usecases.import_consent import ImportedConsent, export_consent, import_consent
from answerback.usecases.record_consent import ConsentDraft, record_consent
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Limit, before_id, cut, decode_cursor
from answerback.web.api.sent import send_refused
from answerback.web.api.services import Caller, Given
from answerback.web.problems import field_error, granted

Phone = Annotated[str | None, Parameter(max_length=40, description="Only entries of this phone.")]
OnePhone = Annotated[str, Parameter(max_length=40, description="The customer's phone.")]
NumberId = Annotated[int, Parameter(ge=1, le=2**53, description="The number of ours.")]
SomeNumber = Annotated[int | None, Parameter(ge=1, le=2**53, description="What the file's lines are about.")]
SomeBrand = Annotated[int | None, Parameter(ge=1, le=2**53, description="What they are about; with neither, all.")]
Since = Annotated[datetime | None, Parameter(description="When consent was given, for lines that do not say it.")]
BlockedAddress = Annotated[str, Parameter(max_length=40, description="The blocked phone, E.164.")]


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """One CSV file of at most 5 MB."""

    file: UploadFile


class ConsentPage(msgspec.Struct, frozen=True):
    items: list[ConsentEntry]
    next_cursor: str | None


class BlockedPage(msgspec.Struct, frozen=True):
    items: list[BlockedPhone]
    next_cursor: str | None


class ConsentStates(msgspec.Struct, frozen=True):
    items: list[PurposeState]


class ConsentController(Controller):
    path = "/api/v1/consent"
    tags = ("Consent",)

    @get("/", operation_id="listConsent", summary="Read the ledger", access=Permission.VIEW_CONSENT)
    async def list_all(
        self, services: Given, phone: Phone = None, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> ConsentPage:
        """The newest entry first; per number the newest one counts."""
        phones = None
        if phone is not None:
            parsed = parse_phone(phone)
            if isinstance(parsed, BadPhone):
                raise field_error("phone", "is not a phone number", parsed.sentence)
            phones = [parsed.address]
        rows = await list_entries(services.pool, phones, before_id(cursor), limit + 1)
        return ConsentPage(*cut(rows, limit, lambda entry: (entry.id,)))

    @get("/states", operation_id="getConsentStates", summary="Where a phone stands", access=Permission.VIEW_CONSENT)
    async def states(self, services: Given, phone: OnePhone, number_id: NumberId) -> ConsentStates:
        """Towards one number of ours, for each purpose: the ledger folded, with the sentence that says why."""
        parsed = parse_phone(phone)
        if isinstance(parsed, BadPhone):
            raise field_error("phone", "is not a phone number", parsed.sentence)
        return ConsentStates(granted(await consent_states(services.pool, parsed.address, number_id)))

    @post(
        "/", operation_id="recordConsent", summary="Record consent", access=Permission.RECORD_CONSENT, idempotent=True
    )
    async def create(self, services: Given, caller: Caller, data: JSONBody[ConsentDraft]) -> ConsentEntry:
        """Adds an entry; the ledger is never changed. The source is `agent` by session and `api` by token, or
        `form` where that is said."""
        source: Literal["agent", "api"] = "agent" if caller.via == "session" else "api"
        return granted(await record_consent(services.pool, data, caller.user_id, source=source))

    @post(
        "/requests",
        operation_id="requestConsent",
        summary="Ask a phone to confirm",
        access=Permission.RECORD_CONSENT,
        idempotent=True,
    )
    async def ask(self, services: Given, caller: Caller, data: JSONBody[ConsentRequest]) -> ConsentEntry:
        """Double opt-in: pending until the phone answers YES (START on toll-free numbers); refused by the gate
        (`send-refused`), nothing is written down."""
        outcome = await ask_consent(services.pool, data, caller.user_id)
        if isinstance(outcome, NotAsked):
            raise send_refused(outcome.refusal, None)
        return granted(outcome)

    @post(
        "/import",
        operation_id="importConsent",
        summary="Import a file",
        access=Permission.MANAGE_SETTINGS,
        status_code=200,
    )
    async def take_in(
        self,
        services: Given,
        caller: Caller,
        data: MultipartBody[ConsentFile],
        *,
        number_id: SomeNumber = None,
        brand_id: SomeBrand = None,
        at: Since = None,
    ) -> ImportedConsent:
        """A CSV with the columns phone and choice (opt_in, opt_out), and if you have them purpose, at, words, url, ip,
        file, note. Each line with a problem is named, the others are kept. An old opt-in undoes no later opt-out."""
        defaults = Defaults(number_id, None if number_id else brand_id, at, caller.user_id)
        return granted(await import_consent(services.pool, await data.file.read(), defaults))

    @get(
        "/export",
        operation_id="exportConsent",
        summary="Export the ledger",
        access=Permission.MANAGE_SETTINGS,
        media_type="text/csv",
        responses={200: ResponseSpec(str, generate_examples=False, description="CSV.", media_type="text/csv")},
    )
    async def give_out(self, services: Given, caller: Caller) -> Stream:
        """Every line, the newest first. Giving it out is recorded."""
        headers = {"Content-Disposition": "attachment; filename=consent.csv"}
        return Stream(await export_consent(services.pool, caller.user_id), media_type="text/csv", headers=headers)


class BlockedPhoneController(Controller):
    path = "/api/v1/blocked-phones"
    tags = ("Consent",)

    @get("/", operation_id="listBlockedPhones", summary="List blocked phones", access=Permission.BLOCK_PHONES)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> BlockedPage:
        """In the order of the phones."""
        after: tuple[str] = decode_cursor(cursor, tuple[str], ("",))
        rows = await list_blocked(services.pool, after[0], limit + 1)
        return BlockedPage(*cut(rows, limit, lambda blocked: (blocked.phone,)))

    @post("/", operation_id="blockPhone", summary="Block a phone", access=Permission.BLOCK_PHONES, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[BlockDraft]) -> BlockedPhone:
        """Its texts are kept but go to nobody, and nothing is sent to it."""
        return granted(await block_phone(services.pool, data, caller.user_id))

    @delete("/{phone:str}", operation_id="unblockPhone", summary="Unblock a phone", access=Permission.BLOCK_PHONES)
    async def remove(self, services: Given, caller: Caller, phone: BlockedAddress) -> None:
        """From now on its texts are routed again."""
        granted(await unblock_phone(services.pool, phone, caller.user_id))
