"""The states of a campaign and what can be done in each: a table, and a sentence for everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """`preparing`: started, its recipients are being copied."""

    DRAFT = "draft"
    PREPARING = "preparing"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


class Action(StrEnum):
    """What people do with a campaign, and what time does with it (`prepared` to `finish`)."""

    CHANGE = "change"
    REMOVE = "remove"
    START = "start"
    RESCHEDULE = "reschedule"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    PREPARED = "prepared"
    WAIT = "wait"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class NotNow:
    """The campaign stays as it is."""

    sentence: str


MOVES: Final[Mapping[tuple[State, Action], State]] = {
    (State.DRAFT, Action.CHANGE): State.DRAFT,
    (State.DRAFT, Action.REMOVE): State.DRAFT,
    (State.DRAFT, Action.START): State.PREPARING,
    (State.PREPARING, Action.PREPARED): State.RUNNING,
    (State.PREPARING, Action.WAIT): State.SCHEDULED,
    (State.PREPARING, Action.STOP): State.STOPPED,
    (State.SCHEDULED, Action.PREPARED): State.RUNNING,
    (State.SCHEDULED, Action.RESCHEDULE): State.SCHEDULED,
    (State.SCHEDULED, Action.STOP): State.STOPPED,
    (State.RUNNING, Action.PAUSE): State.PAUSED,
    (State.RUNNING, Action.STOP): State.STOPPED,
    (State.RUNNING, Action.FINISH): State.DONE,
    (State.PAUSED, Action.RESUME): State.RUNNING,
    (State.PAUSED, Action.STOP): State.STOPPED,
}
_IS: Final[Mapping[State, str]] = {
    State.DRAFT: "has not been started: start it first",
    State.PREPARING: "is being prepared: try again in a moment, or stop it",
    State.SCHEDULED: "waits for its time: reschedule it, or stop it",
    State.RUNNING: "is running: pause it, or stop it",
    State.PAUSED: "is paused: resume it, or stop it",
    State.DONE: "is done: make a new one to write again",
    State.STOPPED: "was stopped for good: make a new one for those it did not reach",
}


def move(state: State, action: Action) -> State | NotNow:
    """Where the action leads."""
    following = MOVES.get((state, action))
    return NotNow(f"The campaign {_IS[state]}.") if following is None else following
