"""Workstreams."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.workstreams import Workstream, get_workstream, list_workstreams
from answerback.usecases.workstream_settings import change_workstream, create_workstream, remove_workstream
from answerback.usecases.workstream_shapes import WorkstreamChanges, WorkstreamDraft
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS


class WorkstreamPage(msgspec.Struct, frozen=True):
    items: list[Workstream]
    next_cursor: str | None


class WorkstreamController(Controller):
    path = "/api/v1/workstreams"
    tags = ("Workstreams",)

    @get("/", operation_id="listWorkstreams", summary="List workstreams", access=VIEW)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> WorkstreamPage:
        """In the order they were added."""
        rows = await list_workstreams(services.pool, after_id(cursor), limit + 1)
        return WorkstreamPage(*cut(rows, limit, lambda workstream: (workstream.id,)))

    @post("/", operation_id="createWorkstream", summary="Add a workstream", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[WorkstreamDraft]) -> Workstream:
        """What is left out has the usual value."""
        return granted(await create_workstream(services.pool, data, caller.user_id))

    @get("/{workstream_id:int}", operation_id="getWorkstream", summary="One workstream", access=VIEW)
    async def read(self, services: Given, workstream_id: Id) -> Workstream:
        """One workstream."""
        workstream = await get_workstream(services.pool, workstream_id)
        if workstream is None:
            raise not_found(f"workstream {workstream_id}")
        return workstream

    @patch("/{workstream_id:int}", operation_id="changeWorkstream", summary="Change a workstream", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, workstream_id: Id, data: JSONBody[WorkstreamChanges]
    ) -> Workstream:
        """Conversations under way follow the new rules from their next move on."""
        return granted(await change_workstream(services.pool, workstream_id, data, caller.user_id))

    @delete("/{workstream_id:int}", operation_id="removeWorkstream", summary="Remove a workstream", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, workstream_id: Id) -> None:
        """Only one that no number names and no conversation came in through."""
        granted(await remove_workstream(services.pool, workstream_id, caller.user_id))
