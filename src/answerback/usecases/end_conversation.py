"""The exchange is done; the holder wraps up."""

from answerback.domain.conversations.commands import End
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation


async def end_conversation(pool: Pool, reader: Reader, conversation_id: int) -> MoveResult:
    command = End(agent=UserId(reader.user_id), by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command)
