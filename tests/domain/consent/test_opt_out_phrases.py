"""Sentences that look like an opt-out are marked; ordinary ones are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.phrases import suggest_opt_out


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Thanks. Please stop texting me! Bye", "Please stop texting me!"),
        ("don’t text me again", "don’t text me again"),
        ("Hi\nremove my number from your list\nthanks", "remove my number from your list"),
        ("I no longer want to receive these", "I no longer want to receive these"),
        ("How do I unsubscribe?", "How do I unsubscribe?"),
        ("No more messages please", "No more messages please"),
        ("leave me alone", "leave me alone"),
        ("Hola. No me manden más mensajes.", "No me manden más mensajes."),
        ("quiero darme de baja", "quiero darme de baja"),
        ("Bonjour, arrêtez de m'écrire", "Bonjour, arrêtez de m'écrire"),
        ("Ne m'envoyez plus rien", "Ne m'envoyez plus rien"),
    ],
)
def test_the_sentence_that_looks_like_an_opt_out_is_marked(body: str, sentence: str) -> None:
    found = suggest_opt_out(body)
    assert found is not None
    assert body[found.start : found.end] == sentence


@pytest.mark.parametrize(
    "body",
    [
        "My package never came", "Can you text me the address?", "I'll stop by the store at 5", "Send me a message",
        "The bus stop is closed", "Please cancel my order", "Quiero recibir el paquete", "Merci beaucoup", "",
    ],
)  # fmt: skip
def test_an_ordinary_text_is_left_alone(body: str) -> None:
    assert suggest_opt_out(body) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_mark_always_lies_within_the_text(before: str, after: str) -> None:
    body = f"{before} stop texting me {after}"
    found = suggest_opt_out(body)
    assert found is not None
    assert 0 <= found.start < found.end <= len(body)
