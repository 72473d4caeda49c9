"""What people do with a conversation: pick, leave, end, snooze, close, transfer, reopen; each a small use case."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import Controller, post
from litestar.params import JSONBody
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.storage.views import ConversationView
from answerback.usecases.close_conversation import close_conversation
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.leave_conversation import leave_conversation
from answerback.usecases.mark_read import mark_read
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.reopen_conversation import reopen_conversation
from answerback.usecases.snooze_conversation import snooze_conversation
from answerback.usecases.transfer_conversation import transfer_to_agent, transfer_to_queue
from answerback.web.api.moved import show_moved
from answerback.web.api.paging import Id
from answerback.web.api.readers import reader_of
from answerback.web.api.services import Caller, Given
from answerback.web.problems import field_error, granted

DESK = Permission.USE_DESK
Note = Annotated[str, Meta(max_length=10_000, description="Kept in the thread; the customer never sees it.")]
SomeId = Annotated[int, Meta(ge=1, le=2**53)]
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class SnoozeOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When it shall come back."""

    until: Annotated[datetime, Meta(tz=True, description="RFC 3339 with offset, in the future.")]


class CloseOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it went."""

    disposition: Annotated[str, Meta(max_length=200)] | None = None
    note: Note | None = None


class TransferOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To a queue or to an agent: exactly one of them."""

    queue_id: SomeId | None = None
    agent_id: SomeId | None = None
    note: Note | None = None


class MoveController(Controller):
    path = "/api/v1/conversations/{conversation_id:int}"
    tags = ("Conversations",)

    @post("/pick", operation_id="pickConversation", summary="Take it", access=DESK, status_code=200)
    async def pick(self, services: Given, caller: Caller, conversation_id: Id) -> ConversationView:
        """Takes an open conversation, or goes back to one of one's own that waits."""
        return show_moved(await pick_conversation(services.pool, reader_of(caller), conversation_id))

    @post("/leave", operation_id="leaveConversation", summary="Step out of it", access=DESK, status_code=200)
    async def leave(self, services: Given, caller: Caller, conversation_id: Id) -> ConversationView:
        """It waits for the customer and frees capacity."""
        return show_moved(await leave_conversation(services.pool, reader_of(caller), conversation_id))

    @post("/end", operation_id="endConversation", summary="End it", access=DESK, status_code=200)
    async def end(self, services: Given, caller: Caller, conversation_id: Id) -> ConversationView:
        """It goes to wrap-up."""
        return show_moved(await end_conversation(services.pool, reader_of(caller), conversation_id))

    @post("/reopen", operation_id="reopenConversation", summary="Reopen it", access=DESK, status_code=200)
    async def reopen(self, services: Given, caller: Caller, conversation_id: Id) -> ConversationView:
        """Within the workstream's reopen window."""
        return show_moved(await reopen_conversation(services.pool, reader_of(caller), conversation_id))

    @post("/read", operation_id="markConversationRead", summary="Mark it read", access=DESK, status_code=200)
    async def read(self, services: Given, caller: Caller, conversation_id: Id) -> ConversationView:
        """Nothing is unread any more."""
        return granted(await mark_read(services.pool, reader_of(caller), conversation_id))

    @post("/snooze", operation_id="snoozeConversation", summary="Put it aside", access=DESK, status_code=200)
    async def snooze(
        self, services: Given, caller: Caller, conversation_id: Id, data: JSONBody[SnoozeOrder]
    ) -> ConversationView:
        """It comes back at that time, or when the customer writes."""
        if data.until > LATEST:
            raise field_error("until", "is too far away", "Choose a time within some years.")
        return show_moved(await snooze_conversation(services.pool, reader_of(caller), conversation_id, data.until))

    @post("/close", operation_id="closeConversation", summary="Close it", access=DESK, status_code=200)
    async def close(
        self, services: Given, caller: Caller, conversation_id: Id, data: JSONBody[CloseOrder]
    ) -> ConversationView:
        """After wrap-up; supervisors may close in any state."""
        reader = reader_of(caller)
        order = {"disposition": data.disposition, "note": data.note}
        return show_moved(await close_conversation(services.pool, reader, conversation_id, **order))

    @post("/transfer", operation_id="transferConversation", summary="Hand it on", access=DESK, status_code=200)
    async def transfer(
        self, services: Given, caller: Caller, conversation_id: Id, data: JSONBody[TransferOrder]
    ) -> ConversationView:
        """To a queue, or to one agent who is offered it first."""
        reader = reader_of(caller)
        match data:
            case TransferOrder(queue_id=int(queue_id), agent_id=None):
                result = await transfer_to_queue(services.pool, reader, conversation_id, queue_id, note=data.note)
            case TransferOrder(queue_id=None, agent_id=int(agent_id)):
                result = await transfer_to_agent(services.pool, reader, conversation_id, agent_id, note=data.note)
            case _:
                raise field_error("queue_id", "or agent_id must be given, not both", "Say where it shall go.")
        return show_moved(result)
