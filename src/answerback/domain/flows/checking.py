"""What is wrong with a flow, found before it runs: step by step, with the way out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answerback.domain.flows.definition import (
    AnyStep,
    AwaitReply,
    Branch,
    Call,
    Definition,
    HandOver,
    Send,
    SetFields,
    StartFlow,
    Wait,
    exits_of,
)
from answerback.domain.flows.expressions import WrongExpression, compile_expression
from answerback.domain.flows.recurrence import WrongRule, read_rule
from answerback.domain.flows.triggers import Automated, Called, Instant, OnDate, Scheduled

PAUSE_SECONDS: Final = 60
"""A loop must wait at least so long each time round."""


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """`step` is empty where it is about the whole flow or its trigger."""

    step: str
    field: str
    problem: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a flow may name: slots by template that is approved, numbers, queues, flows, event types, audiences."""

    slots_of: Mapping[int, frozenset[str]]
    numbers: frozenset[int]
    queues: frozenset[int]
    flows: frozenset[int]
    events: frozenset[str]
    audiences: frozenset[int] = frozenset()


def check_flow(flow: Definition, known: Known) -> tuple[FlowProblem, ...]:
    """Everything that is wrong, in the order of the steps."""
    found = [*_trigger_problems(flow, known)]
    if flow.first not in flow.steps:
        found.append(FlowProblem("", "first", f"begins with {flow.first}, which is no step", "Choose a first step."))
    for name, step in flow.steps.items():
        found += _step_problems(name, step, flow, known)
    found += _unreached(flow)
    found += _loops(flow)
    return tuple(found)


def _trigger_problems(flow: Definition, known: Known) -> Iterator[FlowProblem]:
    match flow.trigger:
        case Automated(event, when):
            if event not in known.events:
                way_out = f"Choose one of {', '.join(sorted(known.events))}."
                yield FlowProblem("", "trigger.event", f"is {event}, which never happens", way_out)
            yield from _expression_problems("", "trigger.when", when)
        case Instant():
            pass
        case Called(phone, key, when):
            yield from _expression_problems("", "trigger.phone", phone)
            yield from _expression_problems("", "trigger.key", key)
            yield from _expression_problems("", "trigger.when", when)
        case Scheduled(begins, zone, tag, repeats, when, audience_id):
            yield from _time_problems(begins, zone, repeats)
            if audience_id is not None and audience_id not in known.audiences:
                yield FlowProblem("", "trigger.audience_id", "is not an audience that is ready", "Choose another one.")
            if bool(tag.strip()) == (audience_id is not None):
                what = "is given beside an audience" if tag.strip() else "is empty"
                yield FlowProblem("", "trigger.tag", what, "Say for whom: contacts with this tag, or an audience.")
            yield from _expression_problems("", "trigger.when", when)
        case OnDate(attribute, _, zone, when=when):
            yield from _time_problems(None, zone, None)
            if not attribute.strip():
                yield FlowProblem("", "trigger.attribute", "is empty", "Name the attribute that holds the date.")
            yield from _expression_problems("", "trigger.when", when)


def _time_problems(begins: str | None, zone: str, repeats: str | None) -> Iterator[FlowProblem]:
    if begins is not None:
        try:
            datetime.fromisoformat(begins)
        except ValueError:
            yield FlowProblem("", "trigger.begins", "is no day of the calendar", "Give it like 2026-12-01T09:00.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield FlowProblem("", "trigger.zone", "is not a time zone", "Give it like America/Puerto_Rico.")
    if repeats is not None:
        try:
            read_rule(repeats)
        except WrongRule as wrong:
            yield FlowProblem("", "trigger.repeats", str(wrong), "Give it like FREQ=WEEKLY;BYDAY=MO,TH.")


def _step_problems(name: str, step: AnyStep, flow: Definition, known: Known) -> Iterator[FlowProblem]:
    for way, target in exits_of(step).items():
        if target is not None and target not in flow.steps:
            yield FlowProblem(name, way, f"leads to {target}, which is no step", "Choose a step, or let it end here.")
    match step:
        case Send():
            yield from _send_problems(name, step, known)
        case Wait():
            if step.seconds is None and step.until is None and step.time_of_day is None:
                yield FlowProblem(name, "", "does not say how long to wait", "Give a time, a moment or a time of day.")
            yield from _expression_problems(name, "until", step.until)
        case AwaitReply():
            for place, answer in enumerate(step.answers):
                if not answer.words and answer.when is None:
                    way_out = "Give words, or a condition."
                    yield FlowProblem(name, f"answers[{place}]", "matches no reply", way_out)
                yield from _expression_problems(name, f"answers[{place}].when", answer.when)
        case Branch():
            for place, case in enumerate(step.cases):
                yield from _expression_problems(name, f"cases[{place}].when", case.when)
        case SetFields():
            for attribute, expression in step.attributes.items():
                yield from _expression_problems(name, f"attributes.{attribute}", expression)
        case StartFlow() if step.flow_id not in known.flows:
            yield FlowProblem(name, "flow_id", "is not a flow", "Choose one from the list.")
        case HandOver() if step.queue_id not in known.queues:
            yield FlowProblem(name, "queue_id", "is not a queue", "Choose one from the list.")
        case Call():
            if urlsplit(step.url).scheme not in ("http", "https") or not urlsplit(step.url).hostname:
                yield FlowProblem(
                    name, "url", "is not a web address", "Give a whole address that begins with https://."
                )
            for field, expression in step.body.items():
                yield from _expression_problems(name, f"body.{field}", expression)
        case _:
            pass


def _send_problems(name: str, step: Send, known: Known) -> Iterator[FlowProblem]:
    slots = known.slots_of.get(step.template_id)
    if slots is None:
        way_out = "Choose an approved template that is not archived."
        yield FlowProblem(name, "template_id", "is not a template that can be sent", way_out)
    else:
        for slot in sorted(slots - step.values.keys()):
            yield FlowProblem(name, f"values.{slot}", "has no value", "Say where the value comes from.")
        for slot in sorted(step.values.keys() - slots):
            yield FlowProblem(name, f"values.{slot}", "is not a slot of the template", "Take it out.")
    if step.number_id is not None and step.number_id not in known.numbers:
        yield FlowProblem(name, "number_id", "is not a number that can text", "Choose one from the list.")
    for slot, expression in step.values.items():
        yield from _expression_problems(name, f"values.{slot}", expression)


def _expression_problems(step: str, field: str, text: str | None) -> Iterator[FlowProblem]:
    if text is None:
        return
    try:
        compile_expression(text)
    except WrongExpression as wrong:
        yield FlowProblem(step, field, str(wrong), "See https://cel.dev for how conditions are written.")


def _unreached(flow: Definition) -> Iterator[FlowProblem]:
    reached: set[str] = set()
    waiting = [flow.first]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in flow.steps:
            continue
        reached.add(name)
        waiting += [target for target in exits_of(flow.steps[name]).values() if target is not None]
    for name in flow.steps:
        if name not in reached:
            yield FlowProblem(name, "", "is never reached", "Lead to it from another step, or remove it.")


def _loops(flow: Definition) -> Iterator[FlowProblem]:
    """Steps that can come round to themselves without a pause would run, and text, without end."""
    quick = {name: step for name, step in flow.steps.items() if not _pauses(step)}
    for name in quick:
        seen: set[str] = set()
        waiting = [target for target in exits_of(quick[name]).values() if target in quick]
        while waiting:
            target = waiting.pop()
            if target is None or target in seen:
                continue
            seen.add(target)
            waiting += [further for further in exits_of(quick[target]).values() if further in quick]
        if name in seen:
            way_out = f"Put a wait of {PAUSE_SECONDS} seconds or more, or a wait for a reply, into the loop."
            yield FlowProblem(name, "", "is in a loop that never waits", way_out)


def _pauses(step: AnyStep) -> bool:
    match step:
        case AwaitReply():
            return True
        case Wait():
            return step.time_of_day is not None or (step.seconds or 0) >= PAUSE_SECONDS
        case _:
            return False
