"""What a step asks for, and where it leads: pure, so that the simulator and the real runner cannot differ.

`ask` looks at the step a run stands at. Some steps lead on by themselves; others ask for something to be done, and
`lead` says where its result leads.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from answerback.domain.flows.definition import (
    Answer,
    AnyStep,
    AwaitReply,
    Branch,
    Call,
    End,
    HandOver,
    Next,
    Send,
    SetFields,
    Split,
    StartFlow,
    Wait,
)
from answerback.domain.flows.expressions import WrongExpression, evaluate, holds, write_down

MOST_STEPS: Final = 2_000
"""Of one run; more is a loop that nobody meant."""
_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class GoOn:
    """To the next step, at once; None: the flow is over. `why` is for its diary."""

    to: Next
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sleep:
    """Until a moment; then `to`."""

    until: datetime
    to: Next


@dataclass(frozen=True, slots=True)
class Listen:
    """For the customer's next text, until a moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class SendText:
    """By the template, with these raw values by slot."""

    step: Send
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeContact:
    attributes: Mapping[str, Any]
    add_tags: tuple[str, ...]
    remove_tags: tuple[str, ...]
    to: Next


@dataclass(frozen=True, slots=True)
class BeginFlow:
    flow_id: int
    to: Next


@dataclass(frozen=True, slots=True)
class AskOutside:
    """With this body; the same call carries the same id when it is tried again."""

    step: Call
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GiveToQueue:
    queue_id: int
    note: str
    to: Next


@dataclass(frozen=True, slots=True)
class Finish:
    """`outcome` is counted; `problem` says why it could not go on, empty where all is well."""

    outcome: str
    problem: str = ""


Wish = GoOn | Sleep | Listen | SendText | ChangeContact | BeginFlow | AskOutside | GiveToQueue | Finish


def ask(step: AnyStep, facts: Mapping[str, Any], now: datetime, *, run: str, zone: ZoneInfo) -> Wish:
    """What the step wants. `facts` are what expressions see; `run` names the run for fair splits; `zone` is the
    customer's."""
    try:
        match step:
            case Send():
                return SendText(step, {slot: write_down(text, facts) for slot, text in step.values.items()})
            case Wait():
                return Sleep(_moment(step, facts, now, zone), step.next)
            case AwaitReply():
                return Listen(now + timedelta(seconds=step.seconds))
            case Branch():
                return _choose(step, facts)
            case Split():
                return _draw(step, run)
            case SetFields():
                attributes = {name: evaluate(text, facts) for name, text in step.attributes.items()}
                return ChangeContact(attributes, tuple(step.add_tags), tuple(step.remove_tags), step.next)
            case StartFlow():
                return BeginFlow(step.flow_id, step.next)
            case Call():
                return AskOutside(step, {field: evaluate(text, facts) for field, text in step.body.items()})
            case HandOver():
                return GiveToQueue(step.queue_id, step.note, step.next)
            case End():
                return Finish(step.outcome)
    except WrongExpression as wrong:
        return Finish("failed", str(wrong))


def lead_after_reply(step: AwaitReply, text: str, facts: Mapping[str, Any]) -> GoOn:
    """Where the customer's text leads; `facts` hold it as `reply.text` already."""
    for place, answer in enumerate(step.answers):
        if _matches(answer, text, facts):
            return GoOn(answer.next, f"answer {place + 1}")
    return GoOn(step.next, "another reply")


def lead_after_silence(step: AwaitReply) -> GoOn:
    return GoOn(step.silent, "no reply")


def _matches(answer: Answer, text: str, facts: Mapping[str, Any]) -> bool:
    said = _EDGES.sub("", text).casefold()
    if said and any(said == _EDGES.sub("", word).casefold() for word in answer.words):
        return True
    return answer.when is not None and holds(answer.when, facts)


def _choose(step: Branch, facts: Mapping[str, Any]) -> GoOn:
    for place, case in enumerate(step.cases):
        if holds(case.when, facts):
            return GoOn(case.next, f"case {place + 1}")
    return GoOn(step.otherwise, "otherwise")


def _draw(step: Split, run: str) -> GoOn:
    """By a hash of the run and the step, so that it is fair over all runs and the same for one."""
    total = sum(way.weight for way in step.ways)
    digest = hashlib.sha256(f"{run} {step.title} {[way.next for way in step.ways]}".encode()).digest()
    point = int.from_bytes(digest[:8]) % total
    for place, way in enumerate(step.ways):
        point -= way.weight
        if point < 0:
            return GoOn(way.next, f"way {place + 1}")
    raise AssertionError("weights are positive")


def _moment(step: Wait, facts: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment that is late enough for all that the step says."""
    at = now + timedelta(seconds=step.seconds or 0)
    if step.until is not None:
        at = max(at, _read_moment(evaluate(step.until, facts), zone))
    if step.time_of_day is None:
        return at
    local = at.astimezone(zone)
    hour, minute = map(int, step.time_of_day.split(":"))
    due = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if due < local:
        due = datetime.combine(local.date() + timedelta(days=1), time(hour, minute), zone)
    return due.astimezone(now.tzinfo)


def _read_moment(value: Any, zone: ZoneInfo) -> datetime:
    try:
        match value:
            case datetime():
                moment = value
            case str() if len(value) == len("2026-11-25"):
                moment = datetime.combine(date.fromisoformat(value), time(0), zone)
            case str():
                moment = datetime.fromisoformat(value)
            case _:
                raise WrongExpression(f"gives {value!r}, which is no moment")
    except ValueError as error:
        raise WrongExpression(f"gives {value!r}, which is no moment") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
