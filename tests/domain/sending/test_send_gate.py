"""The send gate: what may leave, what may not, and the way out that each refusal names."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.ledger import About, Choice, ConsentState, Standing
from answerback.domain.sending.caps import Cap, Period
from answerback.domain.sending.gate import (
    Allowed,
    Deferred,
    Purpose,
    RefusalReason,
    Refused,
    SendFacts,
    SendRequest,
    check,
)
from answerback.domain.sending.quiet import locate
from tests.domain.consent.entries import entry

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)  # 10:00 in New York
REPLY = SendRequest(Purpose.REPLY, "Your table is ready")
GOOD = SendFacts(
    provider="twilio",
    number_type="long_code",
    number_country="US",
    number_active=True,
    capabilities=frozenset({"sms", "voice"}),
    country="US",
    where=locate("+12125550123"),
)
OPTED_OUT = dict.fromkeys(About, ConsentState(Standing.OUT, entry(1, Choice.OPT_OUT)))


def facts(**changes: object) -> SendFacts:
    return msgspec.structs.replace(GOOD, **changes)


def refusal(request: SendRequest, known: SendFacts) -> Refused:
    answer = check(request, known, NOW)
    assert isinstance(answer, Refused), answer
    return answer


def test_a_reply_to_a_customer_who_never_objected_is_allowed() -> None:
    assert check(REPLY, GOOD, NOW) == Allowed()


def test_a_text_to_somebody_who_never_wrote_is_no_answer_whatever_it_is_called() -> None:
    called_an_answer = SendRequest(Purpose.PROACTIVE, "Your case is open", about=About.CONVERSATION)
    stranger = facts(customer_opened=False)
    assert refusal(called_an_answer, stranger).reason is RefusalReason.NO_CONSENT
    assert isinstance(check(called_an_answer, facts(customer_opened=True), NOW), Allowed)


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
        (
            SendRequest(Purpose.REPLY, "", 1),
            facts(provider="acs", capabilities=frozenset({"sms", "mms"})),
            RefusalReason.NO_MMS,
            "Azure Communication Services carries no pictures",
        ),
        (
            SendRequest(Purpose.REPLY, "", 1),
            facts(capabilities=frozenset({"sms", "mms"}), media_allowed=False),
            RefusalReason.MEDIA_NOT_ALLOWED,
            "remove the attachment",
        ),
        (REPLY, facts(number_active=False), RefusalReason.NUMBER_INACTIVE, "switch it on"),
        (REPLY, facts(account_active=False), RefusalReason.NUMBER_INACTIVE, "switch it on"),
        (REPLY, facts(capabilities=frozenset({"voice"})), RefusalReason.NUMBER_CANNOT_SEND, "use a number with SMS"),
        (SendRequest(Purpose.REPLY, "", 1), GOOD, RefusalReason.NO_MMS, "use a number with MMS"),
        (REPLY, facts(blocked=True), RefusalReason.BLOCKED, "a supervisor can take it off"),
        (REPLY, facts(consent=OPTED_OUT), RefusalReason.OPTED_OUT, "can text START"),
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
    answer = check(SendRequest(Purpose.KEYWORD_REPLY, "You will get no more texts"), facts(consent=OPTED_OUT), NOW)
    assert answer == Allowed(exemptions=("opt_out",))


def test_the_answer_to_a_keyword_passes_nothing_else() -> None:
    request = SendRequest(Purpose.KEYWORD_REPLY, "You will get no more texts")
    assert refusal(request, facts(consent=OPTED_OUT, blocked=True)).reason is RefusalReason.BLOCKED


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
    known = facts(consent=OPTED_OUT, country=country, capabilities=capabilities)
    assert isinstance(check(SendRequest(purpose, body, media), known, NOW), Refused)


@pytest.mark.parametrize("status", ["unregistered", "pending", "rejected"])
@pytest.mark.parametrize("country", ["US", "CA", "PR"])
def test_an_unregistered_number_may_not_text_north_america_unless_an_administrator_lets_it(
    status: str, country: str
) -> None:
    known = facts(registration=status, country=country)
    assert refusal(REPLY, known).reason is RefusalReason.NOT_REGISTERED
    assert "10DLC" in refusal(REPLY, known).sentence
    overridden = msgspec.structs.replace(known, registration_overridden=True)
    assert check(REPLY, overridden, NOW) == Allowed(("registration",))


def test_registration_is_a_matter_of_carriers_that_ask_for_it() -> None:
    assert check(REPLY, facts(registration="unregistered", number_country="CA"), NOW) == Allowed()
    abroad = facts(registration="unregistered", country="GB", countries=frozenset({"GB"}))
    assert check(REPLY, abroad, NOW) == Allowed()
    assert check(REPLY, facts(registration="unknown"), NOW) == Allowed()


def test_a_number_at_its_cap_says_when_it_can_send_again() -> None:
    full = facts(caps=(Cap(Period.DAY, most=2000, used=1990, waiting=10),))
    refused = check(REPLY, full, NOW)
    assert isinstance(refused, Deferred)
    assert refused.reason is RefusalReason.CAP_REACHED
    assert refused.until == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert "2,000 parts a day" in refused.sentence
    assert "Tuesday 03 March 00:00 PST" in refused.sentence
    assert check(SendRequest(Purpose.KEYWORD_REPLY, "You are unsubscribed."), full, NOW) == Allowed(("cap",))


def test_a_long_text_needs_room_for_all_its_parts() -> None:
    two_left = facts(caps=(Cap(Period.DAY, most=10, used=8),))
    assert isinstance(check(SendRequest(Purpose.REPLY, "a" * 306), two_left, NOW), Allowed)
    assert isinstance(check(SendRequest(Purpose.REPLY, "a" * 307), two_left, NOW), Deferred)
