"""Hand a conversation to a queue or to one agent, with a note for whoever takes it."""

from answerback.domain.conversations.commands import TransferToAgent, TransferToQueue
from answerback.domain.ids import QueueId, UserId
from answerback.storage.connection import Pool
from answerback.storage.routing import agent_exists, queue_exists
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation
from answerback.usecases.refusals import NotFound


async def transfer_to_queue(
    pool: Pool, reader: Reader, conversation_id: int, queue_id: int, *, note: str | None = None
) -> MoveResult:
    """To its own queue means: release it."""
    if not await queue_exists(pool, queue_id):
        return NotFound(f"queue {queue_id}")
    command = TransferToQueue(QueueId(queue_id), UserId(reader.user_id), by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command, note=note)


async def transfer_to_agent(
    pool: Pool, reader: Reader, conversation_id: int, agent_id: int, *, note: str | None = None
) -> MoveResult:
    """That agent alone is offered it first; when they refuse or are not there it is the queue's."""
    if not await agent_exists(pool, agent_id):
        return NotFound(f"agent {agent_id}")
    command = TransferToAgent(UserId(agent_id), UserId(reader.user_id), by_supervisor=reader.sees_all)
    return await move_conversation(pool, reader, conversation_id, command, note=note)
