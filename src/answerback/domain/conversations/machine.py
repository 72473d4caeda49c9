"""The conversation state machine: `move` looks the wish up in the table of legal moves and carries it out.

Pure: a refused move changes nothing, an accepted one gives a new value one version on. Not here: whether the person may
see the conversation at all (the caller knows their queues), and storing anything.
"""

from datetime import datetime
from typing import Final, assert_never

from answerback.domain.conversations import closing, handing, holding, offering
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
from answerback.domain.conversations.outcome import Illegal, Moved, Reason
from answerback.domain.conversations.rules import RULES, Who
from answerback.domain.conversations.state import Conversation, State
from answerback.domain.ids import UserId

_WISHES: Final[dict[type[Command], str]] = {
    Offer: "offer this conversation",
    Accept: "accept this conversation",
    AutoAccept: "accept this conversation for its agent",
    Decline: "decline this conversation",
    TimeOutOffer: "time out the offer of this conversation",
    WithdrawOffer: "withdraw the offer of this conversation",
    Pick: "pick this conversation",
    Leave: "leave this conversation",
    Snooze: "snooze this conversation",
    Wake: "wake this conversation",
    End: "end this conversation",
    Close: "close this conversation",
    CustomerWrote: "add a text to this conversation",
    TransferToQueue: "transfer this conversation",
    TransferToAgent: "transfer this conversation",
    AgentLost: "hand back this conversation",
    Reopen: "reopen this conversation",
    AutoClose: "close this conversation for inactivity",
}

_STANDS: Final[dict[State, str]] = {
    State.OPEN: "it is in the queue",
    State.OFFERED: "it is being offered to an agent",
    State.ACTIVE: "an agent is working on it",
    State.WAITING: "it is waiting for the customer",
    State.WRAP_UP: "it is in wrap-up",
    State.CLOSED: "it is closed",
}


def move(conversation: Conversation, command: Command, now: datetime, who: str = "You") -> Moved | Illegal:
    """Carry out `command`, or say why not. `who` begins the sentence of a refusal: a name, or "You"."""
    rule = RULES.get((conversation.state, type(command)))
    wish = f"{who} cannot {_WISHES[type(command)]}"
    if rule is None:
        return Illegal(f"{wish}: {_STANDS[conversation.state]}.", Reason.WRONG_STATE)
    actor, as_supervisor = _who_asks(command)
    match rule.who:
        case Who.OFFERED_AGENT if actor != conversation.agent_id:
            return Illegal(f"{wish}: it is offered to another agent.", Reason.NOT_OFFERED_TO_AGENT)
        case Who.HOLDER if actor != conversation.agent_id and not as_supervisor:
            return Illegal(f"{wish}: another agent holds it. Ask them or a supervisor.", Reason.NOT_HOLDER)
        case Who.SUPERVISOR if not as_supervisor:
            sentence = f"{wish}: {_STANDS[conversation.state]}, and only a supervisor may do that now."
            return Illegal(sentence, Reason.SUPERVISOR_ONLY)
        case Who.SYSTEM if isinstance(command, AgentLost) and actor != conversation.agent_id:
            return Illegal(f"{wish}: the agent who was lost does not hold it.", Reason.NOT_HOLDER)
        case _:
            return _carry_out(conversation, command, now)


def _who_asks(command: Command) -> tuple[UserId | None, bool]:
    """The user who asks (or whom the command is about), and whether as a supervisor."""
    match command:
        case Pick() | Leave() | Snooze() | End():
            return command.agent, command.by_supervisor
        case Close() | TransferToQueue() | TransferToAgent() | Reopen():
            return command.by, command.by_supervisor
        case Accept() | Decline() | AgentLost():
            return command.agent, False
        case Offer() | AutoAccept() | TimeOutOffer() | WithdrawOffer() | Wake() | CustomerWrote() | AutoClose():
            return None, False
        case _:
            assert_never(command)


def _carry_out(conversation: Conversation, command: Command, now: datetime) -> Moved | Illegal:
    match command:
        case Offer():
            return offering.offer(conversation, command, now)
        case Accept():
            return offering.accept(conversation, now, auto=False)
        case AutoAccept():
            return offering.auto_accept(conversation, command, now)
        case Decline():
            return offering.decline(conversation, now)
        case TimeOutOffer():
            return offering.time_out(conversation, command, now)
        case WithdrawOffer():
            return offering.withdraw(conversation, command.reason, now)
        case _:
            return _carry_out_held(conversation, command, now)


def _carry_out_held(
    conversation: Conversation,
    command: Pick
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
    | AutoClose,
    now: datetime,
) -> Moved | Illegal:
    match command:
        case Pick():
            return holding.pick(conversation, command, now)
        case Leave():
            return holding.leave(conversation, command, now)
        case Snooze():
            return holding.snooze(conversation, command, now)
        case Wake():
            return holding.wake(conversation, command, now)
        case End():
            return holding.end(conversation, command, now)
        case Close():
            return closing.close(conversation, command, now)
        case AutoClose():
            return closing.auto_close(conversation, command, now)
        case Reopen():
            return closing.reopen(conversation, command, now)
        case CustomerWrote():
            return closing.hear_customer(conversation, command, now)
        case TransferToQueue():
            return handing.transfer_to_queue(conversation, command, now)
        case TransferToAgent():
            return handing.transfer_to_agent(conversation, command, now)
        case AgentLost():
            return handing.lose_agent(conversation, command, now)
        case _:
            assert_never(command)
