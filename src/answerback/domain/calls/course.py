"""How a call goes on when news of it comes, and how it ends: in our words, whatever the provider calls it."""

from dataclasses import dataclass

from answerback.domain.calls.behaviour import Behaviour
from answerback.domain.calls.status import ENDED, CallStatus, moves_on


@dataclass(frozen=True, slots=True)
class Standing:
    """A call as it is known. `handled` is the behaviour that met an incoming call; None for one we placed."""

    status: CallStatus
    handled: Behaviour | None


@dataclass(frozen=True, slots=True)
class Word:
    """What the provider says. `reached`: the two have talked, which the end of the first leg alone does not tell."""

    status: CallStatus
    reached: bool = False


def go_on(call: Standing, word: Word) -> CallStatus | None:
    """The status the call now has; None where the word is no news."""
    status = _read(call, word)
    return status if moves_on(call.status, status) else None


def _read(call: Standing, word: Word) -> CallStatus:
    if word.status not in ENDED:
        return word.status
    reached = word.reached or call.status is CallStatus.ANSWERED
    match call.handled:
        case Behaviour.TEXT_THREAD:  # nobody of ours was there to talk to, however long the caller listened
            return CallStatus.MISSED
        case Behaviour.FORWARD:
            return CallStatus.COMPLETED if reached else CallStatus.MISSED
        case None if reached:
            return CallStatus.COMPLETED
        case None if word.status is CallStatus.COMPLETED:  # only the agent's own phone was reached
            return CallStatus.MISSED
        case _:
            return word.status
