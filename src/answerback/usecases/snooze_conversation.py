"""The holder puts a conversation aside until a time; it comes back to them first."""

from datetime import datetime

from answerback.domain.conversations.commands import Snooze
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation


async def snooze_conversation(pool: Pool, reader: Reader, conversation_id: int, until: datetime) -> MoveResult:
    """`until` is an aware time in the future."""
    command = Snooze(agent=UserId(reader.user_id), until=until, by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command)
