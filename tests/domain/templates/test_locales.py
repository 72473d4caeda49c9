"""How other systems name languages."""

import pytest

from answerback.domain.templates.locales import read_locale


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("es-PR", "es-PR"),
        ("pt_BR", "pt-BR"),
        ("1033", "en-US"),
        ("20490", "es-PR"),
        ("1036", "fr-FR"),
        ("10", "es"),
        ("9", "en"),
    ],
)
def test_tags_and_locale_numbers_are_read(written: str, read: str) -> None:
    assert read_locale(written) == read


@pytest.mark.parametrize("written", ["", "0", "999999", "12345678", "Spanish please", "²"])
def test_what_is_neither_is_no_locale(written: str) -> None:
    assert read_locale(written) is None
