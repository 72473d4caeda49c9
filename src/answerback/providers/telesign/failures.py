"""From a TeleSign code, or an answer without one, to what it means for a text."""

from dataclasses import replace
from datetime import timedelta

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.telesign.failure_table import FAILURES

TROUBLE = Failure(
    FailureClass.PROVIDER_TROUBLE, None, WhoCanFix.PROVIDER, "TeleSign has trouble inside. Try again.", Retry.BACK_OFF
)
BAD_KEY = Failure(
    FailureClass.ACCOUNT,
    None,
    WhoCanFix.ADMINISTRATOR,
    "The account's API key is not a TeleSign key. Copy it whole from the TeleSign portal.",
    Retry.NEVER,
)
_REFUSED = Failure(
    FailureClass.UNKNOWN,
    None,
    WhoCanFix.ADMINISTRATOR,
    "TeleSign refused the text with a code this version does not know. Look it up in TeleSign's error list.",
    Retry.NEVER,
)
_ELSEWHERE = Failure(
    FailureClass.ACCOUNT,
    None,
    WhoCanFix.ADMINISTRATOR,
    "The server at the account's API address does not answer like TeleSign. "
    "Check the API address of the provider account.",
    Retry.NEVER,
)


def failure_of(code: int, retry_after: timedelta | None = None) -> Failure:
    """What a code means; `retry_after`, from the answer, wins over the table's."""
    failure = FAILURES.get(code) or replace(_REFUSED, code=str(code))
    return failure if retry_after is None else replace(failure, retry_after=retry_after)


def failure_of_http(status: int, code: int | None, retry_after: timedelta | None = None) -> Failure:
    """For an answer above 299. The HTTP status speaks where the code is missing or unknown: 401 covers all of 100xx."""
    if code in FAILURES:
        return failure_of(code, retry_after)
    match status:
        case 401 | 403:
            known = FAILURES[10008]
        case 402:
            known = FAILURES[10030]
        case 429:
            known = FAILURES[10019]
        case _ if status >= 500:
            known = TROUBLE
        case _:
            known = _ELSEWHERE if code is None else _REFUSED
    return replace(known, code=None if code is None else str(code), retry_after=retry_after or known.retry_after)
