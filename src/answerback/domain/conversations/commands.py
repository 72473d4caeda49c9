"""What may be asked of a conversation. An order is only a wish: `machine.move` decides.

`by_supervisor` says that the one who asks may act on work that others hold; the caller has checked that right.
"""

from dataclasses import dataclass
from datetime import datetime

from answerback.domain.ids import QueueId, UserId


@dataclass(frozen=True, slots=True)
class Offer:
    """The router puts the conversation to an agent, who has until `expires_at`."""

    agent: UserId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Accept:
    """The agent takes the offer."""

    agent: UserId


@dataclass(frozen=True, slots=True)
class AutoAccept:
    """The workstream takes the offer in the agent's name."""


@dataclass(frozen=True, slots=True)
class Decline:
    """The agent does not take the offer."""

    agent: UserId


@dataclass(frozen=True, slots=True)
class TimeOutOffer:
    """The offer's time is over."""


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """The offer no longer stands, for instance because the agent went away."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pick:
    """An agent takes a conversation from Open, or goes back to one of their own that waits."""

    agent: UserId
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """The holder steps out without ending: the customer may write on."""

    agent: UserId
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Snooze:
    """The holder puts it aside until a time."""

    agent: UserId
    until: datetime
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Wake:
    """The snooze is over."""


@dataclass(frozen=True, slots=True)
class End:
    """The exchange is done; the holder wraps up."""

    agent: UserId
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """Wrap-up is done, or a supervisor closes by force."""

    by: UserId
    reason: str
    disposition: str | None = None
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class CustomerWrote:
    """A text came in. The database function `ingest_texts` makes this move for whole batches.

    `by_call`: a missed call, which comes to an agent the same way; whoever keeps calls tells of it.
    """

    by_call: bool = False


@dataclass(frozen=True, slots=True)
class TransferToQueue:
    """Hand the conversation to a queue; to its own queue means: release it."""

    queue: QueueId
    by: UserId
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class TransferToAgent:
    """Hand the conversation to one agent, who gets the only offer; failing that it queues like any other."""

    agent: UserId
    by: UserId
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class AgentLost:
    """The holder's last screen went away and the grace time is over."""

    agent: UserId


@dataclass(frozen=True, slots=True)
class Reopen:
    """A person opens a closed conversation again."""

    by: UserId
    by_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class AutoClose:
    """Nothing has happened for as long as the workstream allows."""


Command = (
    Offer
    | Accept
    | AutoAccept
    | Decline
    | TimeOutOffer
    | WithdrawOffer
    | Pick
    | Leave
    | Snooze
    | Wake
    | End
    | Close
    | CustomerWrote
    | TransferToQueue
    | TransferToAgent
    | AgentLost
    | Reopen
    | AutoClose
)
