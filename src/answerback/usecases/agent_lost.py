"""An agent has been gone for longer than the grace time: open offers are withdrawn and active work goes back.

Each conversation that goes back carries a note that says why, for whoever takes it next.
"""

from answerback.domain.conversations.commands import AgentLost
from answerback.domain.conversations.outcome import Illegal, Moved
from answerback.domain.conversations.state import State
from answerback.domain.ids import UserId
from answerback.storage.agents import lock_lost_agent, lost_agents, settle_lost_agent, work_of
from answerback.storage.connection import Connection, Pool
from answerback.storage.conversations import Locked, lock_conversations
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify
from answerback.usecases.move_conversation import carry_out, keep_note


async def hand_back_lost_work(pool: Pool, grace_seconds: float) -> None:
    """For every agent who is gone, one transaction each."""
    for user_id in await lost_agents(pool, grace_seconds):
        async with pool.acquire() as connection, connection.transaction():
            await _hand_back(connection, user_id, grace_seconds)


async def _hand_back(connection: Connection, user_id: int, grace_seconds: float) -> None:
    """Conversations are locked before the agent, as everywhere, so that nobody waits in a circle."""
    work = await work_of(connection, user_id)
    locked = [
        each
        for each in await lock_conversations(connection, [row.conversation_id for row in work])
        if each.conversation.agent_id == user_id and each.conversation.state in (State.OFFERED, State.ACTIVE)
    ]
    if not await lock_lost_agent(connection, user_id, grace_seconds):
        return  # came back, or another process was faster
    results = await carry_out(connection, [(each, AgentLost(UserId(user_id))) for each in locked], None)
    queues = {row.conversation_id: row.queue for row in work}
    name, before = await settle_lost_agent(connection, user_id)
    why = "went offline" if before == "offline" else "lost the connection"
    for each, result in zip(locked, results, strict=True):
        if _went_back(each, result):
            queue = queues[each.conversation.id]
            await keep_note(connection, each, f"{name} {why}; the conversation went back to {queue}.", None)
    await append(connection, _news(user_id, before, len(locked)))
    await notify(connection, "event", "route")


def _went_back(locked: Locked, result: Moved | Illegal) -> bool:
    was_active = locked.conversation.state is State.ACTIVE
    return was_active and isinstance(result, Moved) and result.conversation.state is State.OPEN


def _news(user_id: int, before: str, conversations: int) -> list[NewEvent]:
    """Nothing at all when the agent was offline and held nothing."""
    lost = NewEvent("AgentLost", user_id=user_id, data={"conversations": conversations})
    if before != "offline":
        changed = {"presence": "offline", "before": before, "reason": "agent_lost"}
        return [lost, NewEvent("PresenceChanged", user_id=user_id, data=changed)]
    return [lost] if conversations else []
