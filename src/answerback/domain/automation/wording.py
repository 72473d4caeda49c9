"""The words of an automated message: in several languages, checked when saved, filled when sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from babel.core import Locale, UnknownLocaleError

from answerback.domain.automation.triggers import ALTERNATIVES, samples_in
from answerback.domain.templates.pattern import BadPattern, fill, read_pattern

LONGEST_TEXT: Final = 640


@dataclass(frozen=True, slots=True)
class WordingProblem:
    """What is wrong with the text of one language."""

    language: str
    problem: str
    way_out: str


def check_wording(texts: Mapping[str, str], allowed: Iterable[str], fallback: str) -> Iterator[WordingProblem]:
    """All problems. There must be a text in the `fallback` language, for customers whose own is not there."""
    names = frozenset(allowed)
    for language, text in texts.items():
        yield from _check_text(language, text, names)
    if fallback not in texts:
        yield WordingProblem(
            fallback, "is missing", "Write it: customers whose language has no text of its own get this one."
        )


def choose_language(wanted: str | None, texts: Mapping[str, str], fallback: str) -> str:
    """The customer's own, else another form of the same language, else the fallback, else what there is."""
    if wanted is not None and wanted in texts:
        return wanted
    base = (wanted or "").partition("-")[0].lower()
    same = (language for language in sorted(texts) if language.partition("-")[0].lower() == base)
    return next(same, fallback if fallback in texts else min(texts))


def word(text: str, language: str, values: Mapping[str, str]) -> str:
    """The text to send. A value that is not known falls to what the text says instead, else to a plain alternative."""
    pattern = read_pattern(text)
    if isinstance(pattern, BadPattern):  # checked when it was saved
        return text
    said = fill(pattern, values)
    if isinstance(said, frozenset):
        plain = ALTERNATIVES.get(language.partition("-")[0].lower(), ALTERNATIVES["en"])
        said = fill(pattern, {**values, **{name: plain.get(name, "") or "-" for name in said}})
    assert isinstance(said, str)
    return said


def sample(text: str, language: str) -> str:
    """With stand-ins, to look at and to count."""
    return word(text, language, samples_in(language))


def check_language(language: str) -> WordingProblem | None:
    """Whether it is a BCP 47 tag of a language that is known."""
    try:
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return WordingProblem(language, "is not a language", "Use BCP 47, such as en or es-PR.")
    return None


def _check_text(language: str, text: str, allowed: frozenset[str]) -> Iterator[WordingProblem]:
    if (problem := check_language(language)) is not None:
        yield problem
    if not text.strip():
        yield WordingProblem(language, "is empty", "Write the text, or leave the language out.")
    if len(text) > LONGEST_TEXT:
        yield WordingProblem(language, f"has {len(text)} characters", f"Shorten it to {LONGEST_TEXT}.")
    pattern = read_pattern(text)
    if isinstance(pattern, BadPattern):
        yield WordingProblem(language, f"at character {pattern.at + 1}, {pattern.problem}", "Mend it there.")
        return
    for name in sorted(pattern.names - allowed):
        known = ", ".join(f"{{{each}}}" for each in sorted(allowed))
        yield WordingProblem(language, f"names {{{name}}}, which this message does not know", f"Use one of {known}.")
