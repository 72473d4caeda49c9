"""What is wrong with a flow is found before it runs, and located."""

import pytest

from answerback.domain.flows.checking import Known, check_flow
from answerback.domain.flows.definition import (
    Answer,
    AnyStep,
    AwaitReply,
    Branch,
    Call,
    Case,
    Definition,
    End,
    HandOver,
    Send,
    StartFlow,
    Wait,
)
from answerback.domain.flows.triggers import Automated, OnDate, Scheduled, Trigger

KNOWN = Known(
    slots_of={1: frozenset({"order"}), 2: frozenset()},
    numbers=frozenset({7}),
    queues=frozenset({1}),
    flows=frozenset({5}),
    events=frozenset({"api", "conversation.closed"}),
)


def problems(steps: dict[str, AnyStep], trigger: Trigger | None = None, first: str = "a") -> list[tuple[str, str]]:
    flow = Definition(trigger=trigger or Automated(), first=first, steps=steps)
    found = check_flow(flow, KNOWN)
    assert all(one.problem and one.way_out for one in found)
    return [(one.step, one.field) for one in found]


def test_a_sound_flow_has_no_problems() -> None:
    assert (
        problems(
            {
                "a": Send(template_id=1, values={"order": "trigger.order"}, number_id=7, next="b"),
                "b": AwaitReply(seconds=60, next="c", silent="a"),
                "c": Branch(cases=[Case("reply.text == 'yes'", "d")], otherwise="e"),
                "d": HandOver(queue_id=1),
                "e": End(),
            }
        )
        == []
    )


@pytest.mark.parametrize(
    ("steps", "where"),
    [
        ({"a": Send(template_id=9)}, ("a", "template_id")),
        ({"a": Send(template_id=1)}, ("a", "values.order")),
        ({"a": Send(template_id=2, values={"order": "1"})}, ("a", "values.order")),
        ({"a": Send(template_id=2, number_id=8)}, ("a", "number_id")),
        ({"a": Send(template_id=2, next="zz")}, ("a", "next")),
        ({"a": Send(template_id=1, values={"order": "trigger."})}, ("a", "values.order")),
        ({"a": Wait()}, ("a", "")),
        ({"a": Wait(until="1 +")}, ("a", "until")),
        ({"a": AwaitReply(seconds=5, answers=[Answer()])}, ("a", "answers[0]")),
        ({"a": Branch(cases=[Case("((")])}, ("a", "cases[0].when")),
        ({"a": StartFlow(flow_id=6)}, ("a", "flow_id")),
        ({"a": HandOver(queue_id=2)}, ("a", "queue_id")),
        ({"a": Call(url="file:///etc/passwd")}, ("a", "url")),
        ({"a": End(), "b": End()}, ("b", "")),
    ],
)
def test_each_mistake_is_found_where_it_is(steps: dict[str, AnyStep], where: tuple[str, str]) -> None:
    assert problems(steps) == [where]


def test_the_first_step_must_be_one() -> None:
    assert ("", "first") in problems({"a": End()}, first="zz")


@pytest.mark.parametrize(
    ("trigger", "field"),
    [
        (Automated("message.burnt"), "trigger.event"),
        (Automated(when="1 +"), "trigger.when"),
        (Scheduled("2026-02-30T09:00", "UTC", "vip"), "trigger.begins"),
        (Scheduled("2026-12-01T09:00", "Mars/Olympus", "vip"), "trigger.zone"),
        (Scheduled("2026-12-01T09:00", "UTC", " "), "trigger.tag"),
        (Scheduled("2026-12-01T09:00", "UTC", "vip", repeats="FREQ=NOW"), "trigger.repeats"),
        (Scheduled("2026-12-01T09:00", "UTC", "vip", when="1 +"), "trigger.when"),
        (Scheduled("2026-12-01T09:00", "UTC", audience_id=9), "trigger.audience_id"),
        (OnDate(" ", "09:00", "UTC"), "trigger.attribute"),
        (OnDate("birthday", "09:00", "../etc"), "trigger.zone"),
        (OnDate("birthday", "09:00", "UTC", when="1 +"), "trigger.when"),
    ],
)
def test_a_trigger_that_never_comes_is_found(trigger: Trigger, field: str) -> None:
    assert problems({"a": End()}, trigger) == [("", field)]


def test_a_loop_must_wait_somewhere() -> None:
    assert problems({"a": Send(template_id=2, next="b"), "b": Wait(seconds=5, next="a")}) == [("a", ""), ("b", "")]
    assert problems({"a": Send(template_id=2, next="b"), "b": Wait(seconds=60, next="a")}) == []
    assert problems({"a": Send(template_id=2, next="a")}) == [("a", "")]
