"""The one answer to a keyword, where provider or carrier gives none. Plain, no advertising, one part of GSM-7."""

from typing import Final

from answerback.domain.consent.keyword_table import Keyword
from answerback.domain.consent.ledger import ConsentState

ANSWERS: Final[dict[str, dict[Keyword, str]]] = {
    "en": {
        Keyword.STOP: "{name}: you will get no more texts from this number. Reply START to get texts again.",
        Keyword.START: "{name}: you will get texts from this number again. "
        "Msg & data rates may apply. Reply HELP for help, STOP to opt out.",
        Keyword.HELP: "{name}: reply here with your question and a person will answer. "
        "Msg & data rates may apply. Reply STOP to opt out.",
        Keyword.YES: "{name}: thank you, you will get our texts. "
        "Msg & data rates may apply. Reply HELP for help, STOP to opt out.",
    },
    "es": {
        Keyword.STOP: "{name}: no le enviaremos otros mensajes. Responda START para recibirlos de nuevo.",
        Keyword.START: "{name}: le enviaremos mensajes de nuevo. Pueden aplicarse tarifas. Responda AYUDA o STOP.",
        Keyword.HELP: "{name}: responda con su pregunta y una persona le atiende. "
        "Pueden aplicarse tarifas. Responda STOP para terminar.",
        Keyword.YES: "{name}: gracias, le enviaremos mensajes. Pueden aplicarse tarifas. Responda AYUDA o STOP.",
    },
    "fr": {
        Keyword.STOP: "{name}: vous ne recevrez plus de messages de ce numéro. "
        "Répondez START pour en recevoir à nouveau.",
        Keyword.START: "{name}: vous recevrez à nouveau les messages de ce numéro. "
        "Des frais peuvent s'appliquer. Répondez AIDE ou ARRET.",
        Keyword.HELP: "{name}: posez ici votre question, une personne vous répondra. "
        "Des frais peuvent s'appliquer. Répondez ARRET pour refuser.",
        Keyword.YES: "{name}: merci, vous aurez nos messages. Des frais peuvent s'appliquer. Répondez AIDE ou ARRET.",
    },
}

REQUESTS: Final = {
    "en": "{name}: reply YES to get our texts. Msg & data rates may apply. Reply STOP and you get none.",
    "es": "{name}: responda SI para recibir mensajes. Pueden aplicarse tarifas. Responda STOP para no recibir.",
    "fr": "{name}: répondez OUI pour avoir nos messages. Des frais peuvent s'appliquer. Répondez ARRET pour refuser.",
}
"""Asks a phone to confirm what somebody entered on a form (double opt-in)."""


def choose_answer(
    keyword: Keyword, before: ConsentState, number_name: str, *, provider_answers: bool, language: str = "en"
) -> str | None:
    """The text that answers `keyword`, or None: the provider answers, or it has been confirmed before.

    `before` is the state towards the number before the keyword was recorded. A repeated STOP or START gets no second
    confirmation (47 CFR 64.1200(a)(12) allows one); HELP is answered each time, also to those who opted out.
    """
    if provider_answers:
        return None
    if keyword is Keyword.STOP and before.opted_out:
        return None
    if keyword is Keyword.START and before.opted_in:
        return None
    return ANSWERS[language][keyword].format(name=number_name)


def ask_to_confirm(number_name: str, language: str = "en", *, toll_free: bool = False) -> str:
    """The request of a double opt-in. Toll-free carriers take only START, so that is the word asked for there."""
    text = REQUESTS[language].format(name=number_name)
    if toll_free:
        return text.replace(" YES ", " START ").replace(" SI ", " START ").replace(" OUI ", " START ")
    return text
