"""A conversation as the machine sees it: the columns that a move may change, and its workstream's policy.

Field names are the columns' names, so that storage can write back what changed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from answerback.domain.ids import ConversationId, QueueId, UserId


class State(StrEnum):
    """Where a conversation stands; at most one that is not closed exists per number and contact."""

    OPEN = "open"
    OFFERED = "offered"
    ACTIVE = "active"
    WAITING = "waiting"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


HELD: Final = frozenset({State.OFFERED, State.ACTIVE, State.WAITING, State.WRAP_UP})
"""The states in which `agent_id` names somebody. When closed it names the last holder, if there was one."""


class WrapUpCapacity(StrEnum):
    """How long a conversation in wrap-up takes up its agent's capacity."""

    ALWAYS = "always"
    FOR_SECONDS = "for_seconds"
    NEVER = "never"


class AgentLostRule(StrEnum):
    """What becomes of an active conversation whose agent vanished."""

    STAY = "stay"
    RETURN_TO_QUEUE = "return_to_queue"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the workstream says about its conversations. Names and defaults are those of the table `workstream`."""

    affinity: bool = True
    affinity_grace_seconds: int = 120
    wrap_up_capacity: WrapUpCapacity = WrapUpCapacity.FOR_SECONDS
    wrap_up_seconds: int = 60
    reopen_seconds: int = 86_400
    agent_lost_rule: AgentLostRule = AgentLostRule.RETURN_TO_QUEUE
    auto_close_open_seconds: int = 2_592_000
    auto_close_active_seconds: int = 2_592_000
    auto_close_waiting_seconds: int = 259_200
    auto_close_wrap_up_seconds: int = 86_400


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; every change goes through `machine.move`."""

    id: ConversationId
    queue_id: QueueId
    state: State
    state_since: datetime
    policy: Policy
    agent_id: UserId | None = None
    affinity_agent_id: UserId | None = None
    affinity_until: datetime | None = None
    transfer_agent_id: UserId | None = None
    queued_at: datetime | None = None
    offer_expires_at: datetime | None = None
    wake_at: datetime | None = None
    capacity_until: datetime | None = None
    auto_close_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: str | None = None
    disposition: str | None = None
    waiting_since: datetime | None = None
    version: int = 1
