"""Writing in a conversation: texts, notes, and sending again what did not arrive."""

from datetime import UTC, datetime, timedelta
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
from answerback.usecases.failed_texts import leave_failed
from answerback.usecases.may_send import check_holder
from answerback.usecases.refusals import FieldProblem
from answerback.usecases.release_texts import cancel_text
from answerback.usecases.reveal_text import Revealed, reveal_text
from answerback.usecases.send_text import SendText, resend_text, send_text
from answerback.usecases.settle_phrase import settle_phrase
from answerback.web.api.idempotency import client_key_of
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, cut, decode_cursor
from answerback.web.api.readers import find_conversation, reader_of
from answerback.web.api.sent import show_sent
from answerback.web.api.services import Caller, Given
from answerback.web.auth.identity import Identity
from answerback.web.problems import field_error, granted, not_found, problem_error

DESK, SEND = Permission.USE_DESK, Permission.SEND_TEXTS
LAST_SEQ = 2**31 - 1
SendAt = Annotated[datetime, Meta(tz=True, description="RFC 3339 with offset, within a year; left out: now.")]
FARTHEST = timedelta(days=366)
Seq = Annotated[int, Meta(ge=0, le=LAST_SEQ)]


class TextDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to send; `media_ids` are files uploaded before (POST /media). With `send_at` it waits until then."""

    body: Annotated[str, Meta(max_length=1600, examples=["Looking into it for you."])]
    media_ids: Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=10)] = []
    send_at: SendAt | None = None


class PhraseAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the customer meant to opt out."""

    record: bool


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
        await check_may_write(services.pool, caller, conversation_id)
        check_time(data.send_at)
        origin: Literal["agent", "api"] = "agent" if caller.via == "session" else "api"
        key = client_key_of(request.headers)
        order = SendText(
            conversation_id, data.body, caller.user_id, data.media_ids, origin=origin, client_key=key,
            send_at=data.send_at,
        )  # fmt: skip
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

    @post(
        "/messages/{message_id:int}/cancel",
        operation_id="cancelMessage",
        summary="Take back a scheduled text",
        access=SEND,
        status_code=200,
    )
    async def cancel(self, services: Given, caller: Caller, message_id: Id) -> MessageView:
        """Only while it waits for its time; it stays in the thread as canceled."""
        _check_holder(await _conversation_with(services.pool, caller, message_id), caller)
        granted(await cancel_text(services.pool, message_id, caller.user_id))
        return (await messages_by_id(services.pool, [message_id]))[message_id]

    @post(
        "/messages/{message_id:int}/opt-out-suggestion",
        operation_id="settleOptOutSuggestion",
        summary="Say what a sentence meant",
        access=Permission.RECORD_CONSENT,
        status_code=200,
    )
    async def settle(
        self, services: Given, caller: Caller, message_id: Id, data: JSONBody[PhraseAnswer]
    ) -> MessageView:
        """For a customer's text that looks like an opt-out: record it with their words, or dismiss the suggestion."""
        await _conversation_with(services.pool, caller, message_id)
        granted(await settle_phrase(services.pool, message_id, caller.user_id, record=data.record))
        return (await messages_by_id(services.pool, [message_id]))[message_id]

    @post(
        "/messages/{message_id:int}/reveal",
        operation_id="revealMessage",
        summary="See what masks cover",
        access=Permission.REVEAL_MASKED,
        status_code=200,
    )
    async def reveal(self, services: Given, caller: Caller, message_id: Id) -> Revealed:
        """The text as it was stored. Each look is recorded."""
        await _conversation_with(services.pool, caller, message_id)
        return granted(await reveal_text(services.pool, message_id, caller.user_id))

    @post(
        "/messages/{message_id:int}/leave",
        operation_id="leaveMessage",
        summary="Leave it be",
        access=SEND,
        status_code=200,
    )
    async def leave(self, services: Given, caller: Caller, message_id: Id) -> MessageView:
        """Nothing more is to be done about a text that did not arrive, or of which nobody knows: it leaves the work
        list."""
        conversation = await _conversation_with(services.pool, caller, message_id)
        _check_holder(conversation, caller)
        await leave_failed(services.pool, [message_id], caller.user_id)
        return (await messages_by_id(services.pool, [message_id]))[message_id]


async def _conversation_with(connection: Database, caller: Identity, message_id: int) -> ConversationView:
    conversation_id = await conversation_of_message(connection, message_id)
    if conversation_id is None:
        raise not_found(f"message {message_id}")
    return await find_conversation(connection, caller, conversation_id)


async def check_may_write(connection: Database, caller: Identity, conversation_id: int) -> None:
    _check_holder(await find_conversation(connection, caller, conversation_id), caller)


def _check_holder(conversation: ConversationView, caller: Identity) -> None:
    held = check_holder(conversation, caller.user_id, may_step_in=caller.may(Permission.MANAGE_CONVERSATIONS))
    if held is not None and held.sentence is not None:
        problem = FieldProblem("conversation_id", held.reason or "not_holder", held.sentence)
        raise problem_error("illegal-move", 409, held.sentence, (problem,))


def check_time(at: datetime | None) -> None:
    """A time to send at lies ahead, and not too far."""
    now = datetime.now(UTC)
    if at is not None and not now < at < now + FARTHEST:
        raise field_error("send_at", "is in the past or more than a year away", "Leave it out to send now.")
