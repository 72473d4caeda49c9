"""The one answer to a keyword, where provider or carrier does not give it. Plain, short, and without advertising."""

from answerback.domain.consent.keywords import Keyword
from answerback.domain.consent.ledger import ConsentState


def choose_answer(keyword: Keyword, before: ConsentState, number_name: str, *, provider_answers: bool) -> str | None:
    """The text that answers `keyword`, or None: the provider answers, or it has been confirmed before.

    `before` is the state towards the number before the keyword was recorded. A repeated STOP or START gets no second
    confirmation (47 CFR 64.1200(a)(12) allows one); HELP is answered each time, also to those who opted out.
    """
    if provider_answers:
        return None
    match keyword:
        case Keyword.STOP:
            return None if before.opted_out else confirm_stop(number_name)
        case Keyword.START:
            return None if before.opted_in else confirm_start(number_name)
        case Keyword.HELP:
            return answer_help(number_name)


def confirm_stop(number_name: str) -> str:
    """The last text to somebody who opts out."""
    return f"{number_name}: you will get no more texts from this number. Reply START to get texts again."


def confirm_start(number_name: str) -> str:
    """To somebody who opts in."""
    return (
        f"{number_name}: you will get texts from this number again. "
        "Msg & data rates may apply. Reply HELP for help, STOP to opt out."
    )


def answer_help(number_name: str) -> str:
    """Who we are and how to reach a person."""
    return (
        f"{number_name}: reply here with your question and a person will answer. "
        "Msg & data rates may apply. Reply STOP to opt out."
    )
