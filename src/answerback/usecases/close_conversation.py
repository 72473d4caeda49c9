"""Wrap-up is done; or a supervisor closes by force whatever the state."""

from answerback.domain.conversations.commands import Close
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation

BY_AGENT = "ended"


async def close_conversation(
    pool: Pool, reader: Reader, conversation_id: int, *, disposition: str | None = None, note: str | None = None
) -> MoveResult:
    """`disposition` says how it went; `note` is kept in the thread."""
    command = Close(by=UserId(reader.user_id), reason=BY_AGENT, disposition=disposition, by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command, note=note)
