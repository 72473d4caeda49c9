"""The event log, page by page: audit, and programs that follow what happens."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from litestar import Controller, get
from litestar.params import Parameter

from answerback.domain.access.permissions import Permission
from answerback.storage.event_pages import EventView, Wanted, read_events
from answerback.storage.events import BadCursorError
from answerback.web.api.paging import FIRST_LIMIT, Limit
from answerback.web.api.services import Given
from answerback.web.problems import field_error

After = Annotated[str | None, Parameter(max_length=50, description="Cursor of the last event read.")]
Kind = Annotated[str | None, Parameter(max_length=50, description="Only this kind, such as `QueueChanged`.")]
Conversation = Annotated[int | None, Parameter(ge=1, le=2**53, description="Only this conversation.")]
Actor = Annotated[int | None, Parameter(ge=1, le=2**53, description="Only what this user did.")]
Since = Annotated[datetime | None, Parameter(description="Not before this.")]
Until = Annotated[datetime | None, Parameter(description="Before this.")]
Audit = Annotated[bool, Parameter(description="Without the news of conversations: what people set, gave out, erased.")]
Order = Annotated[Literal["oldest", "newest"], Parameter(description="Which comes first.")]


class EventPage(msgspec.Struct, frozen=True):
    items: list[EventView]
    next_cursor: str | None


class EventController(Controller):
    path = "/api/v1/events"
    tags = ("Events",)

    @get("/", operation_id="listEvents", summary="Read the event log", access=Permission.VIEW_AUDIT)
    async def list_all(
        self,
        services: Given,
        *,
        after: After = None,
        kind: Kind = None,
        conversation_id: Conversation = None,
        actor_id: Actor = None,
        since: Since = None,
        until: Until = None,
        audit: Audit = False,
        order: Order = "oldest",
        limit: Limit = FIRST_LIMIT,
    ) -> EventPage:
        """Read on with `after` = `next_cursor`. Oldest first never skips an event, however late it was committed."""
        try:
            wanted = Wanted(kind, conversation_id, actor_id, _aware(since), _aware(until), audit=audit)
            events = await read_events(services.pool, after, wanted, newest=order == "newest", limit=limit)
        except BadCursorError as error:
            raise field_error("after", "is not a cursor of this log", str(error)) from error
        return EventPage(events, events[-1].cursor if len(events) == limit else None)


def _aware(at: datetime | None) -> datetime | None:
    """A time without a zone is UTC."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
