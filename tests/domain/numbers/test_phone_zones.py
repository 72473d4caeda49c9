"""Time zones of phones, against the package whose data the small table was made from."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import timezone

from answerback.domain.numbers.phone import COUNTRY_OF_AREA_CODE, country_of
from answerback.domain.numbers.regions import regions_of
from answerback.domain.numbers.zones import telling_part, time_zones_of

DIVIDED = ["208", "219", "850"]  # area codes whose exchanges are in several zones


@pytest.mark.parametrize(
    ("address", "zones"),
    [
        ("+12125550123", {"America/New_York"}),
        ("+14155550123", {"America/Los_Angeles"}),
        ("+17875550123", {"America/Puerto_Rico"}),
        ("+18502005555", {"America/Chicago"}),  # the panhandle's exchanges of Florida's 850
        ("+18505550123", {"America/New_York"}),
        ("+442079460958", {"Europe/London"}),
    ],
)
def test_area_code_and_exchange_tell_the_zone(address: str, zones: set[str]) -> None:
    assert time_zones_of(address) == zones


def test_a_number_of_no_place_may_be_anywhere_in_its_country() -> None:
    assert {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu"} <= time_zones_of("+18005550123")


@pytest.mark.parametrize("address", ["12345", "", "+12995550123"])
def test_an_address_without_a_country_has_no_zone(address: str) -> None:
    assert time_zones_of(address) == frozenset()


@given(st.sampled_from(sorted(set(COUNTRY_OF_AREA_CODE) - {"500"})), st.integers(2_000_000, 9_999_999))
def test_zones_of_plus_one_agree_with_phonenumbers(area_code: str, rest: int) -> None:
    theirs = timezone.time_zones_for_geographical_number(phonenumbers.parse(f"+1{area_code}{rest}"))
    if len(theirs) < 40:  # else it only says: somewhere in North America
        assert time_zones_of(f"+1{area_code}{rest}") == set(theirs)


@given(st.sampled_from([7, 44, 49, 52, 55, 61, 62]), st.integers(10**8, 10**9 - 1))
def test_zones_abroad_agree_with_phonenumbers(country_code: int, rest: int) -> None:
    theirs = timezone.time_zones_for_geographical_number(phonenumbers.parse(f"+{country_code}{rest}"))
    assert time_zones_of(f"+{country_code}{rest}") == set(theirs)


@given(
    st.one_of(st.sampled_from(sorted(COUNTRY_OF_AREA_CODE)), st.sampled_from(DIVIDED)),
    st.integers(2_000_000, 9_999_999),
)
def test_the_telling_part_of_a_number_says_all_that_the_tables_know_of_where_it_is(area_code: str, rest: int) -> None:
    address = f"+1{area_code}{rest}"
    part = telling_part(address)
    assert address.startswith(part)
    assert time_zones_of(part) == time_zones_of(address)
    assert (country_of(part), regions_of(part)) == (country_of(address), regions_of(address))


def test_the_exchange_tells_where_the_tables_go_so_far_and_abroad_the_whole_number_does() -> None:
    assert telling_part("+12085550123") == "+1208555"
    assert telling_part("+12125550123") == "+1212"
    assert telling_part("+442071838750") == "+442071838750"
