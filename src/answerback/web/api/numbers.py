"""Numbers of ours."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.numbers import Number, get_number, list_numbers
from answerback.usecases.ask_provider import connect_number
from answerback.usecases.number_settings import change_number, create_number, remove_number
from answerback.usecases.number_shapes import NumberChanges, NumberDraft
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.provider_accounts import Checks
from answerback.web.api.services import Caller, Given, account_desk
from answerback.web.problems import granted, not_found

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS


class NumberPage(msgspec.Struct, frozen=True):
    items: list[Number]
    next_cursor: str | None


class NumberController(Controller):
    path = "/api/v1/numbers"
    tags = ("Numbers",)

    @get("/", operation_id="listNumbers", summary="List numbers", access=VIEW)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> NumberPage:
        """In the order they were added."""
        rows = await list_numbers(services.pool, after_id(cursor), limit + 1)
        return NumberPage(*cut(rows, limit, lambda number: (number.id,)))

    @post("/", operation_id="createNumber", summary="Add a number", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[NumberDraft]) -> Number:
        """Type, country and rate follow from the address. Then point its texts here with POST /numbers/{id}/connect."""
        return granted(await create_number(services.pool, data, caller.user_id))

    @get("/{number_id:int}", operation_id="getNumber", summary="One number", access=VIEW)
    async def read(self, services: Given, number_id: Id) -> Number:
        """One number."""
        number = await get_number(services.pool, number_id)
        if number is None:
            raise not_found(f"number {number_id}")
        return number

    @patch("/{number_id:int}", operation_id="changeNumber", summary="Change a number", access=MANAGE)
    async def change(self, services: Given, caller: Caller, number_id: Id, data: JSONBody[NumberChanges]) -> Number:
        """Acts within seconds on every node."""
        return granted(await change_number(services.pool, number_id, data, caller.user_id))

    @delete("/{number_id:int}", operation_id="removeNumber", summary="Remove a number", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, number_id: Id) -> None:
        """Only one nobody ever texted; make others inactive."""
        granted(await remove_number(services.pool, number_id, caller.user_id))

    @post(
        "/{number_id:int}/connect",
        operation_id="connectNumber",
        summary="Point its texts here",
        access=MANAGE,
        status_code=200,
        asks_provider=True,
    )
    async def connect(self, services: Given, caller: Caller, number_id: Id) -> Checks:
        """Sets the address for texts at the provider. Voice settings are left alone."""
        return Checks(granted(await connect_number(account_desk(services), number_id, caller.user_id)))
