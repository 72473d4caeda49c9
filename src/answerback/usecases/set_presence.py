"""An agent says whether work may come. Going offline takes open offers back at once; active work has the grace time."""

from answerback.domain.conversations.commands import WithdrawOffer
from answerback.storage.agents import set_presence_row
from answerback.storage.connection import Pool
from answerback.storage.conversations import lock_conversations
from answerback.storage.events import NewEvent, append
from answerback.storage.offers import pending_offers_of
from answerback.storage.views import AgentView, agents
from answerback.storage.views.shapes import Presence
from answerback.storage.wakeups import notify
from answerback.usecases.move_conversation import carry_out

WENT_OFFLINE = WithdrawOffer("agent_offline")


async def set_presence(pool: Pool, user_id: int, presence: Presence) -> AgentView:
    """The agent as everybody sees them now."""
    await store_presence(pool, user_id, presence)
    return (await agents(pool, [user_id]))[user_id]


async def store_presence(pool: Pool, user_id: int, presence: Presence) -> None:
    """First the presence, so that no new offer is made, then the offers: a crash between leaves them to run out."""
    async with pool.acquire() as connection, connection.transaction():
        before = await set_presence_row(connection, user_id, presence)
        if before != presence:
            facts = {"presence": presence, "before": before}
            await append(connection, [NewEvent("PresenceChanged", actor_id=user_id, user_id=user_id, data=facts)])
            await notify(connection, "event", "route")
    if presence == "offline":
        await _withdraw_offers(pool, user_id)


async def _withdraw_offers(pool: Pool, user_id: int) -> None:
    async with pool.acquire() as connection, connection.transaction():
        found = await lock_conversations(connection, await pending_offers_of(connection, user_id))
        offered = [each for each in found if each.conversation.agent_id == user_id]
        if offered:
            await carry_out(connection, [(each, WENT_OFFLINE) for each in offered], None)
            await notify(connection, "event", "route")
