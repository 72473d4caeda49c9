"""The conversation of a number and a contact for work that no text brought: as it is, opened again, or new."""

from typing import Final

from answerback.domain.conversations.commands import CustomerWrote
from answerback.domain.conversations.outcome import Moved
from answerback.storage.call_conversations import insert_conversation, latest_conversation
from answerback.storage.connection import Connection
from answerback.storage.conversations import lock_conversations
from answerback.storage.events import NewEvent, append
from answerback.usecases.move_conversation import carry_out

ATTEMPTS: Final = 5


async def open_conversation(connection: Connection, number_id: int, contact_id: int, phone: str) -> int:
    """The one that is not closed, locked.

    A text may arrive at the same moment: the database's rule lets one of the two make it, the other then finds it.
    """
    for _ in range(ATTEMPTS):
        latest = await latest_conversation(connection, number_id, contact_id)
        locked = await lock_conversations(connection, [latest]) if latest is not None else []
        if locked:
            (result,) = await carry_out(connection, [(locked[0], CustomerWrote(by_call=True))], None)
            if isinstance(result, Moved):
                return locked[0].conversation.id
        made = await insert_conversation(connection, number_id, contact_id, phone)
        if made is not None:
            await append(connection, [NewEvent("ConversationOpened", conversation_id=made, contact_id=contact_id)])
            return made
    raise RuntimeError("the conversation kept closing while it was opened")
