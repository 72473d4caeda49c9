"""Outbound messages: texts that other systems order, by outbound configuration."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import JSONBody, Parameter
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.storage.outbound_messages import OutboundMessage, get_outbound, list_outbound
from answerback.usecases.move_outbound import Moved, Which, cancel_outbound, reschedule_outbound
from answerback.usecases.outbound_items import MOST_ITEMS, ItemResult, OutboundItem
from answerback.usecases.send_outbound import Order, send_outbound
from answerback.web.api.idempotency import client_key_of
from answerback.web.api.messages import SendAt, check_time
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import field_error, granted, not_found

SEND = Permission.SEND_OUTREACH
SomeId = Annotated[int, Meta(ge=1, le=2**53)]
Ids = Annotated[list[SomeId], Meta(max_length=MOST_ITEMS, description="Of outbound messages.")]
OfConfiguration = Annotated[int | None, Parameter(ge=1, le=2**53, description="Only those ordered with it.")]
Regarding = Annotated[str | None, Parameter(max_length=200, description="Only those about this record.")]


class OutboundOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to 10,000 texts. With `send_at` they wait until then."""

    configuration_id: SomeId
    items: Annotated[list[OutboundItem], Meta(min_length=1, max_length=MOST_ITEMS)]
    send_at: SendAt | None = None


class OutboundOutcome(msgspec.Struct, frozen=True):
    """What became of each item, in their order."""

    items: list[ItemResult]


class OutboundChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some by id, or everything that still waits of a configuration."""

    ids: Ids = []
    configuration_id: SomeId | None = None


class OutboundMove(OutboundChoice, frozen=True, forbid_unknown_fields=True):
    """`send_at` left out: now."""

    send_at: SendAt | None = None


class OutboundPage(msgspec.Struct, frozen=True):
    items: list[OutboundMessage]
    next_cursor: str | None


class OutboundMessageController(Controller):
    path = "/api/v1/outbound-messages"
    tags = ("Outbound messages",)

    @post(
        "/",
        operation_id="sendOutboundMessages",
        summary="Order texts",
        access=SEND,
        status_code=200,
        idempotent=True,
        repeatable=True,
    )
    async def send(
        self, request: Request[Any, Any, Any], services: Given, caller: Caller, data: JSONBody[OutboundOrder]
    ) -> OutboundOutcome:
        """Each passes the send gate; quiet hours make it wait. The good ones are sent whatever is wrong with others."""
        check_time(data.send_at)
        order = Order(data.configuration_id, data.items, caller.user_id, data.send_at, client_key_of(request.headers))
        return OutboundOutcome(granted(await send_outbound(services.pool, order)))

    @get("/", operation_id="listOutboundMessages", summary="What was ordered", access=SEND)
    async def list_all(
        self,
        services: Given,
        configuration_id: OfConfiguration = None,
        regardingobjectid: Regarding = None,
        *,
        cursor: Cursor = None,
        limit: Limit = FIRST_LIMIT,
    ) -> OutboundPage:
        """The newest first, each with what was answered and where it stands now."""
        rows = await list_outbound(
            services.pool,
            configuration_id=configuration_id,
            regarding_id=regardingobjectid,
            before=before_id(cursor),
            limit=limit + 1,
        )
        return OutboundPage(*cut(rows, limit, lambda one: (one.id,)))

    @get("/{outbound_id:int}", operation_id="getOutboundMessage", summary="One ordered text", access=SEND)
    async def read(self, services: Given, outbound_id: Id) -> OutboundMessage:
        """With its delivery."""
        found = await get_outbound(services.pool, outbound_id)
        if found is None:
            raise not_found(f"outbound message {outbound_id}")
        return found

    @post("/cancel", operation_id="cancelOutboundMessages", summary="Take back", access=SEND, status_code=200)
    async def cancel(self, services: Given, caller: Caller, data: JSONBody[OutboundChoice]) -> Moved:
        """Those that still wait for their time."""
        return await cancel_outbound(services.pool, _which(data), caller.user_id)

    @post("/reschedule", operation_id="rescheduleOutboundMessages", summary="Move", access=SEND, status_code=200)
    async def reschedule(self, services: Given, caller: Caller, data: JSONBody[OutboundMove]) -> Moved:
        """Those that still wait leave at another time, if the gate lets them then."""
        check_time(data.send_at)
        return await reschedule_outbound(services.pool, _which(data), data.send_at, caller.user_id)


def _which(choice: OutboundChoice) -> Which:
    if bool(choice.ids) == (choice.configuration_id is not None):
        raise field_error("ids", "and configuration_id: exactly one of them says which texts", "Give one of the two.")
    return Which(choice.ids, choice.configuration_id)
