"""Which messages an event calls for: one promise each."""

import dataclasses
from datetime import UTC, datetime

import pytest

from answerback.domain.automation.occasions import Happening, Occasion, Place, Scene, line_occasion, occasions_of
from answerback.domain.automation.triggers import Trigger
from answerback.domain.automation.wording import choose_language, word
from answerback.domain.hours.calendar import Calendar, Span
from answerback.domain.hours.joint import joint_state
from answerback.domain.hours.state import Closed, Holiday, Open

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPEN = Scene(state="open", by_customer=True, hours=Open(None), opening=7)
ALL = frozenset(Trigger)


def event(kind: str, user: int | None = None, **data: object) -> Happening:
    return Happening(9, kind, NOW, user, data)


def triggers(happening: Happening, scene: Scene = OPEN, active: frozenset[Trigger] = ALL) -> list[Trigger | None]:
    return [occasion.trigger for occasion in occasions_of(happening, scene, active)]


def scene(**changes: object) -> Scene:
    return dataclasses.replace(OPEN, **changes)


def test_nothing_is_said_where_the_customer_never_wrote_or_all_is_off() -> None:
    assert triggers(event("ConversationOpened"), scene(by_customer=False)) == []
    assert triggers(event("ConversationOpened"), active=frozenset()) == []


def test_a_greeting_within_the_hours_only() -> None:
    assert triggers(event("ConversationOpened")) == [Trigger.GREETING]
    assert triggers(event("ConversationReopened")) == []
    assert triggers(event("ConversationOpened"), scene(hours=Closed("", None))) == []


@pytest.mark.parametrize("state", ["active", "waiting", "wrap_up", "closed"])
def test_closed_is_said_to_who_is_with_nobody(state: str) -> None:
    closed = scene(hours=Closed("", NOW))
    assert triggers(event("MessageReceived"), closed) == [Trigger.OUT_OF_HOURS]
    assert triggers(event("MessageReceived"), dataclasses.replace(closed, state=state)) == []
    assert triggers(event("MessageReceived"), dataclasses.replace(closed, answered_keyword=True)) == []


def test_one_closing_is_one_occasion_also_when_a_holiday_begins_in_it() -> None:
    evening = occasions_of(event("MessageReceived"), scene(hours=Closed("", NOW)), ALL)
    feast = occasions_of(event("MessageReceived"), scene(hours=Holiday("Feast", NOW)), ALL)
    assert [each.key for each in evening] == [each.key for each in feast]
    assert feast[0].trigger is Trigger.HOLIDAY


def test_another_agent_is_named_the_same_one_is_not() -> None:
    picked = event("ConversationPicked", 5)
    assert triggers(picked, scene(before=("ConversationOpened", None))) == [Trigger.AGENT_JOINED]
    assert triggers(picked, scene(before=("OfferAccepted", 5))) == []
    assert triggers(picked, scene(before=("OfferAccepted", 6))) == [Trigger.AGENT_JOINED]
    handed = scene(before=("ConversationTransferred", 6))
    assert triggers(picked, handed) == [Trigger.TRANSFER_ACCEPTED]
    assert triggers(picked, handed, frozenset({Trigger.AGENT_JOINED})) == [Trigger.AGENT_JOINED]


def test_only_a_lost_agent_counts_as_disconnected() -> None:
    assert triggers(event("ConversationReturned", 5, reason="agent_lost")) == [Trigger.AGENT_DISCONNECTED]
    assert triggers(event("ConversationUpdated", 5, capacity="released")) == []


def test_a_survey_is_asked_once_an_opening_where_an_agent_was() -> None:
    asks = scene(survey=True)
    ended = occasions_of(event("ConversationEnded", 5), asks, frozenset())
    closed = occasions_of(event("ConversationClosed", 5), asks, frozenset())
    assert ended == closed == (Occasion(None, "survey:7"),)
    assert occasions_of(event("ConversationClosed"), asks, frozenset()) == ()


def test_the_place_in_line_is_said_once_a_stay() -> None:
    first, third = line_occasion(Place(1, NOW), ALL), line_occasion(Place(3, NOW), ALL)
    assert first is not None
    assert third is not None
    assert (first.trigger, third.trigger) == (Trigger.NEXT_IN_LINE, Trigger.POSITION_IN_QUEUE)
    assert line_occasion(Place(2, NOW), ALL) == third


def test_a_missing_value_falls_to_what_the_text_says_or_to_a_plain_word() -> None:
    assert word("Hi {CustomerFirstName|there}, {AgentName} is here", "en", {}) == "Hi there, our team is here"
    assert word("{AgentName} le atiende", "es-PR", {}) == "nuestro equipo le atiende"
    assert word("{AgentName}", "en", {"AgentName": "Ana"}) == "Ana"


def test_the_language_is_the_customers_else_near_it_else_the_fallback() -> None:
    texts = {"en": "", "es": "", "fr-CA": ""}
    assert [choose_language(wanted, texts, "en") for wanted in ("es-PR", "fr", "de", None, "es")] == [
        "es", "fr-CA", "en", "en", "es"
    ]  # fmt: skip


def test_two_calendars_are_open_together() -> None:
    morning, day = (Calendar("UTC", (spans,) * 7) for spans in ((Span(480, 720),), (Span(600, 1080),)))
    at_nine = NOW.replace(hour=9)
    assert joint_state([morning, day], at_nine) == Closed("", NOW.replace(hour=10))
    assert joint_state([morning, day], NOW.replace(hour=11)) == Open(NOW)
    assert joint_state([morning, day], NOW) == Closed("", NOW.replace(day=3, hour=10))
    assert joint_state([], NOW) == Open(None)
    assert joint_state([morning, Calendar("UTC", ((),) * 7)], at_nine) == Closed("", None)
