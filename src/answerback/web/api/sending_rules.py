"""Rules for sending: asking the gate, the centre's own limits, and brands."""

from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.brands import Brand, list_brands
from answerback.storage.sending_rules import SendingRules, read_sending_rules
from answerback.usecases.check_sends import CheckedSend, SendCheck, check_sends
from answerback.usecases.sending_settings import (
    BrandChanges,
    BrandDraft,
    SendingRulesChanges,
    change_brand,
    change_sending_rules,
    keep_brand,
    remove_brand,
)
from answerback.web.api.paging import Id
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS


class CheckedSends(msgspec.Struct, frozen=True):
    items: list[CheckedSend]


class Brands(msgspec.Struct, frozen=True):
    items: Annotated[list[Brand], msgspec.Meta(description="By name.")]


class SendCheckController(Controller):
    path = "/api/v1/send-checks"
    tags = ("Consent",)

    @post("/", operation_id="checkSends", summary="Ask the gate", access=Permission.SEND_TEXTS, status_code=200)
    async def check(self, services: Given, data: JSONBody[SendCheck]) -> CheckedSends:
        """Whether texts would be taken, and if not, why, by which rule, and when again. Nothing is sent."""
        return CheckedSends(granted(await check_sends(services.pool, data)))


class SendingRulesController(Controller):
    path = "/api/v1/sending-rules"
    tags = ("Consent",)

    @get("/", operation_id="getSendingRules", summary="The centre's own rules", access=VIEW)
    async def read(self, services: Given) -> SendingRules:
        """Beyond what law and carriers ask: docs/reference/compliance.md."""
        return await read_sending_rules(services.pool)

    @patch("/", operation_id="changeSendingRules", summary="Change them", access=MANAGE)
    async def change(self, services: Given, caller: Caller, data: JSONBody[SendingRulesChanges]) -> SendingRules:
        """They hold from the next text on."""
        return await change_sending_rules(services.pool, data, caller.user_id)


class BrandController(Controller):
    path = "/api/v1/brands"
    tags = ("Consent",)

    @get("/", operation_id="listBrands", summary="List brands", access=VIEW)
    async def list_all(self, services: Given) -> Brands:
        """Consent given to one number of a brand holds for all of them; so does an opt-out."""
        return Brands(await list_brands(services.pool))

    @post("/", operation_id="createBrand", summary="Add a brand", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[BrandDraft]) -> Brand:
        """Its numbers leave the brands they were in."""
        return granted(await keep_brand(services.pool, None, data, caller.user_id))

    @patch("/{brand_id:int}", operation_id="changeBrand", summary="Change a brand", access=MANAGE)
    async def change(self, services: Given, caller: Caller, brand_id: Id, data: JSONBody[BrandChanges]) -> Brand:
        """`number_ids` replaces the whole; send it complete."""
        return granted(await change_brand(services.pool, brand_id, data, caller.user_id))

    @delete("/{brand_id:int}", operation_id="removeBrand", summary="Remove a brand", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, brand_id: Id) -> None:
        """Refused where the consent ledger speaks of it."""
        granted(await remove_brand(services.pool, brand_id, caller.user_id))
