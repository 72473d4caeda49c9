"""Times that flows began for many: by the clock, or by a person for a tag or an audience."""

from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.params import JSONBody, Parameter
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.storage.flow_schedules import FlowOccurrence, count_tagged, list_occurrences
from answerback.usecases.begin_for_many import Many, begin_for_many
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted

MANAGE, SEND = Permission.MANAGE_OUTREACH, Permission.SEND_OUTREACH
AskedTag = Annotated[str, Parameter(min_length=1, max_length=60, description="The tag.")]


class OccurrencePage(msgspec.Struct, frozen=True):
    items: list[FlowOccurrence]
    next_cursor: str | None


class ManyWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every contact that has the tag, or everybody in the audience."""

    tag: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    audience_id: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class TagReach(msgspec.Struct, frozen=True):
    """How many contacts have the tag."""

    contacts: int


class FlowOccurrenceController(Controller):
    path = "/api/v1/flows"
    tags = ("Flows",)

    @get("/{flow_id:int}/occurrences", operation_id="listFlowOccurrences", summary="Times it began", access=MANAGE)
    async def list_all(
        self, services: Given, flow_id: Id, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> OccurrencePage:
        """For many at once, the newest first: how many runs came of each, and what was missed."""
        rows = await list_occurrences(services.pool, flow_id, before_id(cursor), limit + 1)
        return OccurrencePage(*cut(rows, limit, lambda one: (one.id,)))

    @post(
        "/{flow_id:int}/occurrences",
        operation_id="beginFlowForMany",
        summary="Begin it for many",
        access=SEND,
        idempotent=True,
    )
    async def begin(self, services: Given, caller: Caller, flow_id: Id, data: JSONBody[ManyWish]) -> FlowOccurrence:
        """A run each, once; `began` grows as they begin. What the audience says of them, steps read as `trigger`."""
        whom = Many(data.tag.strip() if data.tag else None, data.audience_id)
        return granted(await begin_for_many(services.pool, flow_id, whom, caller.user_id))

    @get("/tagged", operation_id="countTagged", summary="How many have a tag", access=SEND)
    async def tagged(self, services: Given, tag: AskedTag) -> TagReach:
        """Whom a flow would begin for."""
        return TagReach(await count_tagged(services.pool, tag.strip()))
