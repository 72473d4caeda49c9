"""How many parts a text is sent in, and which characters make it dear. Not what a part costs in money.

Rules: 3GPP TS 23.038 (alphabets) and TS 23.040 (parts of a longer text carry a 6-byte header).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from answerback.domain.text.gsm import BASIC, EXTENSION
from answerback.domain.text.swaps import LETTERS, TYPOGRAPHY


class Encoding(StrEnum):
    """Seven bits a character, or sixteen."""

    GSM_7 = "gsm_7"
    UCS_2 = "ucs_2"


@dataclass(frozen=True, slots=True)
class Costly:
    """A character that makes the text dearer: where it first stands, and a plain way to write it if there is one."""

    char: str
    index: int
    swap: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A text measured. Units are septets (gsm_7) or UTF-16 units (ucs_2); `left` is the room in the last part."""

    encoding: Encoding
    parts: int
    units: int
    per_part: int
    left: int
    costly: tuple[Costly, ...] = ()


ALONE: Final = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
JOINED: Final = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}

SHORT: Final = ALONE[Encoding.GSM_7]
_SHORT: Final = (Encoding.GSM_7, 1)
_EMPTY: Final = (Encoding.GSM_7, 0)

_BASIC_ONLY = re.compile(f"[{re.escape(''.join(sorted(BASIC)))}]*").fullmatch
_GSM_ONLY = re.compile(f"[{re.escape(''.join(sorted(BASIC | EXTENSION)))}]*").fullmatch
_TWO_SEPTETS = re.compile(f"[{re.escape(''.join(sorted(EXTENSION)))}]")
_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")
_PLAIN = str.maketrans(TYPOGRAPHY)
_PLAIN_LETTERS = str.maketrans(TYPOGRAPHY | LETTERS)


def count_parts(body: str) -> Parts:
    """Measure `body`. The empty text has no parts: there is nothing to send (Twilio's own counter says 1)."""
    if _BASIC_ONLY(body):  # most texts end here
        return _measure(Encoding.GSM_7, len(body), (), ())
    encoding, wide = _weigh(body)
    dear = EXTENSION & set(body) if encoding is Encoding.GSM_7 else set(body) - BASIC - EXTENSION
    return _measure(encoding, len(body), wide, _name_costly(body, dear))


def size_of(body: str) -> tuple[Encoding, int]:
    """Encoding and parts as `count_parts` has them, for texts by the thousand."""
    if len(body) <= SHORT and _BASIC_ONLY(body):
        return _SHORT if body else _EMPTY
    encoding, wide = _weigh(body)
    if len(body) + len(wide) <= ALONE[encoding]:
        return encoding, 1
    return encoding, _measure(encoding, len(body), wide, ()).parts


def _weigh(body: str) -> tuple[Encoding, list[int]]:
    """With the indexes of characters of two units."""
    if _GSM_ONLY(body):
        return Encoding.GSM_7, [match.start() for match in _TWO_SEPTETS.finditer(body)]
    return Encoding.UCS_2, [match.start() for match in _TWO_UNITS.finditer(body)]


def make_plain(body: str, *, letters: bool = False) -> str:
    """Swap typographic characters for plain ones that mean the same; accented letters only when asked."""
    if _GSM_ONLY(body):
        return body
    return body.translate(_PLAIN_LETTERS if letters else _PLAIN)


def _measure(encoding: Encoding, chars: int, wide: Sequence[int], costly: tuple[Costly, ...]) -> Parts:
    """`wide` holds the indexes of characters of two units, which are never split over parts."""
    units = chars + len(wide)
    alone, joined = ALONE[encoding], JOINED[encoding]
    if units <= alone:
        return Parts(encoding, 1 if units else 0, units, alone, alone - units, costly)
    wasted = 0  # units left empty at the end of a part because a pair did not fit
    for before, index in enumerate(wide):
        if (index + before + wasted) % joined == joined - 1:
            wasted += 1
    parts = -(-(units + wasted) // joined)
    return Parts(encoding, parts, units, joined, parts * joined - units - wasted, costly)


def _name_costly(body: str, chars: set[str] | frozenset[str]) -> tuple[Costly, ...]:
    """Each dear character once, by first appearance. Those of two septets have no swap: they cost little."""
    found = sorted((body.index(char), char) for char in chars)
    return tuple(Costly(char, index, TYPOGRAPHY.get(char, LETTERS.get(char))) for index, char in found)
