"""Writing in a conversation: texts, notes, and sending again what did not arrive."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import JSONBody
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.storage.connection import Database
from answerback.storage.conversation_facts import conversation_of_message, message_page
from answerback.storage.views import ConversationView, MessageView, messages_by_id
from answerback.usecases.add_note import add_note
from answerback.usecases.may_send import check_holder
from answerback.usecases.refusals import FieldProblem
from answerback.usecases.send_text import SendText, resend_text, send_text
from answerback.web.api.idempotency import client_key_of
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, cut, decode_cursor
from answerback.web.api.readers import find_conversation, reader_of
from answerback.web.api.sent import show_sent
from answerback.web.api.services import Caller, Given
from answerback.web.auth.identity import Identity
from answerback.web.problems import granted, not_found, problem_error

DESK, SEND = Permission.USE_DESK, Permission.SEND_TEXTS
LAST_SEQ = 2**31 - 1
Seq = Annotated[int, Meta(ge=0, le=LAST_SEQ)]


class TextDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to send; `media_ids` are files uploaded before (POST /media)."""

    body: Annotated[str, Meta(max_length=1600, examples=["Looking into it for you."])]
    media_ids: Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=10)] = []


class NoteDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A note for colleagues."""

    body: Annotated[str, Meta(min_length=1, max_length=10_000)]


class MessagePage(msgspec.Struct, frozen=True):
    items: list[MessageView]
    next_cursor: str | None


class MessageController(Controller):
    path = "/api/v1"
    tags = ("Messages",)

    @get(
        "/conversations/{conversation_id:int}/messages",
        operation_id="listMessages",
        summary="A conversation's messages",
        access=DESK,
    )
    async def list_all(
        self, services: Given, caller: Caller, conversation_id: Id, *, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> MessagePage:
        """Of this conversation alone, notes too, the newest first."""
        await find_conversation(services.pool, caller, conversation_id)
        key: tuple[int] = decode_cursor(cursor, tuple[Seq], (LAST_SEQ,))
        ids = await message_page(services.pool, conversation_id, key[0], limit + 1)
        found = await messages_by_id(services.pool, ids)
        return MessagePage(*cut([found[each] for each in ids], limit, lambda message: (message.seq,)))

    @post(
        "/conversations/{conversation_id:int}/messages",
        operation_id="sendMessage",
        summary="Send a text",
        access=SEND,
        idempotent=True,
        repeatable=True,
    )
    async def send(
        self,
        request: Request[Any, Any, Any],
        services: Given,
        caller: Caller,
        conversation_id: Id,
        *,
        data: JSONBody[TextDraft],
    ) -> MessageView:
        """Passes the send gate. Refused (`send-refused`), it stays in the thread with the reason and does not leave."""
        await _may_write(services.pool, caller, conversation_id)
        origin: Literal["agent", "api"] = "agent" if caller.via == "session" else "api"
        key = client_key_of(request.headers)
        order = SendText(conversation_id, data.body, caller.user_id, data.media_ids, origin=origin, client_key=key)
        return await show_sent(services.pool, await send_text(services.pool, order))

    @post(
        "/conversations/{conversation_id:int}/notes",
        operation_id="addNote",
        summary="Write a note",
        access=DESK,
        idempotent=True,
    )
    async def note(
        self, services: Given, caller: Caller, conversation_id: Id, data: JSONBody[NoteDraft]
    ) -> MessageView:
        """Colleagues see it in the thread, the customer never does."""
        return granted(await add_note(services.pool, reader_of(caller), conversation_id, data.body))

    @get("/messages/{message_id:int}", operation_id="getMessage", summary="One message", access=DESK)
    async def read(self, services: Given, caller: Caller, message_id: Id) -> MessageView:
        """With its delivery status, and in words what went wrong."""
        await _conversation_with(services.pool, caller, message_id)
        return (await messages_by_id(services.pool, [message_id]))[message_id]

    @post(
        "/messages/{message_id:int}/resend",
        operation_id="resendMessage",
        summary="Send again",
        access=SEND,
        idempotent=True,
    )
    async def resend(self, services: Given, caller: Caller, message_id: Id) -> MessageView:
        """A new message with the same text and files; only for one that failed, was refused, or is unclear."""
        conversation = await _conversation_with(services.pool, caller, message_id)
        _check_holder(conversation, caller)
        return await show_sent(services.pool, await resend_text(services.pool, message_id, caller.user_id))


async def _conversation_with(connection: Database, caller: Identity, message_id: int) -> ConversationView:
    conversation_id = await conversation_of_message(connection, message_id)
    if conversation_id is None:
        raise not_found(f"message {message_id}")
    return await find_conversation(connection, caller, conversation_id)


async def _may_write(connection: Database, caller: Identity, conversation_id: int) -> None:
    _check_holder(await find_conversation(connection, caller, conversation_id), caller)


def _check_holder(conversation: ConversationView, caller: Identity) -> None:
    held = check_holder(conversation, caller.user_id, may_step_in=caller.may(Permission.MANAGE_CONVERSATIONS))
    if held is not None and held.sentence is not None:
        problem = FieldProblem("conversation_id", held.reason or "not_holder", held.sentence)
        raise problem_error("illegal-move", 409, held.sentence, (problem,))
