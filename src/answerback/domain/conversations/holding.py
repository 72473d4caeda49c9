"""The moves of the agent who works on a conversation: pick, leave, snooze, wake, end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from answerback.domain.conversations.commands import End, Leave, Pick, Snooze, Wake
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.outcome import Illegal, Moved, Reason, auto_close_time, enter
from answerback.domain.conversations.state import Conversation, Policy, State, WrapUpCapacity

FAR_FUTURE: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""`capacity_until` of a workstream whose wrap-up always takes up capacity."""


def pick(conversation: Conversation, command: Pick, now: datetime) -> Moved:
    """The agent holds it; from Open it comes off the queue, from waiting or wrap-up they return to it."""
    moved = replace(
        enter(conversation, State.ACTIVE, now),
        agent_id=command.agent,
        affinity_agent_id=None,
        affinity_until=None,
        transfer_agent_id=None,
    )
    return Moved(moved, (Happened(Kind.PICKED, command.agent),))


def leave(conversation: Conversation, _: Leave, now: datetime) -> Moved:
    """Nobody works on it, but it stays the holder's."""
    moved = replace(enter(conversation, State.WAITING, now), wake_at=None)
    return Moved(moved, (Happened(Kind.LEFT, conversation.agent_id),))


def snooze(conversation: Conversation, command: Snooze, now: datetime) -> Moved | Illegal:
    """As leave, with a time at which it comes back; it is not closed for silence before that time."""
    if command.until <= now:
        return Illegal(
            "This conversation cannot be snoozed until a time in the past: choose a later time.", Reason.TIME_IS_PAST
        )
    moved = replace(
        enter(conversation, State.WAITING, now),
        wake_at=command.until,
        auto_close_at=auto_close_time(conversation.policy, State.WAITING, command.until),
    )
    return Moved(moved, (Happened(Kind.SNOOZED, conversation.agent_id, {"until": command.until.isoformat()}),))


def wake(conversation: Conversation, _: Wake, now: datetime) -> Moved | Illegal:
    """Back to the agent who snoozed it, also without affinity in the workstream: they asked for it back."""
    if conversation.wake_at is None or conversation.wake_at > now:
        return Illegal("This conversation cannot wake yet: its snooze is not over.", Reason.NOT_DUE)
    moved = replace(
        enter(conversation, State.OPEN, now),
        agent_id=None,
        queued_at=now,
        affinity_agent_id=conversation.agent_id,
        affinity_until=now + timedelta(seconds=conversation.policy.affinity_grace_seconds),
    )
    return Moved(moved, (Happened(Kind.WOKEN, conversation.agent_id),))


def end(conversation: Conversation, _: End, now: datetime) -> Moved:
    """The holder needs no further answer: whoever writes again resumes it."""
    moved = replace(
        enter(conversation, State.WRAP_UP, now),
        capacity_until=_capacity_until(conversation.policy, now),
        waiting_since=None,
    )
    return Moved(moved, (Happened(Kind.ENDED, conversation.agent_id),))


def _capacity_until(policy: Policy, now: datetime) -> datetime | None:
    match policy.wrap_up_capacity:
        case WrapUpCapacity.ALWAYS:
            return FAR_FUTURE
        case WrapUpCapacity.FOR_SECONDS:
            return now + timedelta(seconds=policy.wrap_up_seconds)
        case WrapUpCapacity.NEVER:
            return None
