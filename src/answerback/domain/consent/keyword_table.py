"""The words by which customers opt out, opt in, agree or ask for help, as data: one row a word, with where it is from.

Read on 23 and 25 November 2026. Data to be reviewed with counsel; docs/reference/compliance.md is made from it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

READ_ON: Final = date(2026, 11, 25)


class Keyword(StrEnum):
    """What the customer wants. YES agrees to what was asked: it only counts where something was asked."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"
    YES = "YES"


@dataclass(frozen=True, slots=True)
class Word:
    """`word` has letters only, capitals, without accents. `toll_free`: it acts on toll-free numbers too."""

    word: str
    keyword: Keyword
    language: str
    source: str
    toll_free: bool = True
    since: date | None = None


FCC: Final = "47 CFR 64.1200(a)(10)"
CTIA: Final = "CTIA Messaging Principles; Twilio's default list"
TWILIO: Final = "Twilio's default list"
CARRIERS: Final = "Carriers' default: on toll-free numbers only START and UNSTOP undo STOP"
CWTA: Final = "CWTA Canadian Common Short Code Application Guidelines 3.9: mandatory keywords"
OURS: Final = "Ours: the plain word for it in this language"
FCC_DAY: Final = date(2025, 4, 11)

WORDS: Final = (
    Word("STOP", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("STOPALL", Keyword.STOP, "en", TWILIO),
    Word("UNSUBSCRIBE", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("UNSUB", Keyword.STOP, "en", CWTA),
    Word("CANCEL", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("END", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("QUIT", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("REVOKE", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("OPTOUT", Keyword.STOP, "en", FCC, since=FCC_DAY),
    Word("ALTO", Keyword.STOP, "es", OURS),
    Word("PARAR", Keyword.STOP, "es", OURS),
    Word("PARE", Keyword.STOP, "es", OURS),
    Word("BAJA", Keyword.STOP, "es", OURS),
    Word("CANCELAR", Keyword.STOP, "es", OURS),
    Word("DETENER", Keyword.STOP, "es", OURS),
    Word("ARRET", Keyword.STOP, "fr", CWTA),
    Word("ARRETER", Keyword.STOP, "fr", OURS),
    Word("DESABONNER", Keyword.STOP, "fr", OURS),
    Word("ANNULER", Keyword.STOP, "fr", OURS),
    Word("START", Keyword.START, "en", CARRIERS),
    Word("UNSTOP", Keyword.START, "en", CARRIERS),
    Word("OPTIN", Keyword.START, "en", OURS, toll_free=False),
    Word("INICIAR", Keyword.START, "es", OURS, toll_free=False),
    Word("ALTA", Keyword.START, "es", OURS, toll_free=False),
    Word("REPRENDRE", Keyword.START, "fr", OURS, toll_free=False),
    Word("HELP", Keyword.HELP, "en", CTIA),
    Word("INFO", Keyword.HELP, "en", CTIA),
    Word("AYUDA", Keyword.HELP, "es", OURS),
    Word("AIDE", Keyword.HELP, "fr", CWTA),
    Word("YES", Keyword.YES, "en", TWILIO, toll_free=False),
    Word("SI", Keyword.YES, "es", OURS, toll_free=False),
    Word("OUI", Keyword.YES, "fr", OURS, toll_free=False),
)

_TWILIO_STOP: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_CAMPAIGN: Final = frozenset({"STOP", "START", "UNSTOP", "HELP"})

ANSWERED: Final[dict[tuple[str, str], frozenset[str]]] = {
    ("twilio", "long_code"): _TWILIO_STOP | {"START", "UNSTOP", "YES", "HELP", "INFO"},
    ("twilio", "toll_free"): _TWILIO_STOP | {"START", "UNSTOP", "HELP", "INFO"},
    ("acs", "toll_free"): frozenset({"STOP", "START", "UNSTOP"}),
    ("acs", "short_code"): _CAMPAIGN,
    ("acs", "long_code"): _CAMPAIGN,
    ("telesign", "long_code"): frozenset({"STOP", "START"}),
    ("telesign", "toll_free"): frozenset({"STOP", "START", "UNSTOP"}),
    ("telesign", "short_code"): frozenset({"STOP", "START"}),
}
"""What provider or carrier answers by itself, where the number says that they answer. Twilio's short codes: nothing."""

ON_REQUEST: Final = frozenset({"telesign"})
"""Providers that answer only for numbers they were asked to; a number of theirs says no unless told otherwise."""
