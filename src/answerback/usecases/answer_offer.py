"""What accepting and declining share: the offer must be this agent's and still stand."""

from typing import Final

from answerback.domain.conversations.commands import Accept, Decline
from answerback.domain.conversations.outcome import Illegal, Reason
from answerback.storage.connection import Pool
from answerback.storage.conversations import lock_conversations
from answerback.storage.offers import OfferRow, find_offer
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_locked
from answerback.usecases.refusals import NotFound

OVER: Final = {
    "accepted": "You have accepted this offer already, perhaps in another window: look under My.",
    "declined": "You have declined this offer already, perhaps in another window.",
    "timed_out": "This offer ran out of time and the conversation went back to the queue.",
    "withdrawn": "This offer was withdrawn: the conversation is no longer offered to you.",
}


async def answer_offer(pool: Pool, reader: Reader, offer_id: int, command: Accept | Decline) -> MoveResult:
    """Accept or decline. The offer is read again under the conversation's lock, so that of two answers one wins."""
    async with pool.acquire() as connection, connection.transaction():
        offer = await find_offer(connection, offer_id)
        if offer is None or offer.agent_id != reader.user_id:
            return NotFound(f"offer {offer_id}")
        await lock_conversations(connection, [offer.conversation_id])
        offer = await find_offer(connection, offer_id)
        refusal = _refusal(offer)
        if offer is None or refusal is not None:
            return refusal or NotFound(f"offer {offer_id}")
        return await move_locked(connection, offer.conversation_id, command, reader.user_id)


def _refusal(offer: OfferRow | None) -> Illegal | None:
    if offer is None or offer.state == "pending":
        return None
    return Illegal(OVER[offer.state], Reason.WRONG_STATE)
