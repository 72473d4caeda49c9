"""Recognises keywords. Only a whole message counts, never a word within one; case, marks, space and accents do not.

The words themselves are data: keyword_table.py. What looks like an opt-out in a longer text is phrases.py.
"""

import re
import unicodedata
from typing import Final

from answerback.domain.consent.keyword_table import ANSWERED, WORDS, Keyword, Word

__all__ = ["Keyword", "Word", "classify", "is_answered"]

_LONGEST: Final = 40
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_BY_WORD: Final = {row.word: row for row in WORDS}


def classify(body: str, number_type: str) -> Word | None:
    """The row of the table that the whole of `body` is, or None: no keyword, or none on numbers of this type.

    A YES is only a candidate: whether something was asked is the caller's question.
    """
    if len(body) > _LONGEST:
        return None
    found = _BY_WORD.get(_plain(body))
    if found is None or (number_type == "toll_free" and not found.toll_free):
        return None
    return found


def is_answered(word: Word, provider: str, number_type: str) -> bool:
    """Whether provider or carrier answers this word by itself where they answer keywords at all."""
    return word.word in ANSWERED.get((provider, number_type), frozenset())


def _plain(body: str) -> str:
    """Letters only, capitals; accents and full-width forms folded: "arrêt !" is ARRET."""
    if body.isascii():
        return _NOT_LETTERS.sub("", body).upper()
    letters = unicodedata.normalize("NFKD", body)
    return _NOT_LETTERS.sub("", "".join(one for one in letters if not unicodedata.combining(one))).upper()
