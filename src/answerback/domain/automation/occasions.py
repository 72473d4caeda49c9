"""Which automated messages an event calls for. Pure: the caller looks up how things stood when it happened.

An occasion has a key that is the same however often the event is read again, so that the database can hold each to one
text.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from answerback.domain.automation.triggers import Trigger
from answerback.domain.hours.state import Holiday, HoursState, Open

OPENED: Final = "ConversationOpened"
ENTERED: Final = frozenset(
    {OPENED, "ConversationReopened", "ConversationQueued", "ConversationReturned", "ConversationTransferred"}
)
"""After these a conversation stands in a queue."""
TAKEN: Final = frozenset({"OfferAccepted", "ConversationPicked"})
GONE: Final = frozenset({"ConversationEnded", "ConversationClosed"})
LEFT_LINE: Final = TAKEN | {"ConversationClosed", "ConversationTransferred"}
"""After these somebody else may be first."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the log, as far as it matters here."""

    id: int
    kind: str
    at: datetime
    user_id: int | None = None
    data: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """How the conversation stands. `hours` are those of its number and queue together when the event happened.

    `before` is the last event before it by which somebody took it, handed it on or opened it, with the agent's id.
    """

    state: str
    by_customer: bool
    hours: HoursState
    staffed: bool = True
    answered_keyword: bool = False
    before: tuple[str, int | None] | None = None
    opening: int | None = None
    survey: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """Send this once. `trigger` None is the survey."""

    trigger: Trigger | None
    key: str


def occasions_of(happening: Happening, scene: Scene, active: Set[Trigger]) -> tuple[Occasion, ...]:
    """What to send, in order; of `active` triggers only. Nothing where the customer never wrote."""
    if not scene.by_customer:
        return ()
    found = [rule(happening, scene, active) for rule in RULES]
    return tuple(occasion for occasion in found if occasion is not None)


Rule = Callable[[Happening, Scene, Set[Trigger]], Occasion | None]


def _greeting(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    """At the first contact; who comes outside the hours is told that instead."""
    if happening.kind != OPENED or not isinstance(scene.hours, Open):
        return None
    return _if(active, Trigger.GREETING, f"greeting:{happening.id}")


def _closed(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    """Once while it stays closed, to who writes and is with no agent. Never in answer to a keyword."""
    if happening.kind != "MessageReceived" or isinstance(scene.hours, Open) or scene.answered_keyword:
        return None
    if scene.state not in ("open", "offered"):
        return None
    until = scene.hours.reopens_at.isoformat() if scene.hours.reopens_at else "further notice"
    wanted = (Trigger.HOLIDAY, Trigger.OUT_OF_HOURS) if isinstance(scene.hours, Holiday) else (Trigger.OUT_OF_HOURS,)
    trigger = next((each for each in wanted if each in active), None)
    return Occasion(trigger, f"closed:{until}") if trigger else None


def _not_assigned(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    """The queue has nobody who could ever take it; outside the hours that is said instead."""
    if happening.kind not in ENTERED or scene.staffed or scene.state != "open" or not isinstance(scene.hours, Open):
        return None
    return _if(active, Trigger.COULD_NOT_BE_ASSIGNED, f"not assigned:{happening.id}")


def _assigned(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    if happening.kind != "ConversationOffered":
        return None
    return _if(active, Trigger.AGENT_ASSIGNED, f"assigned:{happening.id}")


def _joined(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    """Said when the agent is another one than before, so not each time the same agent goes on."""
    if happening.kind not in TAKEN:
        return None
    kind, agent = scene.before or (OPENED, None)
    if kind in TAKEN and agent == happening.user_id:
        return None
    handed = kind == "ConversationTransferred" and agent is not None
    if handed and Trigger.TRANSFER_ACCEPTED in active:
        return Occasion(Trigger.TRANSFER_ACCEPTED, f"joined:{happening.id}")
    return _if(active, Trigger.AGENT_JOINED, f"joined:{happening.id}")


def _disconnected(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    lost = (happening.data or {}).get("reason") == "agent_lost"
    if happening.kind not in ("ConversationReturned", "ConversationUpdated") or not lost:
        return None
    return _if(active, Trigger.AGENT_DISCONNECTED, f"disconnected:{happening.id}")


def _left(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    return _if(active, Trigger.AGENT_LEFT, f"left:{happening.id}") if happening.kind == "ConversationLeft" else None


def _ended(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    if happening.kind != "ConversationEnded":
        return None
    return _if(active, Trigger.CONVERSATION_ENDED, f"ended:{happening.id}")


def _session_closed(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    if happening.kind != "ConversationClosed":
        return None
    return _if(active, Trigger.SESSION_CLOSED, f"closed session:{happening.id}")


def _survey(happening: Happening, scene: Scene, active: Set[Trigger]) -> Occasion | None:
    """Once an opening, when an agent's work on it ends, however it ends."""
    if not scene.survey or happening.kind not in GONE or happening.user_id is None:
        return None
    return Occasion(None, f"survey:{scene.opening}")


def _if(active: Set[Trigger], trigger: Trigger, key: str) -> Occasion | None:
    return Occasion(trigger, key) if trigger in active else None


RULES: Final[tuple[Rule, ...]] = (
    _greeting,
    _closed,
    _not_assigned,
    _assigned,
    _joined,
    _disconnected,
    _left,
    _ended,
    _session_closed,
    _survey,
)

KINDS: Final[frozenset[str]] = (
    ENTERED | TAKEN | GONE | {"MessageReceived", "ConversationOffered", "ConversationUpdated", "ConversationLeft"}
)
"""Events that may call for a message."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands in line: `position` counts from 1."""

    position: int
    queued_at: datetime


def line_occasion(place: Place, active: Set[Trigger]) -> Occasion | None:
    """Each said once in a stay in the queue."""
    stay = place.queued_at.isoformat()
    if place.position == 1:
        return _if(active, Trigger.NEXT_IN_LINE, f"next:{stay}")
    return _if(active, Trigger.POSITION_IN_QUEUE, f"position:{stay}")
