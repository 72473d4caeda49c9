"""Conversations as they are read: lists, one, its thread, its messages, and why it was routed so."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import JSONBody, Parameter, QueryParameter

from answerback.domain.access.permissions import Permission
from answerback.storage.conversation_facts import count_earlier
from answerback.storage.decision_pages import DecisionView, list_decisions
from answerback.storage.views import (
    ConversationFilter,
    ConversationView,
    ThreadPage,
    list_conversations,
    thread,
)
from answerback.storage.views.thread import BadPageError
from answerback.usecases.explain_picked import explain_picked
from answerback.usecases.may_send import Sending, may_send
from answerback.web.api.idempotency import client_key_of
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut
from answerback.web.api.readers import find_conversation, reader_of
from answerback.web.api.services import Caller, Given
from answerback.web.api.started import NewText, StartedConversation, begin
from answerback.web.problems import field_error

DESK = Permission.USE_DESK
State = Literal["open", "offered", "active", "waiting", "wrap_up", "closed"]
States = Annotated[list[State] | None, QueryParameter(name="state", description="Only these; may be repeated.")]
SomeId = Annotated[int | None, Parameter(ge=1, le=2**53)]
Search = Annotated[str | None, Parameter(max_length=100, description="In names, phones and recent texts.")]
Before = Annotated[str | None, Parameter(max_length=2000, description="`next_before` of the page after it.")]


class ConversationDetail(ConversationView, frozen=True):
    """A conversation with whether the caller may write in it now, and how many came before it with this contact."""

    sending: Sending
    earlier_count: int


class ConversationPage(msgspec.Struct, frozen=True):
    items: list[ConversationView]
    next_cursor: str | None


class DecisionPage(msgspec.Struct, frozen=True):
    items: list[DecisionView]
    next_cursor: str | None


class ConversationController(Controller):
    path = "/api/v1/conversations"
    tags = ("Conversations",)

    @get("/", operation_id="listConversations", summary="List conversations", access=DESK)
    async def list_all(
        self,
        services: Given,
        caller: Caller,
        *,
        states: States = None,
        queue_id: SomeId = None,
        agent_id: SomeId = None,
        contact_id: SomeId = None,
        q: Search = None,
        cursor: Cursor = None,
        limit: Limit = FIRST_LIMIT,
    ) -> ConversationPage:
        """Those the caller may see, the latest opened first."""
        wanted = ConversationFilter(tuple(states) if states else None, queue_id, agent_id, contact_id, q)
        before = before_id(cursor) if cursor is not None else None
        rows = await list_conversations(services.pool, reader_of(caller), wanted, before=before, limit=limit + 1)
        return ConversationPage(*cut(rows, limit, lambda conversation: (conversation.id,)))

    @post(
        "/",
        operation_id="startConversation",
        summary="Text a customer first",
        access=Permission.START_CONVERSATION,
        idempotent=True,
        repeatable=True,
    )
    async def start(
        self, request: Request[Any, Any, Any], services: Given, caller: Caller, data: JSONBody[NewText]
    ) -> StartedConversation:
        """Passes the send gate; refused (`send-refused`), nothing is made. The conversation is the caller's to hold."""
        return await begin(services, caller, data, client_key_of(request.headers))

    @get("/{conversation_id:int}", operation_id="getConversation", summary="One conversation", access=DESK)
    async def read(self, services: Given, caller: Caller, conversation_id: Id) -> ConversationDetail:
        """`sending` says, before anybody types, whether a text would be taken and why not."""
        async with services.pool.acquire() as connection:
            found = await find_conversation(connection, caller, conversation_id)
            steps_in = caller.may(Permission.MANAGE_CONVERSATIONS)
            return ConversationDetail(
                **{name: getattr(found, name) for name in ConversationView.__struct_fields__},
                sending=await may_send(connection, found, caller.user_id, may_step_in=steps_in),
                earlier_count=await count_earlier(connection, found.id, found.contact_id),
            )

    @get("/{conversation_id:int}/thread", operation_id="getThread", summary="Its thread", access=DESK)
    async def thread(
        self, services: Given, caller: Caller, conversation_id: Id, *, before: Before = None, limit: Limit = FIRST_LIMIT
    ) -> ThreadPage:
        """Everything ever said with this contact, over all conversations, with what happened; newest last."""
        found = await find_conversation(services.pool, caller, conversation_id)
        try:
            return await thread(services.pool, found.contact_id, before=before, limit=limit)
        except BadPageError as error:
            raise field_error("before", "is not a page of this thread", str(error)) from error

    @get(
        "/{conversation_id:int}/routing-decisions",
        operation_id="listRoutingDecisions",
        summary="Why it went where it went",
        access=DESK,
    )
    async def decisions(
        self, services: Given, caller: Caller, conversation_id: Id, *, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> DecisionPage:
        """Every decision with who could take it, in which order, and who failed which test; the newest first."""
        await find_conversation(services.pool, caller, conversation_id)
        await explain_picked(services.pool, conversation_id)
        rows = await list_decisions(services.pool, conversation_id, before_id(cursor), limit + 1)
        return DecisionPage(*cut(rows, limit, lambda decision: (decision.id,)))
