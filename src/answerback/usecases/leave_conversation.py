"""The holder steps out without ending: the customer may write on, capacity is freed."""

from answerback.domain.conversations.commands import Leave
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation


async def leave_conversation(pool: Pool, reader: Reader, conversation_id: int) -> MoveResult:
    command = Leave(agent=UserId(reader.user_id), by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command)
