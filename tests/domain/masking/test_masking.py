"""What masks cover, what they leave, and that no pattern can be written that takes long."""

import pytest

from answerback.domain.masking.mask import NOTHING, make_masker
from answerback.domain.masking.pattern import BadPattern, read_pattern

CARD, SSN, EMAIL = make_masker([("card", "")]), make_masker([("ssn", "")]), make_masker([("email", "")])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("My card is 4111 1111 1111 1111, thanks", "My card is •••• •••• •••• 1111, thanks"),
        ("4111111111111111", "••••••••••••1111"),
        ("3782-822463-10005", "••••-••••••-•0005"),
        ("4111 1111 1111 1112", "4111 1111 1111 1112"),
        ("Order 00000000000000", "Order 00000000000000"),
        ("Call +1 415 555 0123", "Call +1 415 555 0123"),
        ("4111111111111111 and 5500005555555559", "••••••••••••1111 and ••••••••••••5559"),
        ("12345678901234567890123", "12345678901234567890123"),
    ],
)
def test_card_numbers_are_covered_but_for_their_last_four(said: str, shown: str) -> None:
    assert CARD.cover(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("SSN 123-45-6789.", "SSN •••-••-••••."),
        ("123 45 6789", "••• •• ••••"),
        ("000-45-6789", "000-45-6789"),
        ("666-45-6789", "666-45-6789"),
        ("900-45-6789", "900-45-6789"),
        ("123-45 6789", "123-45 6789"),
        ("1123-45-67890", "1123-45-67890"),
    ],
)
def test_social_security_numbers_are_covered(said: str, shown: str) -> None:
    assert SSN.cover(said) == shown


def test_addresses_and_own_patterns_are_covered() -> None:
    assert EMAIL.cover("Write to ana.b@example.org!") == "Write to •••.•@•••••••.•••!"
    own = make_masker([("pattern", r"ACC-\d{6}|[A-Z]{2}\d{4,8}")])
    assert own.cover("acc-123456, XY12345 and ACC-12") == "•••-••••••, ••••••• and ACC-12"


def test_a_covered_text_is_as_long_as_it_was_and_no_rules_cover_nothing() -> None:
    said = "4111 1111 1111 1111 · 123-45-6789"
    everything = make_masker([("card", ""), ("ssn", "")])
    assert len(everything.cover(said)) == len(said)
    assert NOTHING.cover(said) is said


def test_a_preview_that_was_cut_shows_no_half_of_a_number() -> None:
    preview = ("x" * 109 + " 4111 1111 1111 1111")[:120]
    assert CARD.cover_preview(preview).endswith("x •••• •••• ")
    assert CARD.cover_preview("Order 4711") == "Order 4711"


@pytest.mark.parametrize(
    ("pattern", "at"),
    [
        ("", 0), ("(a+)+$", 0), ("a+", 1), ("a*b", 1), (r"(\d)", 0), (r"\1", 0), ("[a", 0), ("a{1,65}", 1),
        ("a{3,2}", 1), (r"\d{1,40}\d{1,40}", 16), ("a||b", 2), ("a?", 2), ("x" * 201, 200), ("^a", 0), (r"\b", 2),
        ("|".join("abcdefghijk"), 21), ("a|", 2),
    ],
)  # fmt: skip
def test_patterns_that_could_take_long_or_mean_nothing_are_refused_with_the_place(pattern: str, at: int) -> None:
    bad = read_pattern(pattern)
    assert isinstance(bad, BadPattern)
    assert bad.at == at
    assert bad.sentence


@pytest.mark.parametrize(
    "pattern", [r"\d{1,10}\d{1,10}\d{1,10}x", r"\w{1,31}\w{1,31}!", r"a?a?a?a?a?a?a?a?a?aaaaaaaaab"]
)
def test_the_worst_pattern_that_is_allowed_stays_within_its_bound(pattern: str) -> None:
    """Counted in places times ways, the bound that the reader of patterns keeps."""
    masker = make_masker([("pattern", pattern)])
    assert masker.cover("1a" * 800) == "1a" * 800
