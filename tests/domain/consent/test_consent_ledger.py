"""The ledger folded: the newest line that speaks of the number decides."""

import random

from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.ledger import Choice, ConsentState, Entry, fold
from answerback.domain.ids import NumberId
from tests.domain.consent.entries import entry

OURS, OTHER = NumberId(1), NumberId(2)
lines = st.lists(st.tuples(st.sampled_from(Choice), st.sampled_from([None, 1, 2]))).map(
    lambda said: [entry(id, choice, number=number) for id, (choice, number) in enumerate(said, 1)]
)


def test_who_never_said_anything_is_neither_out_nor_in() -> None:
    assert (fold([], OURS).opted_out, fold([], OURS).opted_in) == (False, False)


def test_stop_then_start_is_in_and_start_then_stop_is_out() -> None:
    out, back = entry(1, Choice.OPT_OUT), entry(2, Choice.OPT_IN)
    assert fold([out, back], OURS) == ConsentState(back)
    assert fold([out, back], OURS).opted_in
    assert fold([entry(1, Choice.OPT_IN), entry(2, Choice.OPT_OUT)], OURS).opted_out


def test_stop_to_one_number_leaves_the_others_alone() -> None:
    assert fold([entry(1, Choice.OPT_OUT, number=1)], OURS).opted_out
    assert not fold([entry(1, Choice.OPT_OUT, number=1)], OTHER).opted_out


def test_stop_to_every_number_holds_until_start_to_one() -> None:
    said = [entry(1, Choice.OPT_OUT, number=None), entry(2, Choice.OPT_IN, number=1)]
    assert not fold(said, OURS).opted_out
    assert fold(said, OTHER).opted_out


def test_a_line_about_one_purpose_does_not_decide_another() -> None:
    said = [entry(1, Choice.OPT_OUT, purpose="marketing")]
    assert fold(said, OURS, "marketing").opted_out
    assert not fold(said, OURS, "service").opted_out


@given(lines, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(said: list[Entry], chance: random.Random) -> None:
    assert fold(chance.sample(said, len(said)), OURS) == fold(said, OURS)


@given(lines)
def test_opting_out_now_always_works(said: list[Entry]) -> None:
    assert fold([*said, entry(len(said) + 1, Choice.OPT_OUT)], OURS).opted_out
