"""Keywords: the whole message counts, its punctuation and case do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.answers import choose_answer
from answerback.domain.consent.keywords import Keyword, classify
from answerback.domain.consent.ledger import Choice, ConsentState, Entry, Source
from answerback.domain.text.parts import Encoding, count_parts
from tests.domain.consent.entries import entry

STOP_WORDS = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "OPT OUT", "OPT-OUT"]
NEUTRAL = ConsentState()


@pytest.mark.parametrize("word", STOP_WORDS)
@pytest.mark.parametrize("written", ["{}", " {} ", "{}.", "“{}”!", "\n{}\n", "({})"])
def test_every_word_of_the_lists_opts_out_however_it_is_written(word: str, written: str) -> None:
    for form in (word, word.lower(), word.title()):
        assert classify(written.format(form), "long_code") is Keyword.STOP


@pytest.mark.parametrize("word", ["START", "unstop", "Start!"])
def test_start_opts_in(word: str) -> None:
    assert classify(word, "toll_free") is Keyword.START


@pytest.mark.parametrize("word", ["HELP", "info", "Help?"])
def test_help_is_asked_for(word: str) -> None:
    assert classify(word, "short_code") is Keyword.HELP


@pytest.mark.parametrize(
    "body", ["", "!", "Please stop", "stop please", "Stop by at 5?", "I need help", "Cancel my order", "the end", "🛑"]
)
def test_a_word_within_a_message_is_no_keyword(body: str) -> None:
    assert classify(body, "long_code") is None


def test_yes_is_an_answer_unless_the_customer_is_opted_out() -> None:
    assert classify("Yes", "long_code") is None
    assert classify("Yes", "long_code", opted_out=True) is Keyword.START
    assert classify("Yes", "toll_free", opted_out=True) is None


@given(st.text(max_size=60))
def test_any_text_is_classified_and_more_words_make_it_an_ordinary_one(body: str) -> None:
    classify(body, "long_code")
    assert classify(f"please {body} now", "long_code") is None


@pytest.mark.parametrize("keyword", Keyword)
def test_where_the_provider_answers_we_do_not(keyword: Keyword) -> None:
    assert choose_answer(keyword, NEUTRAL, "Acme", provider_answers=True) is None


@pytest.mark.parametrize(
    ("keyword", "begins"),
    [
        (Keyword.STOP, "Acme: you will get no more texts"),
        (Keyword.START, "Acme: you will get texts from this number again"),
        (Keyword.HELP, "Acme: reply here with your question"),
    ],
)
def test_each_keyword_has_an_answer_that_names_us_in_one_plain_part(keyword: Keyword, begins: str) -> None:
    answer = choose_answer(keyword, NEUTRAL, "Acme", provider_answers=False)
    assert answer is not None
    assert answer.startswith(begins)
    assert (count_parts(answer).parts, count_parts(answer).encoding) == (1, Encoding.GSM_7)


def test_a_repeated_keyword_is_confirmed_only_once() -> None:
    out = ConsentState(entry(1, Choice.OPT_OUT))
    back: Entry = entry(2, Choice.OPT_IN, source=Source.KEYWORD)
    assert choose_answer(Keyword.STOP, out, "Acme", provider_answers=False) is None
    assert choose_answer(Keyword.START, ConsentState(back), "Acme", provider_answers=False) is None
    assert choose_answer(Keyword.START, out, "Acme", provider_answers=False) is not None


def test_help_is_answered_also_to_who_opted_out() -> None:
    out = ConsentState(entry(1, Choice.OPT_OUT))
    assert choose_answer(Keyword.HELP, out, "Acme", provider_answers=False) is not None
