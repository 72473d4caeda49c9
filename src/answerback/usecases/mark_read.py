"""A person has seen what the customer wrote: nothing is unread any more."""

from answerback.storage.connection import Pool
from answerback.storage.conversations import clear_unread
from answerback.storage.events import NewEvent, append
from answerback.storage.views import ConversationView, Reader, conversations_by_id, visible_conversation
from answerback.storage.wakeups import notify
from answerback.usecases.refusals import NotFound


async def mark_read(pool: Pool, reader: Reader, conversation_id: int) -> ConversationView | NotFound:
    """Doing it again changes nothing and is no event."""
    async with pool.acquire() as connection, connection.transaction():
        if await visible_conversation(connection, reader, conversation_id) is None:
            return NotFound(f"conversation {conversation_id}")
        contact_id = await clear_unread(connection, conversation_id)
        if contact_id is not None:
            event = NewEvent(
                "ConversationRead", actor_id=reader.user_id, conversation_id=conversation_id, contact_id=contact_id
            )
            await append(connection, [event])
            await notify(connection, "event")
        return (await conversations_by_id(connection, [conversation_id]))[conversation_id]
