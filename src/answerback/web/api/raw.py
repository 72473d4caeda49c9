"""What providers said word for word, for administrators who look for a cause. Each reading is in the event log."""

import msgspec
from litestar import Controller, get

from answerback.domain.access.permissions import Permission
from answerback.storage.conversation_facts import conversation_of_message
from answerback.usecases.keep_raw import RawKeeper
from answerback.usecases.read_raw import RawDesk, RawView, RawWebhook, read_raw, read_raw_webhook
from answerback.web.api.paging import Id
from answerback.web.api.services import Caller, Given, Services
from answerback.web.problems import granted, not_found

READ = Permission.READ_RAW


class RawExchanges(msgspec.Struct, frozen=True):
    items: list[RawView]


class RawController(Controller):
    path = "/api/v1"
    tags = ("Trouble",)

    @get(
        "/messages/{message_id:int}/raw-exchanges",
        operation_id="readRawExchanges",
        summary="What the provider said of a text",
        access=READ,
    )
    async def of_message(self, services: Given, caller: Caller, message_id: Id) -> RawExchanges:
        """Kept for texts that failed or are unclear, without the account's secrets, for the days the provider account
        says. Reading is recorded."""
        if await conversation_of_message(services.pool, message_id) is None:
            raise not_found(f"message {message_id}")
        return RawExchanges(await read_raw(_desk(services), message_id, caller.user_id))

    @get(
        "/kept-webhooks/{kept_id:int}/raw",
        operation_id="readRawWebhook",
        summary="A kept webhook as it knocked",
        access=READ,
    )
    async def of_webhook(self, services: Given, caller: Caller, kept_id: Id) -> RawWebhook:
        """Without signatures and the account's secrets. Reading is recorded."""
        return granted(await read_raw_webhook(_desk(services), kept_id, caller.user_id))


def _desk(services: Services) -> RawDesk:
    return RawDesk(services.pool, RawKeeper(services.sealer, services.providers))
