"""Automated messages: what customers get without anybody writing it."""

from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, put
from litestar.params import FromPath, JSONBody, Parameter

from answerback.domain.access.permissions import Permission
from answerback.domain.automation.triggers import Trigger
from answerback.storage.automated_messages import Limits, read_limits, read_part_price
from answerback.usecases.automated_settings import (
    AutomatedMessage,
    LimitChanges,
    MessageChange,
    change_limits,
    list_automated,
    reset_automated,
    save_automated,
)
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS
NumberId = Annotated[int | None, Parameter(ge=1, le=2**53, description="One number; left out: all numbers.")]


class PartPriceView(msgspec.Struct, frozen=True):
    """What one part has cost on average lately, by the provider's own prices."""

    amount: str
    currency: str


class AutomatedMessages(msgspec.Struct, frozen=True):
    """`part_price` null: no text has had a price yet."""

    items: list[AutomatedMessage]
    part_price: PartPriceView | None


class AutomatedMessageController(Controller):
    path = "/api/v1/automated-messages"
    tags = ("Automated messages",)

    @get("/", operation_id="listAutomatedMessages", summary="List automated messages", access=VIEW)
    async def list_all(self, services: Given) -> AutomatedMessages:
        """Every trigger as it is for all numbers, then what single numbers have of their own. All at once."""
        price = await read_part_price(services.pool)
        shown = PartPriceView(price.amount, price.currency) if price else None
        return AutomatedMessages(await list_automated(services.pool), shown)

    @put("/{trigger:str}", operation_id="setAutomatedMessage", summary="Set what a trigger says", access=MANAGE)
    async def save(
        self,
        services: Given,
        caller: Caller,
        trigger: FromPath[Trigger],
        *,
        data: JSONBody[MessageChange],
        number_id: NumberId = None,
    ) -> AutomatedMessage:
        """Acts from the next event on. A placeholder that the trigger does not know is refused."""
        saved = await save_automated(services.pool, trigger, number_id, data, actor_id=caller.user_id)
        return granted(saved)

    @delete("/{trigger:str}", operation_id="resetAutomatedMessage", summary="Give a message up", access=MANAGE)
    async def reset(
        self, services: Given, caller: Caller, trigger: FromPath[Trigger], number_id: NumberId = None
    ) -> None:
        """A number goes by the message of all numbers again; for all numbers it is then off."""
        granted(await reset_automated(services.pool, trigger, number_id, actor_id=caller.user_id))

    @get("/limits", operation_id="getAutomationLimits", summary="How much a customer gets of them", access=VIEW)
    async def limits(self, services: Given) -> Limits:
        """Automated texts to one phone; past it they are left out. Answers to STOP and HELP are not counted."""
        return await read_limits(services.pool)

    @patch("/limits", operation_id="changeAutomationLimits", summary="Change the limits", access=MANAGE)
    async def change_limits(self, services: Given, caller: Caller, data: JSONBody[LimitChanges]) -> Limits:
        """Acts on the next text."""
        return granted(await change_limits(services.pool, data, caller.user_id))
