"""The table of legal moves, as data: who may ask for what in which state, where it leads, what it tells the log.

A pair that is not here is illegal. docs/reference/conversation-states.md is this table in prose; a test compares them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from answerback.domain.conversations.commands import (
    Accept,
    AgentLost,
    AutoAccept,
    AutoClose,
    Close,
    Command,
    CustomerWrote,
    Decline,
    End,
    Leave,
    Offer,
    Pick,
    Reopen,
    Snooze,
    TimeOutOffer,
    TransferToAgent,
    TransferToQueue,
    Wake,
    WithdrawOffer,
)
from answerback.domain.conversations.events import Kind
from answerback.domain.conversations.state import State


class Who(StrEnum):
    """Who may ask. That an agent may see the conversation at all is the caller's question, not the machine's."""

    SYSTEM = "the system"
    CUSTOMER = "the customer"
    AGENT = "an agent"
    OFFERED_AGENT = "the agent it is offered to"
    HOLDER = "the holder or a supervisor"
    SUPERVISOR = "a supervisor"


@dataclass(frozen=True, slots=True)
class Rule:
    """One legal move. `to` and `emits` list everything the move can lead to and tell; `emits` in order."""

    who: Who
    to: tuple[State, ...]
    emits: tuple[Kind, ...]
    note: str = ""


_OPEN, _OFFERED, _ACTIVE = State.OPEN, State.OFFERED, State.ACTIVE
_WAITING, _WRAP_UP, _CLOSED = State.WAITING, State.WRAP_UP, State.CLOSED
_HEARD = Kind.MESSAGE_RECEIVED

_TO_AGENT = "transfer target set; only that agent is offered it, failing that the queue"
_TO_QUEUE = "keeps its place if the customer is unanswered; affinity is dropped"

RULES: Final[dict[tuple[State, type[Command]], Rule]] = {
    (_OPEN, Offer): Rule(Who.SYSTEM, (_OFFERED,), (Kind.OFFERED,)),
    (_OPEN, Pick): Rule(Who.AGENT, (_ACTIVE,), (Kind.PICKED,)),
    (_OPEN, CustomerWrote): Rule(Who.CUSTOMER, (_OPEN,), (_HEARD,), "keeps its place in the queue"),
    (_OPEN, TransferToQueue): Rule(Who.AGENT, (_OPEN,), (Kind.TRANSFERRED,), _TO_QUEUE),
    (_OPEN, TransferToAgent): Rule(Who.AGENT, (_OPEN,), (Kind.TRANSFERRED,), _TO_AGENT),
    (_OPEN, Close): Rule(Who.SUPERVISOR, (_CLOSED,), (Kind.CLOSED,)),
    (_OPEN, AutoClose): Rule(Who.SYSTEM, (_CLOSED,), (Kind.CLOSED,)),
    (_OFFERED, Accept): Rule(Who.OFFERED_AGENT, (_ACTIVE,), (Kind.OFFER_ACCEPTED,)),
    (_OFFERED, AutoAccept): Rule(Who.SYSTEM, (_ACTIVE,), (Kind.OFFER_ACCEPTED,)),
    (_OFFERED, Decline): Rule(Who.OFFERED_AGENT, (_OPEN,), (Kind.OFFER_DECLINED,), "keeps its place; counts"),
    (_OFFERED, TimeOutOffer): Rule(
        Who.SYSTEM, (_OPEN,), (Kind.OFFER_TIMED_OUT,), "keeps its place; counts as declined"
    ),
    (_OFFERED, WithdrawOffer): Rule(Who.SYSTEM, (_OPEN,), (Kind.OFFER_WITHDRAWN,), "keeps its place; does not count"),
    (_OFFERED, AgentLost): Rule(Who.SYSTEM, (_OPEN,), (Kind.OFFER_WITHDRAWN,), "keeps its place; does not count"),
    (_OFFERED, CustomerWrote): Rule(Who.CUSTOMER, (_OFFERED,), (_HEARD,)),
    (_OFFERED, TransferToQueue): Rule(Who.SUPERVISOR, (_OPEN,), (Kind.OFFER_WITHDRAWN, Kind.TRANSFERRED), _TO_QUEUE),
    (_OFFERED, TransferToAgent): Rule(Who.SUPERVISOR, (_OPEN,), (Kind.OFFER_WITHDRAWN, Kind.TRANSFERRED), _TO_AGENT),
    (_OFFERED, Close): Rule(Who.SUPERVISOR, (_CLOSED,), (Kind.OFFER_WITHDRAWN, Kind.CLOSED)),
    (_OFFERED, AutoClose): Rule(Who.SYSTEM, (_CLOSED,), (Kind.OFFER_WITHDRAWN, Kind.CLOSED)),
    (_ACTIVE, Leave): Rule(Who.HOLDER, (_WAITING,), (Kind.LEFT,), "capacity freed"),
    (_ACTIVE, Snooze): Rule(Who.HOLDER, (_WAITING,), (Kind.SNOOZED,), "capacity freed; wakes at the time given"),
    (_ACTIVE, End): Rule(Who.HOLDER, (_WRAP_UP,), (Kind.ENDED,), "capacity as the workstream says"),
    (_ACTIVE, CustomerWrote): Rule(Who.CUSTOMER, (_ACTIVE,), (_HEARD,)),
    (_ACTIVE, TransferToQueue): Rule(Who.HOLDER, (_OPEN,), (Kind.TRANSFERRED,), _TO_QUEUE),
    (_ACTIVE, TransferToAgent): Rule(Who.HOLDER, (_OPEN,), (Kind.TRANSFERRED,), _TO_AGENT),
    (_ACTIVE, AgentLost): Rule(
        Who.SYSTEM,
        (_OPEN, _ACTIVE),
        (Kind.RETURNED, Kind.UPDATED),
        "returns to its old place, or stays, as the workstream says",
    ),
    (_ACTIVE, Close): Rule(Who.SUPERVISOR, (_CLOSED,), (Kind.CLOSED,)),
    (_ACTIVE, AutoClose): Rule(Who.SYSTEM, (_CLOSED,), (Kind.CLOSED,)),
    (_WAITING, Pick): Rule(Who.HOLDER, (_ACTIVE,), (Kind.PICKED,), "a supervisor takes it over"),
    (_WAITING, Snooze): Rule(Who.HOLDER, (_WAITING,), (Kind.SNOOZED,)),
    (_WAITING, Wake): Rule(Who.SYSTEM, (_OPEN,), (Kind.WOKEN,), "first to the agent who snoozed it"),
    (_WAITING, End): Rule(Who.HOLDER, (_WRAP_UP,), (Kind.ENDED,), "capacity as the workstream says"),
    (_WAITING, CustomerWrote): Rule(
        Who.CUSTOMER, (_OPEN,), (_HEARD, Kind.QUEUED), "first to the same agent, if affinity is on"
    ),
    (_WAITING, TransferToQueue): Rule(Who.HOLDER, (_OPEN,), (Kind.TRANSFERRED,), _TO_QUEUE),
    (_WAITING, TransferToAgent): Rule(Who.HOLDER, (_OPEN,), (Kind.TRANSFERRED,), _TO_AGENT),
    (_WAITING, Close): Rule(Who.SUPERVISOR, (_CLOSED,), (Kind.CLOSED,)),
    (_WAITING, AutoClose): Rule(Who.SYSTEM, (_CLOSED,), (Kind.CLOSED,)),
    (_WRAP_UP, Pick): Rule(Who.HOLDER, (_ACTIVE,), (Kind.PICKED,), "ended too early"),
    (_WRAP_UP, CustomerWrote): Rule(Who.CUSTOMER, (_ACTIVE,), (_HEARD, Kind.RESUMED), "stays with its agent"),
    (_WRAP_UP, TransferToQueue): Rule(Who.HOLDER, (_OPEN,), (Kind.TRANSFERRED,), _TO_QUEUE),
    (_WRAP_UP, TransferToAgent): Rule(Who.HOLDER, (_OPEN,), (Kind.TRANSFERRED,), _TO_AGENT),
    (_WRAP_UP, Close): Rule(Who.HOLDER, (_CLOSED,), (Kind.CLOSED,)),
    (_WRAP_UP, AutoClose): Rule(Who.SYSTEM, (_CLOSED,), (Kind.CLOSED,)),
    (_CLOSED, CustomerWrote): Rule(
        Who.CUSTOMER, (_OPEN,), (Kind.REOPENED, _HEARD), "within the reopen window; after it a new conversation starts"
    ),
    (_CLOSED, Reopen): Rule(
        Who.AGENT, (_OPEN,), (Kind.REOPENED,), "within the reopen window; first to who reopened it"
    ),
}
