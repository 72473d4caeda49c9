"""How a move ends: done, with its events, or refused with a sentence for people; and what every move has in common."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from answerback.domain.conversations.events import Happened
from answerback.domain.conversations.state import Conversation, Policy, State


@dataclass(frozen=True, slots=True)
class Moved:
    """The conversation after the move, one version on, and what happened: at least one event."""

    conversation: Conversation
    events: tuple[Happened, ...]


class Reason(StrEnum):
    """Why a move is illegal, for programs."""

    WRONG_STATE = "wrong_state"
    NOT_HOLDER = "not_holder"
    NOT_OFFERED_TO_AGENT = "not_offered_to_agent"
    SUPERVISOR_ONLY = "supervisor_only"
    NOT_DUE = "not_due"
    TIME_IS_PAST = "time_is_past"
    REOPEN_WINDOW_OVER = "reopen_window_over"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True, slots=True)
class Illegal:
    """The move is refused and nothing has changed. `sentence` is for the person who asked."""

    sentence: str
    reason: Reason


def enter(conversation: Conversation, state: State, now: datetime) -> Conversation:
    """`conversation` one version on in `state`, with what belonged only to the state left behind cleared."""
    return replace(
        conversation,
        state=state,
        state_since=conversation.state_since if state is conversation.state else now,
        offer_expires_at=conversation.offer_expires_at if state is State.OFFERED else None,
        wake_at=conversation.wake_at if state is State.WAITING else None,
        capacity_until=None,
        auto_close_at=auto_close_time(conversation.policy, state, now),
        version=conversation.version + 1,
    )


def auto_close_time(policy: Policy, state: State, now: datetime) -> datetime | None:
    """When a conversation that enters `state` now is closed if nothing more happens."""
    match state:
        case State.OPEN | State.OFFERED:
            seconds = policy.auto_close_open_seconds
        case State.ACTIVE:
            seconds = policy.auto_close_active_seconds
        case State.WAITING:
            seconds = policy.auto_close_waiting_seconds
        case State.WRAP_UP:
            # A longer hold on the agent's capacity wins, or the work would vanish under their hands.
            seconds = max(policy.auto_close_wrap_up_seconds, policy.wrap_up_seconds)
        case State.CLOSED:
            return None
    return now + timedelta(seconds=seconds)
