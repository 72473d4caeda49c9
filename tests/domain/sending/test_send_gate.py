"""The send gate: what may leave, what may not, and the way out that each refusal names."""

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.sending.gate import (
    Allowed,
    Purpose,
    RefusalReason,
    Refused,
    SendFacts,
    SendRequest,
    check,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
REPLY = SendRequest(Purpose.REPLY, "Your table is ready")
GOOD = SendFacts(
    provider="twilio",
    number_type="long_code",
    number_country="US",
    number_active=True,
    capabilities=frozenset({"sms", "voice"}),
    country="US",
    opted_out=False,
    blocked=False,
)


def facts(**changes: object) -> SendFacts:
    return dataclasses.replace(GOOD, **changes)


def refusal(request: SendRequest, known: SendFacts) -> Refused:
    answer = check(request, known, NOW)
    assert isinstance(answer, Refused), answer
    return answer


def test_a_reply_to_a_customer_who_never_objected_is_allowed() -> None:
    assert check(REPLY, GOOD, NOW) == Allowed()


@pytest.mark.parametrize(
    ("request_", "known", "reason", "way_out"),
    [
        (SendRequest(Purpose.REPLY, " \n"), GOOD, RefusalReason.EMPTY, "write a text or attach"),
        (SendRequest(Purpose.REPLY, "a" * 1601), GOOD, RefusalReason.TOO_LONG, "shorten it"),
        (
            SendRequest(Purpose.REPLY, "", 11),
            facts(capabilities=frozenset({"mms"})),
            RefusalReason.TOO_LONG,
            "remove 1",
        ),
        (REPLY, facts(number_active=False), RefusalReason.NUMBER_INACTIVE, "switch it on"),
        (REPLY, facts(account_active=False), RefusalReason.NUMBER_INACTIVE, "switch it on"),
        (REPLY, facts(capabilities=frozenset({"voice"})), RefusalReason.NUMBER_CANNOT_SEND, "use a number with SMS"),
        (SendRequest(Purpose.REPLY, "", 1), GOOD, RefusalReason.NO_MMS, "use a number with MMS"),
        (REPLY, facts(blocked=True), RefusalReason.BLOCKED, "a supervisor can take it off"),
        (REPLY, facts(opted_out=True), RefusalReason.OPTED_OUT, "they can text START"),
        (REPLY, facts(country="GB"), RefusalReason.DESTINATION_NOT_ALLOWED, "check the phone number"),
        (REPLY, facts(country="JM"), RefusalReason.DESTINATION_NOT_ALLOWED, "the recipient is in JM"),
        (REPLY, facts(country="ZZ"), RefusalReason.DESTINATION_NOT_ALLOWED, "could not be told"),
    ],
)
def test_a_refusal_names_its_reason_and_the_way_out(
    request_: SendRequest, known: SendFacts, reason: RefusalReason, way_out: str
) -> None:
    refused = refusal(request_, known)
    assert refused.reason is reason
    assert way_out in refused.sentence
    assert refused.sentence.endswith(".")


@pytest.mark.parametrize("country", ["US", "CA", "PR"])
@pytest.mark.parametrize("number_type", ["long_code", "toll_free"])
def test_the_united_states_canada_and_puerto_rico_are_allowed(number_type: str, country: str) -> None:
    assert check(REPLY, facts(number_type=number_type, country=country), NOW) == Allowed()


def test_a_short_code_texts_its_own_country_only() -> None:
    assert check(REPLY, facts(number_type="short_code"), NOW) == Allowed()
    assert refusal(REPLY, facts(number_type="short_code", country="CA")).reason is RefusalReason.DESTINATION_NOT_ALLOWED
    canadian = facts(number_type="short_code", number_country="CA", country="CA")
    assert check(REPLY, canadian, NOW) == Allowed()


def test_a_country_that_an_administrator_added_is_allowed() -> None:
    assert check(REPLY, facts(country="GB", countries=frozenset({"GB"})), NOW) == Allowed()


def test_the_refusal_lists_the_countries_in_words() -> None:
    sentence = refusal(REPLY, facts(country="FR")).sentence
    assert sentence.startswith("This number may text Canada, Puerto Rico and the United States,")


def test_the_answer_to_a_keyword_passes_opt_out_and_the_exemption_is_kept() -> None:
    answer = check(SendRequest(Purpose.KEYWORD_REPLY, "You will get no more texts"), facts(opted_out=True), NOW)
    assert answer == Allowed(exemptions=("consent",))


def test_the_answer_to_a_keyword_passes_nothing_else() -> None:
    request = SendRequest(Purpose.KEYWORD_REPLY, "You will get no more texts")
    assert refusal(request, facts(opted_out=True, blocked=True)).reason is RefusalReason.BLOCKED


@given(
    st.sampled_from([purpose for purpose in Purpose if purpose is not Purpose.KEYWORD_REPLY]),
    st.text(max_size=20),
    st.integers(0, 3),
    st.sampled_from(["US", "CA", "PR", "ZZ", "GB"]),
    st.frozensets(st.sampled_from(["sms", "mms", "voice"])),
)
def test_nothing_but_the_answer_to_a_keyword_reaches_who_opted_out(
    purpose: Purpose, body: str, media: int, country: str, capabilities: frozenset[str]
) -> None:
    known = facts(opted_out=True, country=country, capabilities=capabilities)
    assert isinstance(check(SendRequest(purpose, body, media), known, NOW), Refused)
