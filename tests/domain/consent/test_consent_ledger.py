"""The ledger folded: what the customer said last, about this sender and this purpose, decides."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.ledger import About, Choice, ConsentState, Entry, Sender, Source, Standing, fold
from answerback.domain.consent.sentences import explain
from answerback.domain.ids import BrandId, NumberId
from tests.domain.consent.entries import NOON, entry

OURS, OTHER = Sender(NumberId(1)), Sender(NumberId(2))
SHOP, SISTER = Sender(NumberId(1), BrandId(5)), Sender(NumberId(2), BrandId(5))
TALK, NEWS, ADS = About.CONVERSATION, About.INFORMATIONAL, About.PROMOTIONAL
PURPOSES = ["all", *About]
line = st.tuples(
    st.sampled_from(Choice), st.sampled_from([None, 1, 2]), st.sampled_from(PURPOSES), st.sampled_from(Source)
)
lines = st.lists(line).map(
    lambda said: [
        entry(id, choice, number=number, purpose=str(purpose), source=source)
        for id, (choice, number, purpose, source) in enumerate(said, 1)
    ]
)


def standing(said: list[Entry], sender: Sender = OURS, about: About = TALK) -> Standing:
    return fold(said, sender, about).standing


def test_who_never_said_anything_is_neither_out_nor_in() -> None:
    assert fold([], OURS, TALK) == ConsentState()
    assert explain(fold([], OURS, TALK)) == "Said nothing yet."


def test_stop_then_start_is_in_and_start_then_stop_is_out() -> None:
    out, back = entry(1, Choice.OPT_OUT), entry(2, Choice.OPT_IN)
    assert fold([out, back], OURS, TALK) == ConsentState(Standing.IN, back)
    assert standing([entry(1, Choice.OPT_IN), entry(2, Choice.OPT_OUT)]) is Standing.OUT


def test_stop_to_one_number_leaves_the_others_alone() -> None:
    assert standing([entry(1, Choice.OPT_OUT, number=1)]) is Standing.OUT
    assert standing([entry(1, Choice.OPT_OUT, number=1)], OTHER) is Standing.NONE


def test_stop_to_every_number_holds_until_start_to_one() -> None:
    said = [entry(1, Choice.OPT_OUT, number=None), entry(2, Choice.OPT_IN, number=1)]
    assert standing(said) is Standing.IN
    assert standing(said, OTHER) is Standing.OUT


def test_what_is_said_to_one_number_of_a_brand_holds_for_all_of_its_numbers() -> None:
    said = [entry(1, Choice.OPT_OUT, brand=5)]
    assert [standing(said, one) for one in (SHOP, SISTER, OURS)] == [Standing.OUT, Standing.OUT, Standing.NONE]


def test_a_line_about_one_purpose_does_not_decide_another() -> None:
    said = [entry(1, Choice.OPT_OUT, purpose="promotional")]
    assert standing(said, about=ADS) is Standing.OUT
    assert standing(said, about=NEWS) is Standing.NONE
    assert standing([entry(1, Choice.OPT_OUT)], about=ADS) is Standing.OUT


def test_start_undoes_stop_but_signs_nobody_up_for_promotions() -> None:
    said = [entry(1, Choice.OPT_OUT), entry(2, Choice.OPT_IN, words="start")]
    assert [standing(said, about=about) for about in (TALK, NEWS, ADS)] == [Standing.IN, Standing.IN, Standing.NONE]
    assert "no consent to promotions" in explain(fold(said, OURS, ADS))
    agreed_before = [entry(0, Choice.OPT_IN, purpose="promotional", source=Source.FORM), *said]
    assert standing(agreed_before, about=ADS) is Standing.IN


def test_an_old_list_imported_today_does_not_undo_the_stop_of_last_week() -> None:
    stop = entry(1, Choice.OPT_OUT, days=0)
    imported = entry(2, Choice.OPT_IN, source=Source.IMPORT, days=-300)
    assert standing([stop, imported]) is Standing.OUT


def test_what_waits_for_its_confirmation_is_no_consent_and_ends_with_yes_or_stop() -> None:
    asked = entry(1, Choice.PENDING, purpose="promotional", source=Source.FORM)
    waiting = fold([asked], OURS, ADS)
    assert (waiting.standing, waiting.opted_in, waiting.pending) == (Standing.PENDING, False, asked)
    assert explain(waiting) == "Asked for, not yet confirmed. Waits for YES until 9 March 2026."
    agreed = fold([asked, entry(2, Choice.OPT_IN, purpose="promotional", words="Yes")], OURS, ADS)
    assert (agreed.standing, agreed.pending) == (Standing.IN, None)
    assert fold([asked, entry(2, Choice.OPT_OUT)], OURS, ADS) == ConsentState(Standing.OUT, entry(2, Choice.OPT_OUT))
    assert standing([entry(0, Choice.OPT_OUT), asked], about=ADS) is Standing.OUT


def test_a_state_says_what_by_which_words_and_when() -> None:
    assert explain(fold([entry(1, Choice.OPT_OUT, words="stop ")], OURS, TALK)) == (
        "Opted out of everything by STOP on 2 March 2026."
    )
    form = entry(1, Choice.OPT_IN, purpose="promotional", source=Source.FORM)
    assert explain(fold([form], OURS, ADS)) == "Opted in to promotional texts on a form on 2 March 2026."


@given(lines, st.randoms(use_true_random=False), st.sampled_from(About))
def test_the_order_of_reading_does_not_matter(said: list[Entry], chance: random.Random, about: About) -> None:
    assert fold(chance.sample(said, len(said)), OURS, about) == fold(said, OURS, about)


@given(lines, st.sampled_from(About))
def test_opting_out_now_always_works(said: list[Entry], about: About) -> None:
    assert fold([*said, entry(len(said) + 1, Choice.OPT_OUT)], OURS, about).opted_out


@given(lines, st.sampled_from(About))
def test_every_state_has_its_sentence_and_opted_in_means_somebody_said_so(said: list[Entry], about: About) -> None:
    state = fold(said, OURS, about)
    assert explain(state).endswith(".")
    if state.opted_in:
        assert state.decided_by is not None
        assert state.decided_by.choice is Choice.OPT_IN
        assert state.decided_by.at - NOON == timedelta(minutes=state.decided_by.id)
