"""Counting parts: against the standard's own figures, and against smsutil, a counter that we did not write."""

import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerback.domain.text.gsm import BASIC, EXTENSION
from answerback.domain.text.parts import Costly, Encoding, count_parts, make_plain, size_of
from answerback.domain.text.swaps import LETTERS, TYPOGRAPHY

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # smsutil stands on the old `future` package, which warns when it is imported
    import smsutil

EURO, GRIN = "€", "😀"

basic = st.sampled_from(sorted(BASIC))
gsm = st.sampled_from(sorted(BASIC | EXTENSION))
# Without ESC, which smsutil takes for a character of its own; it is the code that begins an escape pair.
anything = st.one_of(
    gsm, st.sampled_from("–’…áç" + GRIN), st.characters(exclude_categories=["Cs"], exclude_characters="\x1b")
)


@pytest.mark.parametrize(
    ("body", "encoding", "parts", "units", "left"),
    [
        ("", Encoding.GSM_7, 0, 0, 160),
        ("a", Encoding.GSM_7, 1, 1, 159),
        ("a" * 160, Encoding.GSM_7, 1, 160, 0),
        ("a" * 161, Encoding.GSM_7, 2, 161, 145),
        ("a" * 306, Encoding.GSM_7, 2, 306, 0),
        ("a" * 307, Encoding.GSM_7, 3, 307, 152),
        (EURO * 80, Encoding.GSM_7, 1, 160, 0),
        (EURO * 81, Encoding.GSM_7, 2, 162, 143),
        ("é\u00e0Δ\n", Encoding.GSM_7, 1, 4, 156),
        ("–", Encoding.UCS_2, 1, 1, 69),
        ("–" * 70, Encoding.UCS_2, 1, 70, 0),
        ("–" * 71, Encoding.UCS_2, 2, 71, 63),
        (GRIN * 35, Encoding.UCS_2, 1, 70, 0),
        (GRIN * 36, Encoding.UCS_2, 2, 72, 61),
    ],
)
def test_a_text_is_measured(body: str, encoding: Encoding, parts: int, units: int, left: int) -> None:
    measured = count_parts(body)
    assert (measured.encoding, measured.parts, measured.units, measured.left) == (encoding, parts, units, left)


def test_an_escape_pair_is_not_split_over_two_parts() -> None:
    whole = "a" * 153 + "b" * 153
    assert count_parts(whole).parts == 2
    pushed = "a" * 152 + EURO + "b" * 152  # as many septets, but the euro moves to the second part
    assert count_parts(pushed).units == 306
    assert count_parts(pushed).parts == 3


def test_a_surrogate_pair_is_not_split_over_two_parts() -> None:
    pushed = "–" * 66 + GRIN + "–" * 66
    assert count_parts(pushed).units == 134
    assert count_parts(pushed).parts == 3


def test_the_room_of_a_part_depends_on_whether_it_is_alone() -> None:
    assert [count_parts(body).per_part for body in ("a", "a" * 161, "–", "–" * 71)] == [160, 153, 70, 67]


@settings(max_examples=2000, deadline=None)
@given(st.one_of(st.text(basic, max_size=500), st.text(gsm, max_size=500), st.text(anything, max_size=320)))
@example("a" * 152 + EURO * 80)
@example("–" * 66 + GRIN * 40)
def test_parts_agree_with_smsutil(body: str) -> None:
    measured = count_parts(body)
    if body:
        assert measured.parts == len(smsutil.split(body).parts)
        assert (measured.encoding is Encoding.GSM_7) == smsutil.is_valid_gsm(body)
    else:
        assert measured.parts == 0  # theirs counts one part of nothing


@given(st.one_of(st.text(basic, max_size=500), st.text(gsm, max_size=500), st.text(anything, max_size=320)))
@example("")
@example("a" * 160)
@example("€" * 80)
@example("a" * 152 + "€" * 10)
def test_the_quick_size_is_that_of_the_whole_count(body: str) -> None:
    measured = count_parts(body)
    assert size_of(body) == (measured.encoding, measured.parts)


@given(st.text(anything, max_size=400))
def test_what_is_left_is_really_left(body: str) -> None:
    measured = count_parts(body)
    filler = "a" * measured.left
    if measured.parts:
        assert count_parts(body + filler).parts == measured.parts
        assert count_parts(body + filler + "a").parts == measured.parts + 1


def test_characters_that_force_two_bytes_are_named_once_with_a_plain_way_to_write_them() -> None:
    assert count_parts("It’s here – it’s 🎁 {new}").costly == (
        Costly("’", 2, "'"),
        Costly("–", 10, "-"),
        Costly("🎁", 17, None),
    )


def test_characters_that_count_twice_are_named() -> None:
    assert count_parts("Only 5 € [net]").costly == (Costly("€", 7, None), Costly("[", 9, None), Costly("]", 13, None))


def test_a_plain_text_has_nothing_costly() -> None:
    assert count_parts("Your table is ready @ 8").costly == ()


def test_making_plain_swaps_typography_and_leaves_spelling_alone() -> None:
    assert make_plain("“Café”\u00a0— it’s été…") == '"Café" - it\'s été...'
    assert make_plain("Está listo, não é?") == "Está listo, não é?"
    assert make_plain("Está listo, não é?", letters=True) == "Esta listo, nao é?"


@given(st.text(anything, max_size=200))
def test_making_plain_once_is_enough_and_never_adds_two_byte_characters(body: str) -> None:
    plain = make_plain(body)
    assert make_plain(plain) == plain
    assert {char for char in plain if char not in BASIC | EXTENSION} <= set(body)


def test_every_swap_replaces_a_two_byte_character_by_plain_ones() -> None:
    swaps = TYPOGRAPHY | LETTERS
    assert len(swaps) == len(TYPOGRAPHY) + len(LETTERS)
    assert not set(swaps) & (BASIC | EXTENSION)
    assert all(set(plain) <= BASIC for plain in swaps.values())


def test_the_escape_code_itself_is_no_gsm_character() -> None:
    assert count_parts("\x1b").encoding is Encoding.UCS_2


def test_the_basic_alphabet_has_127_characters_beside_the_escape() -> None:
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION
