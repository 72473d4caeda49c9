"""What routing looks at: queues, agents and waiting conversations, frozen at one moment. Storage fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from answerback.domain.hours.state import HoursState
from answerback.domain.ids import ConversationId, QueueId, UserId


class Method(StrEnum):
    """How a queue chooses among its free agents."""

    HIGHEST_CAPACITY = "highest_capacity"
    ROUND_ROBIN = "round_robin"
    LEAST_ACTIVE = "least_active"


class Mode(StrEnum):
    """Whether conversations are offered to agents, or agents pick them."""

    PUSH = "push"
    PICK = "pick"


class Presence(StrEnum):
    """Where an agent is. Only the first two take offers."""

    AVAILABLE = "available"
    BUSY = "busy"
    DO_NOT_DISTURB = "do_not_disturb"
    AWAY = "away"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class QueueView:
    """A queue. A smaller priority group is served first. `hours` None: always open; times are said in `zone`."""

    id: QueueId
    name: str
    priority_group: int
    method: Method
    hours: HoursState | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class AgentView:
    """An agent: where they are, how full, and the queues they are members of."""

    id: UserId
    name: str
    presence: Presence
    connected: bool
    capacity_units: int
    used_units: int
    queues: frozenset[QueueId]
    last_assigned_at: datetime | None
    idle_since: datetime


@dataclass(frozen=True, slots=True)
class WaitingView:
    """An open conversation. `declines` counts per agent the offers declined or timed out since it was last queued."""

    id: ConversationId
    queue_id: QueueId
    units: int
    queued_at: datetime
    decline_limit: int
    offer_seconds: int
    mode: Mode = Mode.PUSH
    auto_accept: bool = False
    affinity_agent: UserId | None = None
    affinity_until: datetime | None = None
    transfer_agent: UserId | None = None
    declines: Mapping[UserId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything one pass decides on. The order within the tuples means nothing."""

    queues: tuple[QueueView, ...]
    agents: tuple[AgentView, ...]
    waiting: tuple[WaitingView, ...]
