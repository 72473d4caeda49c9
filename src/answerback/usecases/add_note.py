"""A person writes a note into the thread: colleagues see it, the customer never does."""

from answerback.storage.connection import Pool
from answerback.storage.conversations import lock_conversations
from answerback.storage.views import MessageView, Reader, messages_by_id, visible_conversation
from answerback.storage.wakeups import notify
from answerback.usecases.move_conversation import keep_note
from answerback.usecases.refusals import Invalid, NotFound, invalid

LONGEST = 10_000


async def add_note(pool: Pool, reader: Reader, conversation_id: int, body: str) -> MessageView | NotFound | Invalid:
    """In any state, closed too."""
    if not body.strip():
        return invalid("body", "is empty", "Write the note first.")
    if len(body) > LONGEST:
        return invalid("body", f"is longer than {LONGEST} characters", "Shorten it.")
    async with pool.acquire() as connection, connection.transaction():
        if await visible_conversation(connection, reader, conversation_id) is None:
            return NotFound(f"conversation {conversation_id}")
        locked = await lock_conversations(connection, [conversation_id])
        message_id = await keep_note(connection, locked[0], body, reader.user_id)
        await notify(connection, "event")
        return (await messages_by_id(connection, [message_id]))[message_id]
