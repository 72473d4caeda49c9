"""Conversations that we begin: what the call looks like, and its answer."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.domain.sending.gate import About
from answerback.storage.views import ConversationView, MessageView, conversations_by_id, messages_by_id
from answerback.usecases.start_conversation import NotStarted, StartConversation, Started, start_conversation
from answerback.web.api.messages import SendAt, check_time
from answerback.web.api.sent import send_refused
from answerback.web.api.services import Services
from answerback.web.auth.identity import Identity
from answerback.web.problems import refuse

SomeId = Annotated[int, Meta(ge=1, le=2**53)]


class NewText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to somebody who did not write first. `about` is what consent is asked for."""

    number_id: SomeId
    to: Annotated[str, Meta(min_length=1, max_length=40, examples=["+17875550142"])]
    body: Annotated[str, Meta(max_length=1600)]
    about: Literal["informational", "promotional"] = "informational"
    media_ids: Annotated[list[SomeId], Meta(max_length=10)] = []
    send_at: SendAt | None = None


class StartedConversation(msgspec.Struct, frozen=True):
    conversation: ConversationView
    message: MessageView


async def begin(services: Services, caller: Identity, data: NewText, client_key: str | None) -> StartedConversation:
    """Raises the problem when it was refused."""
    check_time(data.send_at)
    order = StartConversation(
        data.number_id,
        data.to,
        data.body,
        caller.user_id,
        about=About(data.about),
        media_ids=data.media_ids,
        send_at=data.send_at,
        anywhere=caller.may(Permission.VIEW_ALL_CONVERSATIONS),
        origin="agent" if caller.via == "session" else "api",
        client_key=client_key,
    )
    outcome = await start_conversation(services.pool, order)
    if isinstance(outcome, NotStarted):
        raise send_refused(outcome.refusal, None)
    if not isinstance(outcome, Started):
        raise refuse(outcome)
    conversations = await conversations_by_id(services.pool, [outcome.conversation_id])
    messages = await messages_by_id(services.pool, [outcome.message_id])
    return StartedConversation(conversations[outcome.conversation_id], messages[outcome.message_id])
