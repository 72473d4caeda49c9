"""Numbers of ours."""

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.providers.contract import Check
from answerback.storage.numbers import Number, get_number, list_numbers
from answerback.usecases.ask_provider import connect_number
from answerback.usecases.number_registration import RegistrationChanges, Standing, change_registration, list_standings
from answerback.usecases.number_settings import change_number, create_number, remove_number
from answerback.usecases.number_shapes import NumberChanges, NumberDraft
from answerback.usecases.number_voice import VoiceDraft, set_voice
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.provider_accounts import Checks
from answerback.web.api.services import Caller, Given, account_desk
from answerback.web.problems import granted, not_found

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS


class NumberPage(msgspec.Struct, frozen=True):
    items: list[Number]
    next_cursor: str | None


class Standings(msgspec.Struct, frozen=True):
    items: list[Standing]


class NumberVoiceSet(msgspec.Struct, frozen=True):
    """The number as it is now, and what was done or is left to do."""

    number: Number
    checks: list[Check]


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

    @get("/standings", operation_id="listNumberStandings", summary="How numbers stand with the carriers", access=VIEW)
    async def standings(self, services: Given) -> Standings:
        """Registration, refusals, and live counters of their caps, of every number."""
        return Standings(await list_standings(services.pool))

    @patch(
        "/{number_id:int}/registration",
        operation_id="changeNumberRegistration",
        summary="Say how its registration stands",
        access=MANAGE,
    )
    async def register(
        self, services: Given, caller: Caller, number_id: Id, data: JSONBody[RegistrationChanges]
    ) -> Standing:
        """Texts to the US and Canada from a number known to be unregistered are refused, unless overridden here."""
        return granted(await change_registration(services.pool, number_id, data, caller.user_id))

    @put(
        "/{number_id:int}/voice",
        operation_id="setNumberVoice",
        summary="Choose what it does with calls",
        access=MANAGE,
        asks_provider=True,
    )
    async def set_voice(
        self, services: Given, caller: Caller, number_id: Id, data: JSONBody[VoiceDraft]
    ) -> NumberVoiceSet:
        """`untouched` puts the provider's former voice settings back; until another is chosen they are never changed.

        Look at `checks`: a failed one says why nothing was changed."""
        done = granted(await set_voice(account_desk(services), number_id, data, caller.user_id))
        return NumberVoiceSet(done.number, done.checks)

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
