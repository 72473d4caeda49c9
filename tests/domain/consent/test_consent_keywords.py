"""Keywords: the whole message counts, its punctuation and case do not. Run row by row from the table itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.answers import ANSWERS, REQUESTS, ask_to_confirm, choose_answer
from answerback.domain.consent.keyword_table import ANSWERED, WORDS, Keyword, Word
from answerback.domain.consent.keywords import classify, is_answered
from answerback.domain.consent.ledger import Choice, ConsentState, Source, Standing
from answerback.domain.text.parts import Encoding, count_parts
from tests.domain.consent.entries import entry

NEUTRAL = ConsentState()
OUT = ConsentState(Standing.OUT, entry(1, Choice.OPT_OUT))
FCC_WORDS = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"]
NUMBER_TYPES = ["long_code", "toll_free", "short_code"]


def keyword(body: str, number_type: str = "long_code") -> Keyword | None:
    found = classify(body, number_type)
    return found.keyword if found else None


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row.word)
@pytest.mark.parametrize("written", ["{}", " {} ", "{}.", "“{}”!", "\n{}\n", "({})"])
def test_every_word_of_the_table_acts_however_it_is_written(row: Word, written: str) -> None:
    for form in (row.word, row.word.lower(), row.word.title()):
        assert classify(written.format(form), "long_code") == row


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row.word)
@pytest.mark.parametrize("number_type", NUMBER_TYPES)
def test_opting_out_works_on_every_number_and_toll_free_ones_come_back_by_start_alone(
    row: Word, number_type: str
) -> None:
    acts = classify(row.word, number_type) == row
    if row.keyword in (Keyword.STOP, Keyword.HELP) or number_type != "toll_free":
        assert acts
    else:
        assert acts == (row.word in ("START", "UNSTOP"))


@pytest.mark.parametrize("word", FCC_WORDS)
@pytest.mark.parametrize("number_type", NUMBER_TYPES)
def test_the_words_of_the_fcc_opt_out_everywhere(word: str, number_type: str) -> None:
    assert keyword(word, number_type) is Keyword.STOP


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Opt-Out", Keyword.STOP), ("stop all", Keyword.STOP), ("Arrêt!", Keyword.STOP), ("désabonner", Keyword.STOP),
        ("ＳＴＯＰ", Keyword.STOP), ("ayuda?", Keyword.HELP), ("Sí", Keyword.YES), ("¡ALTO!", Keyword.STOP),
    ],
)  # fmt: skip
def test_spaces_accents_and_wide_letters_do_not_matter(written: str, meant: Keyword) -> None:
    assert keyword(written) is meant


@pytest.mark.parametrize(
    "body",
    ["", "!", "Please stop", "stop please", "Stop by at 5?", "I need help", "Cancel my order", "the end", "🛑", "7"],
)
def test_a_word_within_a_message_is_no_keyword(body: str) -> None:
    assert classify(body, "long_code") is None


@given(st.text(max_size=60))
def test_any_text_is_classified_and_more_words_make_it_an_ordinary_one(body: str) -> None:
    classify(body, "long_code")
    assert classify(f"please {body} now", "long_code") is None


def test_every_word_stands_in_the_table_once_with_its_source() -> None:
    assert len({row.word for row in WORDS}) == len(WORDS)
    assert all(row.source and row.word.isascii() and row.word.isupper() for row in WORDS)
    assert {row.language for row in WORDS} == ANSWERS.keys() == REQUESTS.keys()


def test_what_a_carrier_answers_is_in_the_table_and_acts_on_its_numbers() -> None:
    for (_, number_type), words in ANSWERED.items():
        assert all(classify(word, number_type) is not None for word in words)


def test_a_word_that_the_carrier_does_not_know_is_ours_to_answer() -> None:
    stop, alto = classify("STOP", "toll_free"), classify("alto", "toll_free")
    assert stop is not None
    assert alto is not None
    assert is_answered(stop, "acs", "toll_free")
    assert not is_answered(alto, "acs", "toll_free")
    assert not is_answered(stop, "twilio", "short_code")


@pytest.mark.parametrize("wish", Keyword)
def test_where_the_provider_answers_we_do_not(wish: Keyword) -> None:
    assert choose_answer(wish, NEUTRAL, "Acme", provider_answers=True) is None


@pytest.mark.parametrize("language", ANSWERS)
@pytest.mark.parametrize("wish", Keyword)
def test_each_keyword_has_an_answer_that_names_us_in_one_plain_part(language: str, wish: Keyword) -> None:
    answer = choose_answer(wish, NEUTRAL, "Acme Services", provider_answers=False, language=language)
    assert answer is not None
    assert answer.startswith("Acme Services: ")
    assert (count_parts(answer).parts, count_parts(answer).encoding) == (1, Encoding.GSM_7)


@pytest.mark.parametrize("language", REQUESTS)
def test_the_request_of_a_double_opt_in_is_one_part_and_asks_for_a_word_that_counts(language: str) -> None:
    request = ask_to_confirm("Acme Services", language)
    assert count_parts(request).parts == 1
    assert {classify(word, "long_code") for word in ("YES", "SI", "OUI") if f" {word} " in request} != {None}
    assert " START " in ask_to_confirm("Acme", language, toll_free=True)


def test_a_repeated_keyword_is_confirmed_only_once() -> None:
    back = ConsentState(Standing.IN, entry(2, Choice.OPT_IN, source=Source.KEYWORD))
    assert choose_answer(Keyword.STOP, OUT, "Acme", provider_answers=False) is None
    assert choose_answer(Keyword.START, back, "Acme", provider_answers=False) is None
    assert choose_answer(Keyword.START, OUT, "Acme", provider_answers=False) is not None


def test_help_is_answered_also_to_who_opted_out() -> None:
    assert choose_answer(Keyword.HELP, OUT, "Acme", provider_answers=False) is not None
