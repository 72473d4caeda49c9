"""What happens when time is over: offers run out, snoozes end, wrap-up frees capacity, silence closes.

Each function does one batch and says whether there may be more. Work that somebody else is on is left to them.
"""

from typing import Final, Literal

from answerback.domain.conversations.commands import AutoClose, Command, TimeOutOffer, Wake
from answerback.domain.conversations.outcome import Moved
from answerback.storage.agents import mark_idle
from answerback.storage.connection import Pool
from answerback.storage.conversations import lock_conversations
from answerback.storage.deadlines import BATCH, due_conversations, end_affinity, release_capacity
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify
from answerback.usecases.move_conversation import carry_out

Deadline = Literal["offer", "wake", "close"]
ORDERS: Final[dict[Deadline, Command]] = {"offer": TimeOutOffer(), "wake": Wake(), "close": AutoClose()}


async def move_due(pool: Pool, deadline: Deadline) -> bool:
    """Move what is due; the machine looks at the time again, for the row may have changed while we took the lock."""
    async with pool.acquire() as connection, connection.transaction():
        ids = await due_conversations(connection, deadline)
        if not ids:
            return False
        locked = await lock_conversations(connection, ids, wait=False)
        results = await carry_out(connection, [(each, ORDERS[deadline]) for each in locked], None)
        moved = any(isinstance(result, Moved) for result in results)
        if moved:
            await notify(connection, "event", "route")
        return moved and len(ids) == BATCH


async def release_due_capacity(pool: Pool) -> bool:
    """Wrap-up stops taking capacity after its seconds: the agent may get work, and screens show it."""
    async with pool.acquire() as connection, connection.transaction():
        released = await release_capacity(connection)
        if not released:
            return False
        facts = {"capacity": "released"}
        events = [
            NewEvent("ConversationUpdated", conversation_id=at, contact_id=contact, user_id=agent, data=facts)
            for at, contact, agent in released
        ]
        await append(connection, events)
        await mark_idle(connection, sorted({agent for _, _, agent in released}))
        await notify(connection, "event", "route")
        return len(released) == BATCH


async def end_due_affinity(pool: Pool) -> bool:
    """The agent who was waited for did not come: the queue may take it."""
    async with pool.acquire() as connection, connection.transaction():
        ended = await end_affinity(connection)
        if ended:
            await notify(connection, "route")
        return ended == BATCH
