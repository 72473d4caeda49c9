"""What looks like an opt-out inside a longer text ("please stop texting me"). Only ever suggested to the agent, with
the sentence marked; never applied by itself, for "stop texting my old number" may mean the opposite.
"""

import re
from dataclasses import dataclass
from typing import Final

PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        r"stop (?:all |these |the |your )?(?:text|messag|sending|contact|calling|bother|spam)\w*",
        r"(?:do not|don'?t|dont|never|quit) (?:ever )?(?:text|messag|contact|send|writ|bother)\w*",
        r"no more (?:texts?|messages?|sms)",
        r"(?:remove|delete|take) (?:me|my (?:number|phone))\b",
        r"(?:un-?subscribe|opt me out|opt(?:ing)? out|opted out)",
        r"(?:leave me alone|lose my number|i (?:want|wish) to stop|please stop|stop it|stop please|stop this)",
        r"(?:i )?(?:revoke|withdraw) (?:my )?consent",
        r"(?:i )?(?:do not|don'?t|no longer) (?:want|wish|like)(?: to)? (?:receive|get|hear|any|your|these|more)\b",
    ),
    "es": (
        r"(?:no|dejen? de|paren? de|deje de) (?:me )?(?:mand|envi|escrib|contact|molest)\w*",
        r"no (?:quiero|deseo) (?:recibir|más|mas)\b",
        r"(?:denme|darme|dame) de baja",
        r"(?:no más|no mas|basta de) mensajes",
        r"(?:quiten?|borren?|eliminen?) mi (?:número|numero|teléfono|telefono)",
    ),
    "fr": (
        r"(?:arrêtez|arretez|cessez|arrête|arrete) (?:de |d'|vos |ces )\w*",
        r"ne (?:me |m')(?:plus )?(?:envoy|écri|ecri|contact|text)\w*(?: plus)?",
        r"(?:désabonn|desabonn|désinscri|desinscri)\w*",
        r"plus de (?:messages|textos|sms)",
        r"(?:retirez|enlevez|supprimez)[ -](?:moi|mon numéro|mon numero)",
    ),
}
_ANY: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?:{one})" for listed in PHRASES.values() for one in listed) + ")", re.IGNORECASE
)
_ENDS: Final = ".!?\n"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where the sentence that looks like an opt-out begins and ends, as places in the text."""

    start: int
    end: int


def suggest_opt_out(body: str) -> Suggestion | None:
    """The first sentence of `body` that looks like an opt-out."""
    found = _ANY.search(body.replace("\u2019", "'"))
    if found is None:
        return None
    start = max(body.rfind(mark, 0, found.start()) for mark in _ENDS) + 1
    ends = [place for mark in _ENDS if (place := body.find(mark, found.end())) >= 0]
    end = min(ends) + 1 if ends else len(body)
    while start < found.start() and body[start].isspace():
        start += 1
    return Suggestion(start, len(body[:end].rstrip()))
