"""The moves of an offer: made, taken, refused, timed out, withdrawn."""

from dataclasses import replace
from datetime import datetime

from answerback.domain.conversations.commands import AutoAccept, Offer, TimeOutOffer
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.outcome import Illegal, Moved, Reason, enter
from answerback.domain.conversations.state import Conversation, State


def offer(conversation: Conversation, command: Offer, now: datetime) -> Moved | Illegal:
    """Affinity, transfer target and place in the queue are kept, in case the offer comes to nothing."""
    if command.expires_at <= now:
        return Illegal("The offer would end before it begins: give it an end in the future.", Reason.TIME_IS_PAST)
    moved = replace(
        enter(conversation, State.OFFERED, now), agent_id=command.agent, offer_expires_at=command.expires_at
    )
    return Moved(moved, (Happened(Kind.OFFERED, command.agent),))


def accept(conversation: Conversation, now: datetime, *, auto: bool) -> Moved:
    """The offered agent holds the conversation; affinity and transfer have served."""
    moved = replace(
        enter(conversation, State.ACTIVE, now), affinity_agent_id=None, affinity_until=None, transfer_agent_id=None
    )
    return Moved(moved, (Happened(Kind.OFFER_ACCEPTED, conversation.agent_id, {"auto": True} if auto else {}),))


def auto_accept(conversation: Conversation, _: AutoAccept, now: datetime) -> Moved:
    """As if the agent had accepted."""
    return accept(conversation, now, auto=True)


def decline(conversation: Conversation, now: datetime) -> Moved:
    """Back to the queue; this agent is no longer the one it waits for."""
    return Moved(_back_to_queue(conversation, now), (Happened(Kind.OFFER_DECLINED, conversation.agent_id),))


def time_out(conversation: Conversation, _: TimeOutOffer, now: datetime) -> Moved | Illegal:
    """As a decline, but only once the time is over."""
    if conversation.offer_expires_at is not None and conversation.offer_expires_at > now:
        return Illegal("The offer cannot time out yet: its time is not over.", Reason.NOT_DUE)
    return Moved(_back_to_queue(conversation, now), (Happened(Kind.OFFER_TIMED_OUT, conversation.agent_id),))


def withdraw(conversation: Conversation, reason: str, now: datetime) -> Moved:
    """The offer goes away through no act of the agent, so affinity to them stays, but nobody is waited for by name."""
    moved = replace(enter(conversation, State.OPEN, now), agent_id=None, transfer_agent_id=None)
    return Moved(moved, (Happened(Kind.OFFER_WITHDRAWN, conversation.agent_id, {"reason": reason}),))


def _back_to_queue(conversation: Conversation, now: datetime) -> Conversation:
    refused = conversation.agent_id
    waited_for = conversation.affinity_agent_id == refused
    return replace(
        enter(conversation, State.OPEN, now),
        agent_id=None,
        affinity_agent_id=None if waited_for else conversation.affinity_agent_id,
        affinity_until=None if waited_for else conversation.affinity_until,
        transfer_agent_id=None if conversation.transfer_agent_id == refused else conversation.transfer_agent_id,
    )
