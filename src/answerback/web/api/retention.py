"""How long words, files and news are kept."""

from litestar import Controller, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.retention import Retention, read_retention
from answerback.usecases.retention_settings import (
    RetentionChanges,
    RetentionPreview,
    change_retention,
    preview_retention,
)
from answerback.web.api.services import Caller, Given

MANAGE = Permission.MANAGE_SETTINGS


class RetentionController(Controller):
    path = "/api/v1/retention"
    tags = ("Privacy",)

    @get("/", operation_id="getRetention", summary="How long things are kept", access=MANAGE)
    async def read(self, services: Given) -> Retention:
        """For ever at first. The consent ledger and what people changed are never removed by age."""
        return await read_retention(services.pool)

    @post("/preview", operation_id="previewRetention", summary="Try other days", access=MANAGE, status_code=200)
    async def preview(self, services: Given, data: JSONBody[RetentionChanges]) -> RetentionPreview:
        """What the next run would take out. Nothing is changed."""
        return await preview_retention(services.pool, data)

    @patch("/", operation_id="changeRetention", summary="Change them", access=MANAGE)
    async def change(self, services: Given, caller: Caller, data: JSONBody[RetentionChanges]) -> Retention:
        """The next run, within ten minutes, takes out what is older. It does not come back."""
        return await change_retention(services.pool, data, caller.user_id)
