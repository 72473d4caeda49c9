"""Covers what rules find in a text. A covered text is as long as it was, so places in it stay what they were.

Card numbers have 13 to 19 digits, with spaces or hyphens between them, and a right check digit (ISO/IEC 7812-1, Luhn);
their last four stay. Social security numbers are as the SSA writes them, without areas it never gave out.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from answerback.domain.masking.pattern import BadPattern, read_pattern

COVER: Final = "•"
SHOWN_OF_CARD: Final = 4
PREVIEW: Final = 120


class Kind(StrEnum):
    """What a rule looks for."""

    CARD = "card"
    SSN = "ssn"
    EMAIL = "email"
    PATTERN = "pattern"


_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)", re.ASCII)
_SSN = re.compile(r"(?<!\d)(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?!\d)", re.ASCII)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII)
_TAIL = re.compile(r"[\d][\d -]*$", re.ASCII)
Span = tuple[int, int]
Finder = Callable[[str], Iterable[Span]]


def is_card(digits: str) -> bool:
    """Whether the check digit is right."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0 and len(set(digits)) > 1


def _cards(text: str) -> Iterable[Span]:
    for found in _CARD.finditer(text):
        digits = [place for place in range(*found.span()) if text[place].isdigit()]
        if is_card("".join(text[place] for place in digits)):
            yield found.start(), digits[-SHOWN_OF_CARD]


def _found_by(pattern: "re.Pattern[str]") -> Finder:
    return lambda text: (found.span() for found in pattern.finditer(text))


@dataclass(frozen=True, slots=True)
class Masker:
    """Rules made ready. Empty: nothing is covered, and nothing costs."""

    finders: tuple[Finder, ...] = ()

    def cover(self, text: str) -> str:
        """Letters and digits that any rule finds, each by one sign."""
        spans = [span for find in self.finders for span in find(text)]
        if not spans:
            return text
        letters = list(text)
        for start, end in spans:
            for place in range(start, end):
                if letters[place].isalnum():
                    letters[place] = COVER
        return "".join(letters)

    def cover_preview(self, text: str) -> str:
        """The beginning of a longer text: digits that its end may have cut in two are covered too."""
        covered = self.cover(text)
        tail = _TAIL.search(covered) if self.finders and len(text) >= PREVIEW else None
        if tail is None:
            return covered
        return covered[: tail.start()] + re.sub(r"\d", COVER, tail[0])


NOTHING: Final = Masker()


def make_masker(rules: Sequence[tuple[str, str]]) -> Masker:
    """From (kind, pattern); a pattern that cannot be read any more covers nothing."""
    return Masker(tuple(finder for kind, pattern in rules if (finder := _finder(Kind(kind), pattern)) is not None))


@lru_cache(1000)
def _finder(kind: Kind, pattern: str) -> Finder | None:
    match kind:
        case Kind.CARD:
            return _cards
        case Kind.SSN:
            return _found_by(_SSN)
        case Kind.EMAIL:
            return _found_by(_EMAIL)
        case Kind.PATTERN:
            read = read_pattern(pattern)
            return None if isinstance(read, BadPattern) else _found_by(read)
