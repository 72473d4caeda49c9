"""Patterns that administrators write: a part of regular expressions that can be matched in bounded time.

Single characters, classes and \\d \\w \\s \\b, each repeated at most so many times, side by side; alternatives at the
top only. No groups, no stars: a pattern matches in at most MOST_WAYS ways at any place, so a text costs
its length times that.
"""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 200
MOST_REPEATS: Final = 64
MOST_WAYS: Final = 1000
MOST_ALTERNATIVES: Final = 10
ESCAPED: Final = frozenset("dwsb")
SPECIAL: Final = frozenset(".^$*+?{}[]()|\\")
_REPEAT = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}|\?")
_CLASS = re.compile(r"\[\^?(?:\\[dws\-\]\[^\\]|[^\]\[\\])+\]")


@dataclass(frozen=True, slots=True)
class BadPattern:
    """`at` counts characters from 0; the sentence says what is wrong there and what to write."""

    at: int
    sentence: str


def read_pattern(text: str) -> "re.Pattern[str] | BadPattern":
    """The compiled pattern, or what is wrong with it."""
    if not text.strip():
        return BadPattern(0, "is empty: write what to look for, such as ACC-\\d{6}")
    if len(text) > LONGEST:
        return BadPattern(LONGEST, f"is longer than {LONGEST} characters: make two rules of it")
    at, ways, alternatives, needed = 0, 1, 1, 0
    while at < len(text):
        if text[at] == "|":
            if needed == 0:
                return _nothing(at)
            at, ways, needed, alternatives = at + 1, 1, 0, alternatives + 1
            continue
        item = _item(text, at)
        if isinstance(item, BadPattern):
            return item
        least, most, end = _repeats(text, item)
        if most > MOST_REPEATS or least > most:
            return BadPattern(item, f"repeats at most {MOST_REPEATS} times, the smaller figure first")
        needed += 0 if text.startswith("\\b", at) else least
        at, ways = end, ways * (most - least + 1)
        if ways > MOST_WAYS:
            return BadPattern(at, "matches in too many ways: give exact numbers of repeats")
    if needed == 0:
        return _nothing(at)
    if alternatives > MOST_ALTERNATIVES:
        return BadPattern(at, f"has more than {MOST_ALTERNATIVES} alternatives: make two rules of it")
    return _compiled(text)


def _nothing(at: int) -> BadPattern:
    return BadPattern(at, "needs a character before this place: nothing at all would match too")


def _item(text: str, at: int) -> "int | BadPattern":
    """Where the single character, class or escape at this place ends."""
    letter = text[at]
    if letter == "\\":
        following = text[at + 1 : at + 2]
        if following in ESCAPED or (following and not following.isalnum()):
            return at + 2
        return BadPattern(at, "after \\ comes d, w, s, b, or a sign that is meant as itself")
    if letter == "[":
        found = _CLASS.match(text, at)
        return found.end() if found else BadPattern(at, "this class is not closed, or nested: write it like [A-Z0-9]")
    if letter in SPECIAL - {"."}:
        return BadPattern(at, f"{letter} is not possible here: write \\{letter} for the sign, {{1,8}} to repeat")
    return at + 1


def _repeats(text: str, at: int) -> tuple[int, int, int]:
    """Least, most, and where the count ends."""
    found = _REPEAT.match(text, at)
    if found is None:
        return 1, 1, at
    if found[0] == "?":
        return 0, 1, found.end()
    least = int(found[1])
    return least, int(found[2]) if found[2] else least, found.end()


def _compiled(text: str) -> "re.Pattern[str] | BadPattern":
    try:
        return re.compile(text, re.ASCII | re.IGNORECASE)
    except re.error as error:
        return BadPattern(error.pos or 0, f"cannot be read: {error.msg}")
