"""Which numbers carriers want registered, and what follows from how that stands."""

import pytest

from answerback.domain.numbers.registration import (
    BrandKind,
    Limits,
    RegistrationKind,
    kind_of,
    usual_limits,
    why_refused,
)


@pytest.mark.parametrize(
    ("number_type", "country", "kind"),
    [
        ("toll_free", "US", RegistrationKind.TOLL_FREE_VERIFICATION),
        ("toll_free", "CA", RegistrationKind.TOLL_FREE_VERIFICATION),
        ("long_code", "US", RegistrationKind.TEN_DLC_CAMPAIGN),
        ("long_code", "PR", RegistrationKind.TEN_DLC_CAMPAIGN),
        ("long_code", "CA", None),
        ("short_code", "US", RegistrationKind.SHORT_CODE_BRIEF),
        ("long_code", "GB", None),
    ],
)
def test_carriers_ask_for_a_registration_by_type_and_country(
    number_type: str, country: str, kind: RegistrationKind | None
) -> None:
    assert kind_of(number_type, country) is kind


@pytest.mark.parametrize(
    ("brand", "score", "limits"),
    [
        (None, None, Limits(1.0)),
        (BrandKind.STANDARD, None, Limits(12.0, 2_000)),
        (BrandKind.STANDARD, 24, Limits(12.0, 2_000)),
        (BrandKind.STANDARD, 25, Limits(12.0, 10_000)),
        (BrandKind.STANDARD, 74, Limits(120.0, 40_000)),
        (BrandKind.STANDARD, 75, Limits(225.0, 200_000)),
        (BrandKind.LOW_VOLUME, 90, Limits(3.75, 2_000)),
        (BrandKind.SOLE_PROPRIETOR, None, Limits(1.0, 1_000)),
    ],
)
def test_throughput_and_daily_cap_of_a_long_code_follow_its_brand_and_trust(
    brand: BrandKind | None, score: int | None, limits: Limits
) -> None:
    assert usual_limits("twilio", "long_code", brand=brand, trust_score=score) == limits


def test_a_toll_free_number_of_azure_sends_two_hundred_a_minute_and_a_brand_means_nothing_to_it() -> None:
    assert usual_limits("acs", "toll_free", brand=BrandKind.STANDARD, trust_score=99) == Limits(200 / 60)
    assert usual_limits("telesign", "toll_free") == Limits(3.0)


def test_what_is_approved_or_unknown_is_not_refused() -> None:
    for status in ("approved", "unknown"):
        assert why_refused("twilio", RegistrationKind.TEN_DLC_CAMPAIGN, status) is None


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("unregistered", "has no toll-free verification"),
        ("pending", "waits for its toll-free verification"),
        ("rejected", "had its toll-free verification rejected"),
    ],
)
def test_a_refusal_names_the_problem_and_where_to_register(status: str, words: str) -> None:
    said = why_refused("acs", RegistrationKind.TOLL_FREE_VERIFICATION, status)
    assert said is not None
    assert words in said
    assert "Azure portal" in said
    assert "provider's support" in (why_refused("telesign", RegistrationKind.TOLL_FREE_VERIFICATION, status) or "")
