"""Each step of a flow asks for one thing, and leads on by what comes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

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
    SetFields,
    Split,
    StartFlow,
    Wait,
    Way,
)
from answerback.domain.flows.running import (
    AskOutside,
    BeginFlow,
    ChangeContact,
    Finish,
    GiveToQueue,
    GoOn,
    Listen,
    SendText,
    Sleep,
    Wish,
    ask,
    lead_after_reply,
    lead_after_silence,
)

NOW = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
SAN_JUAN = ZoneInfo("America/Puerto_Rico")  # 12:00 there
FACTS: dict[str, Any] = {
    "contact": {"name": "Maria Gonzalez", "language": "es", "attributes": {"visits": 3, "renewal": "2026-12-01"}},
    "trigger": {"case": "A-7", "total": 12.0},
}


def wish(step: AnyStep, run: str = "1") -> Wish:
    return ask(step, FACTS, NOW, run=run, zone=SAN_JUAN)


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (Wait(seconds=3600, next="b"), Sleep(NOW + timedelta(hours=1), "b")),
        (AwaitReply(seconds=60), Listen(NOW + timedelta(seconds=60))),
        (StartFlow(flow_id=4, next="b"), BeginFlow(4, "b")),
        (HandOver(queue_id=2, note="Angry", next="b"), GiveToQueue(2, "Angry", "b")),
        (End(outcome="won"), Finish("won")),
        (
            Branch(cases=[Case("contact.language == 'en'", "a"), Case("contact.language == 'es'", "b")]),
            GoOn("b", "case 2"),
        ),
        (Branch(cases=[Case("contact.attributes.gone == 1", "a")], otherwise="c"), GoOn("c", "otherwise")),
        (
            SetFields(attributes={"vip": "contact.attributes.visits > 2"}, add_tags=["vip"]),
            ChangeContact({"vip": True}, ("vip",), (), None),
        ),
    ],
)
def test_what_each_step_asks_for(step: AnyStep, asked: Wish) -> None:
    assert wish(step) == asked


def test_a_text_is_asked_for_with_its_values_written_down() -> None:
    step = Send(template_id=1, values={"case": "trigger.case", "total": "trigger.total", "name": "contact.name"})
    assert wish(step) == SendText(step, {"case": "A-7", "total": "12", "name": "Maria Gonzalez"})


def test_a_call_is_asked_for_with_its_body() -> None:
    step = Call(url="https://crm.example.org/", body={"id": "trigger.case", "count": "contact.attributes.visits + 1"})
    assert wish(step) == AskOutside(step, {"id": "A-7", "count": 4})


def test_a_value_that_is_not_there_ends_the_run_and_says_which() -> None:
    ended = wish(Send(template_id=1, values={"order": "trigger.order"}))
    assert isinstance(ended, Finish)
    assert (ended.outcome, "order" in ended.problem) == ("failed", True)


@pytest.mark.parametrize(
    ("step", "local"),
    [
        (Wait(time_of_day="13:00"), "2026-11-25 13:00"),
        (Wait(time_of_day="09:00"), "2026-11-26 09:00"),
        (Wait(seconds=86_400, time_of_day="09:00"), "2026-11-27 09:00"),
        (Wait(until="contact.attributes.renewal", time_of_day="10:30"), "2026-12-01 10:30"),
        (Wait(until="'2026-11-30T18:00:00-04:00'"), "2026-11-30 18:00"),
        (Wait(until="'2026-11-30T18:00:00'"), "2026-11-30 18:00"),
        (Wait(until="'2020-01-01'"), "2026-11-25 12:00"),
    ],
)
def test_waits_end_at_a_moment_of_the_customers_own_day(step: Wait, local: str) -> None:
    slept = wish(step)
    assert isinstance(slept, Sleep)
    assert f"{slept.until.astimezone(SAN_JUAN):%Y-%m-%d %H:%M}" == local


def test_a_wait_until_something_that_is_no_moment_ends_the_run() -> None:
    assert isinstance(wish(Wait(until="trigger.case")), Finish)


@pytest.mark.parametrize(
    ("text", "to"),
    [("yes", "a"), (" Yes! ", "a"), ("SÍ", "a"), ("1", "b"), ("yes please", "c"), ("?", "c")],
)
def test_a_reply_leads_by_its_words_or_a_condition(text: str, to: str) -> None:
    step = AwaitReply(
        seconds=60,
        answers=[Answer(words=["yes", "sí"], next="a"), Answer(when="reply.text in ['1', '2']", next="b")],
        next="c",
        silent="d",
    )
    assert lead_after_reply(step, text, {**FACTS, "reply": {"text": text}}).to == to
    assert lead_after_silence(step).to == "d"


def test_a_split_is_fair_by_weight_and_the_same_for_one_run() -> None:
    step = Split(ways=[Way(1, "a"), Way(3, "b")])
    drawn = [wish(step, run=str(number)) for number in range(2000)]
    assert drawn == [wish(step, run=str(number)) for number in range(2000)]
    share = sum(isinstance(one, GoOn) and one.to == "a" for one in drawn) / len(drawn)
    assert 0.2 < share < 0.3


def test_a_definition_is_read_from_json_and_written_back_the_same() -> None:
    text = """{"trigger": {"kind": "automated", "event": "conversation.closed"}, "first": "ask", "steps": {
        "ask": {"kind": "send", "template_id": 1, "next": "hear"},
        "hear": {"kind": "await_reply", "seconds": 600, "answers": [{"words": ["1"], "next": "sorry"}]},
        "sorry": {"kind": "hand_over", "queue_id": 1, "at": [10, 20]}}}"""
    read = msgspec.json.decode(text, type=Definition)
    assert isinstance(read.steps["hear"], AwaitReply)
    assert msgspec.json.decode(msgspec.json.encode(read), type=Definition) == read
