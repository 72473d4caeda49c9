"""What the tests of the conversation machine stand on: people, a queue, a clock, and a short way to move."""

from datetime import UTC, datetime, timedelta

from answerback.domain.conversations.commands import Accept, Command, Leave, Offer
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal, Moved
from answerback.domain.conversations.state import Conversation, Policy, State
from answerback.domain.ids import ConversationId, QueueId, UserId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA, BEN, SUE = UserId(1), UserId(2), UserId(9)  # Sue is a supervisor
SALES, HELP = QueueId(1), QueueId(2)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def opened(policy: Policy | None = None) -> Conversation:
    """A conversation as a first text at noon leaves it."""
    return Conversation(
        id=ConversationId(7),
        queue_id=SALES,
        state=State.OPEN,
        state_since=NOON,
        policy=policy or Policy(),
        queued_at=NOON,
        waiting_since=NOON,
        auto_close_at=at(2_592_000),
    )


def do(conversation: Conversation, *commands: Command, seconds: float = 10) -> Conversation:
    """Move by legal moves."""
    for command in commands:
        outcome = move(conversation, command, at(seconds))
        assert isinstance(outcome, Moved), outcome
        conversation = outcome.conversation
    return conversation


def done(conversation: Conversation, command: Command, seconds: float = 10) -> Moved:
    """One legal move with its events."""
    outcome = move(conversation, command, at(seconds))
    assert isinstance(outcome, Moved), outcome
    return outcome


def refused(conversation: Conversation, command: Command, seconds: float = 10) -> Illegal:
    """One illegal move."""
    outcome = move(conversation, command, at(seconds))
    assert isinstance(outcome, Illegal), outcome
    return outcome


def offered(policy: Policy | None = None) -> Conversation:
    """Offered to Ana for two minutes."""
    return do(opened(policy), Offer(ANA, at(120)))


def active(policy: Policy | None = None) -> Conversation:
    """Ana works on it."""
    return do(offered(policy), Accept(ANA))


def waiting(policy: Policy | None = None) -> Conversation:
    """Ana left it."""
    return do(active(policy), Leave(ANA))
