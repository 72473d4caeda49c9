"""An agent takes the conversation that was offered; the first of several screens wins, the others hear why not."""

from answerback.domain.conversations.commands import Accept
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.usecases.answer_offer import answer_offer
from answerback.usecases.move_conversation import MoveResult


async def accept_offer(pool: Pool, reader: Reader, offer_id: int) -> MoveResult:
    return await answer_offer(pool, reader, offer_id, Accept(UserId(reader.user_id)))
