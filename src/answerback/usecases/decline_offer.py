"""An agent does not take the conversation that was offered: it goes back to its place in the queue."""

from answerback.domain.conversations.commands import Decline
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.answer_offer import answer_offer
from answerback.usecases.move_conversation import MoveResult


async def decline_offer(pool: Pool, reader: Reader, offer_id: int) -> MoveResult:
    return await answer_offer(pool, reader, offer_id, Decline(UserId(reader.user_id)))
