"""A missed call that becomes work: it moves its conversation as a text would, or opens one, unread."""

from answerback.storage.call_conversations import note_missed_call
from answerback.storage.connection import Connection
from answerback.usecases.open_conversation import open_conversation


async def open_for_call(connection: Connection, number_id: int, contact_id: int, phone: str) -> int:
    """The conversation that is not closed, locked."""
    conversation_id = await open_conversation(connection, number_id, contact_id, phone)
    await note_missed_call(connection, conversation_id, phone)
    return conversation_id
