"""Texts with holes: how they are read and filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.templates.pattern import BadPattern, Hole, Pattern, fill, read_pattern


def opened(text: str) -> Pattern:
    pattern = read_pattern(text)
    assert isinstance(pattern, Pattern)
    return pattern


def test_a_hole_is_a_name_in_braces_and_may_say_something_instead() -> None:
    pattern = opened("Hi {Name|there}, {order} is ready")
    assert pattern.pieces == ("Hi ", Hole("Name", "there"), ", ", Hole("order"), " is ready")
    assert (pattern.names, pattern.needed) == ({"Name", "order"}, {"order"})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"Name": "Maria", "order": "A-1"}, "Hi Maria, A-1"),
        ({"order": "A-1"}, "Hi there, A-1"),
        ({"Name": "", "order": "A-1"}, "Hi there, A-1"),
        ({"Name": "Maria"}, frozenset({"order"})),
        ({"Name": "Maria", "order": ""}, frozenset({"order"})),
    ],
)
def test_a_missing_value_is_told_and_never_a_blank(values: dict[str, str], said: str | frozenset[str]) -> None:
    assert fill(opened("Hi {Name|there}, {order}"), values) == said


@pytest.mark.parametrize(
    ("text", "at"),
    [("Hi {Name", 3), ("Hi Name}", 7), ("{}", 0), ("ok {first name}", 3), ("{1st}", 0), ("{a{b}", 0)],
)
def test_what_cannot_be_read_says_where(text: str, at: int) -> None:
    bad = read_pattern(text)
    assert isinstance(bad, BadPattern)
    assert bad.at == at


@given(st.text())
def test_any_text_can_be_written_with_its_braces_doubled(text: str) -> None:
    assert fill(opened(text.replace("{", "{{").replace("}", "}}")), {}) == text


@given(st.text())
def test_values_are_never_read_as_patterns(value: str) -> None:
    if value:
        assert fill(opened("<{value}>"), {"value": value}) == f"<{value}>"
