"""Consent, how often and at which hour: the rules of the gate about texts that nobody asked for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from answerback.domain.consent.ledger import About, Choice, ConsentState, Standing
from answerback.domain.sending.budget import Budget
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
from answerback.domain.sending.request import OwnCap, Recent
from tests.domain.consent.entries import entry

NOON = datetime(2026, 11, 3, 17, tzinfo=UTC)  # 12:00 in New York, a Tuesday
NIGHT = datetime(2026, 11, 4, 4, tzinfo=UTC)  # 23:00
INSIDE = SendRequest(Purpose.REPLY, "Your table is ready")
NEWS = SendRequest(Purpose.PROACTIVE, "Your order has left", about=About.INFORMATIONAL)
ADS = SendRequest(Purpose.PROACTIVE, "Two for one", about=About.PROMOTIONAL)
IN = ConsentState(Standing.IN, entry(1, Choice.OPT_IN))
GOOD = SendFacts(
    provider="twilio",
    number_type="long_code",
    number_country="US",
    number_active=True,
    capabilities=frozenset({"sms"}),
    country="US",
    where=locate("+12125550123"),
    consent=dict.fromkeys(About, IN),
)


def facts(phone: str = "+12125550123", **changes: object) -> SendFacts:
    return msgspec.structs.replace(GOOD, where=locate(phone), **changes)


def test_promotions_need_a_yes_in_so_many_words() -> None:
    assert check(ADS, GOOD, NOON) == Allowed()
    refused = check(ADS, facts(consent={}, wrote_at=NOON), NOON)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.rule) == (RefusalReason.NO_CONSENT, "consent")
    assert "64.1200" in refused.source
    waits = {About.PROMOTIONAL: ConsentState(Standing.PENDING, None, entry(1, Choice.PENDING))}
    pending = check(ADS, facts(consent=waits), NOON)
    assert isinstance(pending, Refused)
    assert "not confirmed" in pending.sentence


def test_information_may_go_to_who_agreed_or_wrote_to_us_within_eighteen_months() -> None:
    assert check(NEWS, GOOD, NOON) == Allowed()
    assert check(NEWS, facts(consent={}, wrote_at=NOON - timedelta(days=500)), NOON) == Allowed(("consent",))
    for wrote_at in (None, NOON - timedelta(days=600)):
        refused = check(NEWS, facts(consent={}, wrote_at=wrote_at), NOON)
        assert isinstance(refused, Refused)
        assert refused.reason is RefusalReason.NO_CONSENT
        assert "record their opt-in" in refused.sentence


def test_an_answer_needs_no_consent_and_has_no_quiet_hours_and_that_is_kept() -> None:
    assert check(INSIDE, facts(consent={}), NOON) == Allowed()
    assert check(INSIDE, facts(consent={}), NIGHT) == Allowed(("quiet_hours",))


@pytest.mark.parametrize("purpose", [Purpose.KEYWORD_REPLY, Purpose.CONSENT_REQUEST, Purpose.TEST])
def test_what_was_asked_for_just_now_goes_also_at_night(purpose: Purpose) -> None:
    assert check(SendRequest(purpose, "Reply YES"), facts(consent={}), NIGHT) == Allowed(("quiet_hours",))


def test_a_promotion_at_night_waits_for_the_morning_and_says_so_with_its_source() -> None:
    answer = check(ADS, GOOD, NIGHT)
    assert answer == Deferred(
        RefusalReason.QUIET_HOURS,
        "It is 23:00 in New York, and texts that nobody asked for must wait for the hours of the United States: "
        "allowed again Wednesday at 08:00 there.",
        "quiet_hours",
        datetime(2026, 11, 4, 13, tzinfo=UTC),
        "47 CFR 64.1200(c)(1)",
    )


def test_the_state_decides_where_it_is_stricter() -> None:
    half_past_eight = datetime(2026, 11, 4, 1, 30, tzinfo=UTC)
    assert check(ADS, GOOD, half_past_eight) == Allowed()
    florida = check(ADS, facts("+13055550123"), half_past_eight)
    assert isinstance(florida, Deferred)
    assert florida.source.startswith("Fla. Stat.")
    assert "Florida" in florida.sentence


def test_information_keeps_to_the_courtesy_hours_while_the_centre_says_so() -> None:
    assert isinstance(check(NEWS, GOOD, NIGHT), Deferred)
    assert check(NEWS, facts(courtesy_hours=False), NIGHT) == Allowed()
    assert isinstance(check(ADS, facts(courtesy_hours=False), NIGHT), Deferred)


def sent(*hours_ago: float, subject: str = "", about: str = "promotional") -> tuple[Recent, ...]:
    return tuple(Recent(NOON - timedelta(hours=ago), about, subject) for ago in hours_ago)


def test_florida_takes_three_promotions_on_a_subject_a_day() -> None:
    miami = "+13055550123"
    assert check(ADS, facts(miami, recent=sent(1, 5)), NOON) == Allowed()
    held = check(ADS, facts(miami, recent=sent(1, 5, 20)), NOON)
    assert isinstance(held, Deferred)
    assert (held.reason, held.until) == (RefusalReason.TOO_OFTEN, NOON + timedelta(hours=4))
    assert check(ADS, facts(miami, recent=sent(1, 5, 25)), NOON) == Allowed()
    assert check(ADS, facts(miami, recent=sent(1, 5, 20, about="informational")), NOON) == Allowed()
    other = msgspec.structs.replace(ADS, subject="spring")
    assert check(other, facts(miami, recent=sent(1, 5, 20, subject="autumn")), NOON) == Allowed()
    assert check(ADS, facts(recent=sent(1, 5, 20)), NOON) == Allowed()  # New York has no such rule


def test_the_centres_own_limit_counts_everything_unasked() -> None:
    own = OwnCap(most=2, hours=48)
    held = check(NEWS, facts(recent=sent(30, 40), own_cap=own), NOON)
    assert isinstance(held, Deferred)
    assert held.until == NOON + timedelta(hours=8)
    assert check(INSIDE, facts(recent=sent(30, 40), own_cap=own), NOON) == Allowed()


def test_a_spent_budget_waits_for_the_next_month() -> None:
    spent = Budget("This number", Decimal(100), Decimal("99.99"), Decimal("0.0079"))
    assert check(NEWS, facts(budgets=(spent,)), NOON) == Allowed()
    long = msgspec.structs.replace(NEWS, body="a" * 200)
    held = check(long, facts(budgets=(spent,)), NOON)
    assert isinstance(held, Deferred)
    assert held.reason is RefusalReason.BUDGET_SPENT
    assert held.until.isoformat() == "2026-12-01T00:00:00-08:00"
    assert check(
        msgspec.structs.replace(long, purpose=Purpose.KEYWORD_REPLY), facts(budgets=(spent,)), NOON
    ) == Allowed(("budget",))


def test_what_a_person_must_mend_is_said_before_what_time_mends() -> None:
    answer = check(ADS, facts(consent={}, own_cap=OwnCap(1, 24), recent=sent(1)), NIGHT)
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.NO_CONSENT
