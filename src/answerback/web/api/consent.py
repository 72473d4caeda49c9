"""The consent ledger and blocked phones: who may be texted."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, delete, get, post
from litestar.params import JSONBody, Parameter

from answerback.domain.access.permissions import Permission
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.blocked import BlockedPhone, list_blocked
from answerback.storage.consent_pages import ConsentEntry, list_entries
from answerback.usecases.block_phone import BlockDraft, block_phone, unblock_phone
from answerback.usecases.record_consent import ConsentDraft, record_consent
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Limit, before_id, cut, decode_cursor
from answerback.web.api.services import Caller, Given
from answerback.web.problems import field_error, granted

Phone = Annotated[str | None, Parameter(max_length=40, description="Only entries of this phone.")]
BlockedAddress = Annotated[str, Parameter(max_length=40, description="The blocked phone, E.164.")]


class ConsentPage(msgspec.Struct, frozen=True):
    items: list[ConsentEntry]
    next_cursor: str | None


class BlockedPage(msgspec.Struct, frozen=True):
    items: list[BlockedPhone]
    next_cursor: str | None


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

    @post(
        "/", operation_id="recordConsent", summary="Record consent", access=Permission.RECORD_CONSENT, idempotent=True
    )
    async def create(self, services: Given, caller: Caller, data: JSONBody[ConsentDraft]) -> ConsentEntry:
        """Adds an entry; the ledger is never changed. The source is `agent` by session and `api` by token."""
        source: Literal["agent", "api"] = "agent" if caller.via == "session" else "api"
        return granted(await record_consent(services.pool, data, caller.user_id, source=source))


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
