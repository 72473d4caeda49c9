"""The moves at the end and after it: close, close for silence, reopen; and a text that brings work back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from answerback.domain.conversations.commands import AutoClose, Close, CustomerWrote, Reopen
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.outcome import Illegal, Moved, Reason, enter
from answerback.domain.conversations.state import Conversation, State
from answerback.domain.ids import UserId

INACTIVE: Final = "inactive"
NOT_ROUTED: Final = "not_routed"
"""Close reason of a thread made only to hold texts that are not routed (keywords, blocked senders)."""


def close(conversation: Conversation, command: Close, now: datetime) -> Moved:
    """The last holder stays named, so that affinity can find them if the customer writes again."""
    return _closed(conversation, command.reason, command.disposition, now)


def auto_close(conversation: Conversation, _: AutoClose, now: datetime) -> Moved | Illegal:
    """Only once the time that the state allows is over."""
    if conversation.auto_close_at is None or conversation.auto_close_at > now:
        return Illegal("This conversation cannot be closed for inactivity yet.", Reason.NOT_DUE)
    return _closed(conversation, INACTIVE, None, now)


def reopen(conversation: Conversation, command: Reopen, now: datetime) -> Moved | Illegal:
    """Back in the queue, first for the agent who asked; for a supervisor's wish, first for the last holder."""
    if not in_reopen_window(conversation, now):
        return Illegal(
            "This conversation was closed too long ago to be reopened: a new one starts when the customer writes.",
            Reason.REOPEN_WINDOW_OVER,
        )
    agent = conversation.agent_id if command.by_supervisor else command.by
    return Moved(_opened(conversation, agent, now), (Happened(Kind.REOPENED, command.by),))


def hear_customer(conversation: Conversation, command: CustomerWrote, now: datetime) -> Moved | Illegal:
    """What a text does in every state; `ingest_texts` in the database does the same and a test holds them together."""
    heard = () if command.by_call else (Happened(Kind.MESSAGE_RECEIVED),)
    holder = conversation.agent_id
    events: tuple[Happened, ...]
    match conversation.state:
        case State.OPEN | State.OFFERED | State.ACTIVE:
            moved, events = enter(conversation, conversation.state, now), heard
        case State.WAITING:
            moved, events = _opened(conversation, holder, now), (*heard, Happened(Kind.QUEUED, holder))
        case State.WRAP_UP:
            moved, events = enter(conversation, State.ACTIVE, now), (*heard, Happened(Kind.RESUMED, holder))
        case State.CLOSED:
            if conversation.close_reason == NOT_ROUTED or not in_reopen_window(conversation, now):
                return Illegal("This conversation is over: the text starts a new one.", Reason.REOPEN_WINDOW_OVER)
            moved, events = _opened(conversation, holder, now), (Happened(Kind.REOPENED), *heard)
    return Moved(replace(moved, waiting_since=conversation.waiting_since or now), events)


def in_reopen_window(conversation: Conversation, now: datetime) -> bool:
    """Whether a closed conversation may be opened again; a window of 0 means never."""
    window = timedelta(seconds=conversation.policy.reopen_seconds)
    return conversation.closed_at is not None and conversation.closed_at > now - window


def _closed(conversation: Conversation, reason: str, disposition: str | None, now: datetime) -> Moved:
    offered = conversation.state is State.OFFERED
    withdrawn = (Happened(Kind.OFFER_WITHDRAWN, conversation.agent_id, {"reason": "closed"}),) if offered else ()
    holder = None if offered else conversation.agent_id
    moved = replace(
        enter(conversation, State.CLOSED, now),
        agent_id=holder,
        affinity_agent_id=None,
        affinity_until=None,
        transfer_agent_id=None,
        queued_at=None,
        waiting_since=None,
        closed_at=now,
        close_reason=reason,
        disposition=disposition or conversation.disposition,
    )
    return Moved(moved, (*withdrawn, Happened(Kind.CLOSED, holder, {"reason": reason})))


def _opened(conversation: Conversation, affinity: UserId | None, now: datetime) -> Conversation:
    wanted = affinity if conversation.policy.affinity else None
    grace = timedelta(seconds=conversation.policy.affinity_grace_seconds)
    return replace(
        enter(conversation, State.OPEN, now),
        agent_id=None,
        affinity_agent_id=wanted,
        affinity_until=now + grace if wanted is not None else None,
        queued_at=now,
        closed_at=None,
        close_reason=None,
    )
