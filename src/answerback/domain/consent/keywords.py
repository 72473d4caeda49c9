"""Words by which customers opt out, opt in or ask for help. Only a whole message counts, never a word within one.

Sources: Twilio's and the carriers' default lists, and for opting out 47 CFR 64.1200(a)(10): stop, quit, end, revoke,
opt out, cancel, unsubscribe.
"""

import re
from enum import StrEnum
from typing import Final


class Keyword(StrEnum):
    """What the customer wants."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


_WORDS: Final[dict[str, Keyword]] = {
    "STOP": Keyword.STOP,
    "STOPALL": Keyword.STOP,
    "UNSUBSCRIBE": Keyword.STOP,
    "CANCEL": Keyword.STOP,
    "END": Keyword.STOP,
    "QUIT": Keyword.STOP,
    "REVOKE": Keyword.STOP,
    "OPTOUT": Keyword.STOP,
    "START": Keyword.START,
    "UNSTOP": Keyword.START,
    "OPTIN": Keyword.START,
    "HELP": Keyword.HELP,
    "INFO": Keyword.HELP,
}
_YES: Final = "YES"
_LONGEST: Final = 40
_NOT_LETTERS = re.compile(r"[\W_]+")


def classify(body: str, number_type: str, *, opted_out: bool = False) -> Keyword | None:
    """The keyword that the whole of `body` is, or None. Case, spaces and punctuation do not count.

    YES opts in only a customer who is opted out, since in a conversation it answers a question; on toll-free numbers
    never, because the carriers there take only START and UNSTOP.
    """
    if len(body) > _LONGEST:
        return None
    word = _NOT_LETTERS.sub("", body).upper()
    if word == _YES:
        return Keyword.START if opted_out and number_type != "toll_free" else None
    return _WORDS.get(word)
