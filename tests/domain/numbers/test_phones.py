"""Phones: reading addresses as people and providers write them, and telling country and type."""

import importlib.util
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.numbers.phone import (
    COUNTRY_OF_AREA_CODE,
    BadPhone,
    NumberType,
    Phone,
    country_of,
    is_short_code,
    parse_phone,
    type_of,
)

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "written",
    [
        "+14155550123",
        "14155550123",
        "4155550123",
        "(415) 555-0123",
        "+1 (415) 555.0123",
        " 415\u00a0555 0123 ",
        "1-415-555-0123",
    ],
)
def test_one_phone_has_one_address_however_it_is_written(written: str) -> None:
    assert parse_phone(written) == Phone("+14155550123", "US", NumberType.LONG_CODE)


def test_letters_of_a_vanity_number_are_read() -> None:
    assert parse_phone("1-800-FLOWERS") == Phone("+18003569377", "US", NumberType.TOLL_FREE)


def test_numbers_abroad_are_read_with_their_country_code_or_in_their_region() -> None:
    london = Phone("+442079460958", "GB", NumberType.LONG_CODE)
    assert parse_phone("+44 20 7946 0958") == london
    assert parse_phone("020 7946 0958", region="GB") == london


def test_five_and_six_digits_are_a_short_code_of_the_region() -> None:
    assert parse_phone("12345", region="CA") == Phone("12345", "CA", NumberType.SHORT_CODE)
    assert parse_phone("123456") == Phone("123456", "US", NumberType.SHORT_CODE)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "no phone number"),
        ("  ", "no phone number"),
        ("call me", "not a phone number"),
        ("911", "ten digits"),
        ("+1 415 155 0123", "ten digits"),
        ("+1 415 555 012", "ten digits"),
        ("+1 115 555 0123", "ten digits"),
        ("+44 20", "too short"),
        ("415 555 0123 ext. 12", "extension"),
        ("+999 12345678", "not a phone number"),
    ],
)
def test_what_is_no_phone_is_refused_with_the_problem_and_an_example(written: str, problem: str) -> None:
    bad = parse_phone(written)
    assert isinstance(bad, BadPhone)
    assert problem in bad.sentence
    assert "+1 415 555 0123" in bad.sentence


@pytest.mark.parametrize(
    ("area_code", "country"),
    [
        ("415", "US"), ("212", "US"), ("907", "US"), ("808", "US"),
        ("416", "CA"), ("514", "CA"), ("867", "CA"), ("902", "CA"),
        ("787", "PR"), ("939", "PR"),
        ("340", "VI"), ("671", "GU"), ("684", "AS"), ("670", "MP"),
        ("876", "JM"), ("658", "JM"), ("809", "DO"), ("829", "DO"), ("849", "DO"),
        ("242", "BS"), ("246", "BB"), ("264", "AI"), ("268", "AG"), ("284", "VG"), ("345", "KY"),
        ("441", "BM"), ("473", "GD"), ("649", "TC"), ("664", "MS"), ("721", "SX"), ("758", "LC"),
        ("767", "DM"), ("784", "VC"), ("868", "TT"), ("869", "KN"),
    ],
)  # fmt: skip
def test_the_country_of_a_plus_one_number_follows_its_area_code(area_code: str, country: str) -> None:
    assert country_of(f"+1{area_code}5550123") == country


@pytest.mark.parametrize("code", ["800", "833", "844", "855", "866", "877", "888"])
def test_toll_free_codes_are_known(code: str) -> None:
    assert type_of(f"+1{code}5550123") is NumberType.TOLL_FREE
    assert country_of(f"+1{code}5550123") == "US"


@pytest.mark.parametrize("address", ["+12995550123", "+19115550123", "12345", "nonsense", "+", "+999123456789"])
def test_a_country_that_cannot_be_told_is_zz(address: str) -> None:
    assert country_of(address) == "ZZ"


def test_countries_abroad_are_told() -> None:
    assert [country_of(address) for address in ("+442079460958", "+61412345678", "+5215512345678")] == [
        "GB",
        "AU",
        "MX",
    ]


def test_a_short_code_is_five_or_six_digits_and_nothing_else() -> None:
    assert [is_short_code(address) for address in ("12345", "123456", "1234", "1234567", "+12345", "１２３４５")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert type_of("12345") is NumberType.SHORT_CODE


@given(st.sampled_from(sorted(COUNTRY_OF_AREA_CODE)), st.integers(2_000_000, 9_999_999))
def test_countries_agree_with_phonenumbers(area_code: str, rest: int) -> None:
    address = f"+1{area_code}{rest}"
    number = phonenumbers.parse(address)
    if phonenumbers.is_valid_number(number):
        assert country_of(address) == phonenumbers.region_code_for_number(number)


@given(st.one_of(st.text(max_size=30), st.text("+0123456789 ()-x", max_size=20)))
def test_any_text_is_read_or_refused_and_reading_is_stable(written: str) -> None:
    phone = parse_phone(written)
    if isinstance(phone, Phone):
        assert parse_phone(phone.address, "US" if phone.country == "ZZ" else phone.country) == phone


def test_the_tables_are_what_the_installed_phonenumbers_says(tmp_path: Path) -> None:
    script = ROOT / "tools/make_area_codes.py"
    spec = importlib.util.spec_from_file_location("make_area_codes", script)
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    maker.make(tmp_path)
    kept = ROOT / "src/answerback/domain/numbers"
    for name in ("area_codes.py", "region_codes.py", "zone_prefixes.py"):
        assert (tmp_path / name).read_text() == (kept / name).read_text(), f"run python {script.relative_to(ROOT)}"
