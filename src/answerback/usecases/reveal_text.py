"""Shows one text without its masks to somebody who may see that. Each look is in the event log."""

import msgspec

from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent
from answerback.storage.views import messages_by_id
from answerback.usecases.audit import record
from answerback.usecases.refusals import NotFound


class Revealed(msgspec.Struct, frozen=True):
    """What was stored: what was covered before that stays covered."""

    body: str


async def reveal_text(pool: Pool, message_id: int, reader_id: int) -> Revealed | NotFound:
    async with pool.acquire() as connection, connection.transaction():
        message = (await messages_by_id(connection, [message_id], masked=False)).get(message_id)
        if message is None:
            return NotFound(f"message {message_id}")
        data = {"conversation_id": message.conversation_id}
        await record(connection, NewEvent("MaskedRevealed", reader_id, message_id=message_id, data=data))
        return Revealed(message.body)
