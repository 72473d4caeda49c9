"""Calls with customers: those of a conversation, and placing one."""

from typing import Any

import msgspec
from litestar import Controller, Request, get, post

from answerback.domain.access.permissions import Permission
from answerback.domain.calls.placing import CallRefused
from answerback.storage.views import CallView, calls_by_id
from answerback.storage.views.calls import calls_of_conversation
from answerback.usecases.place_call import PlaceCall, may_call, place_call
from answerback.usecases.refusals import FieldProblem
from answerback.web.api.idempotency import client_key_of
from answerback.web.api.messages import check_may_write
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut
from answerback.web.api.readers import find_conversation
from answerback.web.api.services import Caller, Given, account_desk
from answerback.web.problems import ProblemError, granted, make_problem, not_found

DESK, CALL = Permission.USE_DESK, Permission.CALL_CUSTOMERS


class CallPage(msgspec.Struct, frozen=True):
    items: list[CallView]
    next_cursor: str | None


class Calling(msgspec.Struct, frozen=True):
    """Whether the caller could call the customer now: `rings` is their own phone, rung first."""

    allowed: bool
    rings: str | None = None
    reason: str | None = None
    sentence: str | None = None


class CallController(Controller):
    path = "/api/v1/conversations/{conversation_id:int}"
    tags = ("Calls",)

    @get("/calls", operation_id="listCalls", summary="A conversation's calls", access=DESK)
    async def list_all(
        self, services: Given, caller: Caller, conversation_id: Id, *, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> CallPage:
        """Of this conversation alone, the newest first; the thread shows all with the contact."""
        await find_conversation(services.pool, caller, conversation_id)
        rows = await calls_of_conversation(services.pool, conversation_id, before_id(cursor), limit + 1)
        return CallPage(*cut(rows, limit, lambda call: (call.id,)))

    @get("/calling", operation_id="getCalling", summary="Whether one may call the customer", access=CALL)
    async def may(self, services: Given, caller: Caller, conversation_id: Id) -> Calling:
        """Asked before anybody presses the button; the call itself is asked again."""
        await find_conversation(services.pool, caller, conversation_id)
        match await may_call(account_desk(services), conversation_id, caller.user_id):
            case CallRefused(reason, sentence):
                return Calling(False, None, reason.value, sentence)
            case str() as phone:
                return Calling(True, phone)
            case None:
                raise not_found(f"conversation {conversation_id}")

    @post(
        "/calls",
        operation_id="placeCall",
        summary="Call the customer",
        access=CALL,
        idempotent=True,
        repeatable=True,
        asks_provider=True,
    )
    async def place(
        self, request: Request[Any, Any, Any], services: Given, caller: Caller, conversation_id: Id
    ) -> CallView:
        """The provider rings the caller's own phone, then brings the customer in, who sees the number they text with.

        Refused (`call-refused`), nobody is rung. A call whose placing is `unclear` is never placed again by itself."""
        await check_may_write(services.pool, caller, conversation_id)
        order = PlaceCall(conversation_id, caller.user_id, client_key_of(request.headers))
        outcome = await place_call(account_desk(services), order)
        if isinstance(outcome, CallRefused):
            problem = FieldProblem("conversation_id", outcome.reason.value, outcome.sentence)
            refused = make_problem("call-refused", 422, outcome.sentence, (problem,))
            raise ProblemError(msgspec.structs.replace(refused, reason=outcome.reason.value, sentence=outcome.sentence))
        call_id = granted(outcome)
        return (await calls_by_id(services.pool, [call_id]))[call_id]
