"""Reads the answer to a survey: a score from 1 to 5, with whatever the customer wrote beside it."""

import re
from dataclasses import dataclass
from typing import Final

WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
}  # fmt: skip
LONGEST_COMMENT: Final = 300
# A figure that goes on ("5pm", "50", "5:30", "2nd", "4.5") is no score; "4/5" and "4 out of 5" are.
_FIGURE: Final = re.compile(
    r"^\W*([1-5])(?:\ufe0f?\u20e3)?(?:\s*(?:/|of|out of|de|sur)\s*5\b)?"
    r"(?![\w:.,%°-]*\d)(?!\w)(?!\s*[ap]\.?m\b)\W*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WORD: Final = re.compile(r"^\W*([A-Za-z]+)\b\W*(?P<rest>.*)$", re.DOTALL)
_STARS: Final = re.compile(r"^(stars?|estrellas?|étoiles?)\b\W*", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"^(of|more|other|others|another|days?|hours?|hrs?|min|minutes?|weeks?|months?|items?|orders?|times?|people)\b",
    re.I,
)
"""A figure before these counts something: "2 of my items are missing"."""
_GRADE: Final = re.compile(r"^\W*(\u2b50\ufe0f?|\u2605){1,5}\W*$")


@dataclass(frozen=True, slots=True)
class Score:
    """`comment` is what stood beside the score."""

    value: int
    comment: str = ""


def read_score(text: str) -> Score | None:
    """None for any other text. One with a question in it is for an agent, whatever it begins with."""
    stripped = text.strip()
    if "?" in stripped or "\u00bf" in stripped:
        return None
    if _GRADE.fullmatch(stripped):
        return Score(sum(1 for char in stripped if char in "\u2b50\u2605"))
    figure = _FIGURE.match(stripped)
    if figure is not None:
        return _score(int(figure.group(1)), figure.group("rest"))
    word = _WORD.match(stripped)
    value = WORDS.get(word.group(1).lower()) if word else None
    # A number in words begins many a sentence ("one more thing"): alone, or of stars, it is a score.
    if word is None or value is None or _STARS.sub("", word.group("rest")).strip(" .!"):
        return None
    return Score(value)


def _score(value: int, rest: str) -> Score | None:
    comment = _STARS.sub("", rest.strip()).strip()
    return None if len(comment) > LONGEST_COMMENT or _COUNTED.match(comment) else Score(value, comment)
