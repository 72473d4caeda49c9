"""The moves that hand a conversation on: to a queue, to an agent, or back because its agent vanished."""

from dataclasses import replace
from datetime import datetime

from answerback.domain.conversations import offering
from answerback.domain.conversations.commands import AgentLost, TransferToAgent, TransferToQueue
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.outcome import Illegal, Moved, Reason, enter
from answerback.domain.conversations.state import AgentLostRule, Conversation, State


def transfer_to_queue(conversation: Conversation, command: TransferToQueue, now: datetime) -> Moved | Illegal:
    """To the holder's own queue it means: release. In the queue already it would mean nothing."""
    same = command.queue == conversation.queue_id
    if same and conversation.state is State.OPEN and conversation.transfer_agent_id is None:
        return Illegal("This conversation is in that queue already: choose another queue.", Reason.ALREADY_THERE)
    moved = replace(_queue_again(conversation, now), queue_id=command.queue, transfer_agent_id=None)
    facts = {"queue_id": command.queue, "from_queue_id": conversation.queue_id}
    return Moved(moved, (*_withdrawn(conversation), Happened(Kind.TRANSFERRED, conversation.agent_id, facts)))


def transfer_to_agent(conversation: Conversation, command: TransferToAgent, now: datetime) -> Moved | Illegal:
    """It waits for that agent alone; the router gives it to the queue when they refuse or are not there."""
    if command.agent in (conversation.agent_id, conversation.transfer_agent_id):
        return Illegal("This conversation is with that agent already: choose another agent.", Reason.ALREADY_THERE)
    moved = replace(_queue_again(conversation, now), transfer_agent_id=command.agent)
    facts = {"agent_id": command.agent}
    return Moved(moved, (*_withdrawn(conversation), Happened(Kind.TRANSFERRED, conversation.agent_id, facts)))


def lose_agent(conversation: Conversation, command: AgentLost, now: datetime) -> Moved | Illegal:
    """An open offer is withdrawn; active work returns to where it stood in the queue, or stays, by policy."""
    reason = {"reason": "agent_lost"}
    if conversation.state is State.OFFERED:
        return offering.withdraw(conversation, reason["reason"], now)
    if conversation.policy.agent_lost_rule is AgentLostRule.STAY:
        stayed = enter(conversation, conversation.state, now)
        return Moved(stayed, (Happened(Kind.UPDATED, command.agent, {**reason, "stays": True}),))
    moved = replace(
        enter(conversation, State.OPEN, now),
        agent_id=None,
        queued_at=conversation.waiting_since or conversation.queued_at or now,
    )
    return Moved(moved, (Happened(Kind.RETURNED, command.agent, dict(reason)),))


def _queue_again(conversation: Conversation, now: datetime) -> Conversation:
    """In the queue without affinity; a customer still without an answer keeps their place."""
    return replace(
        enter(conversation, State.OPEN, now),
        agent_id=None,
        affinity_agent_id=None,
        affinity_until=None,
        queued_at=conversation.waiting_since or now,
    )


def _withdrawn(conversation: Conversation) -> tuple[Happened, ...]:
    if conversation.state is not State.OFFERED:
        return ()
    return (Happened(Kind.OFFER_WITHDRAWN, conversation.agent_id, {"reason": "transferred"}),)
