"""An agent takes a conversation from Open, or goes back to one of their own that waits."""

from answerback.domain.conversations.commands import Pick
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation


async def pick_conversation(pool: Pool, reader: Reader, conversation_id: int) -> MoveResult:
    command = Pick(agent=UserId(reader.user_id), by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command)
