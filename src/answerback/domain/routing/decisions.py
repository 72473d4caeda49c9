"""What routing decides about a waiting conversation, and the explanation that is stored with it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from answerback.domain.ids import ConversationId, UserId


class Test(StrEnum):
    """What an agent must pass to be offered a conversation, in the order of asking."""

    __test__ = False  # not for pytest

    QUEUE = "queue"
    PRESENCE = "presence"
    CONNECTED = "connected"
    DECLINES = "declines"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agent who passed every test, with the facts that set their place."""

    agent_id: UserId
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Failed:
    """A test, and the agents whom it was the first to rule out: how many, and the first hundred of them."""

    test: Test
    agent_ids: tuple[UserId, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why it was decided so: a sentence, and what a person needs to check it. `order` holds the first twenty."""

    sentence: str
    method: str
    rules_version: str
    order: tuple[Ranked, ...] = ()
    failed: tuple[Failed, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """Offer it to this agent until then."""

    conversation_id: ConversationId
    agent_id: UserId
    expires_at: datetime
    auto_accept: bool
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody can take it now; it keeps its place."""

    conversation_id: ConversationId
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Held:
    """It waits for one agent until then."""

    conversation_id: ConversationId
    until: datetime
    explanation: Explanation


Decision = Offered | Nobody | Held
