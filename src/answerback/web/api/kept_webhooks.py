"""Webhooks that were genuine but could not be taken in: repair the cause, then replay them."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, get, post
from litestar.params import Parameter

from answerback.domain.access.permissions import Permission
from answerback.storage.webhook_pages import KeptView, get_kept, list_kept
from answerback.usecases.replay_webhook import ReplayDesk, drop_webhook, replay_webhook
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut
from answerback.web.api.services import Caller, Given, Services
from answerback.web.problems import granted, not_found

Outcome = Annotated[Literal["kept", "replayed", "dropped", "refused"] | None, Parameter(description="Only these.")]

REPAIR = Permission.REPAIR_WEBHOOKS


class KeptPage(msgspec.Struct, frozen=True):
    items: list[KeptView]
    next_cursor: str | None


class KeptWebhookController(Controller):
    path = "/api/v1/kept-webhooks"
    tags = ("Webhooks",)

    @get("/", operation_id="listKeptWebhooks", summary="List kept webhooks", access=REPAIR)
    async def list_all(
        self, services: Given, outcome: Outcome = None, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> KeptPage:
        """The newest first, with the reason each was kept. Their contents stay sealed."""
        rows = await list_kept(services.pool, outcome, before_id(cursor), limit + 1)
        return KeptPage(*cut(rows, limit, lambda kept: (kept.id,)))

    @post(
        "/{kept_id:int}/replay", operation_id="replayKeptWebhook", summary="Replay it", access=REPAIR, status_code=200
    )
    async def replay(self, services: Given, caller: Caller, kept_id: Id) -> KeptView:
        """As if it had just come; what is stored already is not doubled. 409 says what is still wrong."""
        desk = ReplayDesk(services.pool, services.sealer, services.providers)
        granted(await replay_webhook(desk, kept_id, caller.user_id))
        return await _show(services, kept_id)

    @post("/{kept_id:int}/drop", operation_id="dropKeptWebhook", summary="Drop it", access=REPAIR, status_code=200)
    async def drop(self, services: Given, caller: Caller, kept_id: Id) -> KeptView:
        """Nothing is to be done with it."""
        granted(await drop_webhook(services.pool, kept_id, caller.user_id))
        return await _show(services, kept_id)


async def _show(services: Services, kept_id: int) -> KeptView:
    kept = await get_kept(services.pool, kept_id)
    if kept is None:
        raise not_found(f"kept webhook {kept_id}")
    return kept
