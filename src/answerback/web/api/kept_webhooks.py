"""Webhooks that were genuine but could not be taken in: repair the cause, then replay them."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, get
from litestar.params import Parameter

from answerback.domain.access.permissions import Permission
from answerback.storage.webhook_pages import KeptView, list_kept
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Limit, before_id, cut
from answerback.web.api.services import Given

Outcome = Annotated[Literal["kept", "replayed", "dropped"] | None, Parameter(description="Only these.")]


class KeptPage(msgspec.Struct, frozen=True):
    items: list[KeptView]
    next_cursor: str | None


class KeptWebhookController(Controller):
    path = "/api/v1/kept-webhooks"
    tags = ("Webhooks",)

    @get("/", operation_id="listKeptWebhooks", summary="List kept webhooks", access=Permission.REPAIR_WEBHOOKS)
    async def list_all(
        self, services: Given, outcome: Outcome = None, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> KeptPage:
        """The newest first, with the reason each was kept. Their contents stay sealed."""
        rows = await list_kept(services.pool, outcome, before_id(cursor), limit + 1)
        return KeptPage(*cut(rows, limit, lambda kept: (kept.id,)))
