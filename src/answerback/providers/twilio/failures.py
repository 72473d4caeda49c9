"""Finds the Failure for what Twilio says went wrong: by its error code, else by the HTTP status."""

from dataclasses import replace
from datetime import timedelta

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.twilio.failure_table import FAILURES

_REFUSED = Failure(
    FailureClass.UNKNOWN,
    None,
    WhoCanFix.ADMINISTRATOR,
    "Twilio refused the text with a code this version does not know. Look the code up in Twilio's error list.",
    Retry.NEVER,
)
_LOST = Failure(
    FailureClass.UNKNOWN,
    None,
    WhoCanFix.NOBODY,
    "The text did not arrive, and the carrier gives no reason. Try again once.",
    Retry.NEVER,
)


def failure_of(code: str | int | None, retry_after: timedelta | None = None) -> Failure:
    """Never fails: an unknown code keeps its number. `retry_after`, from the answer, wins over the table's."""
    text = "" if code is None else str(code).strip()
    if not text:
        return _LOST
    known = FAILURES.get(int(text)) if text.isdecimal() and len(text) <= 6 else None
    failure = known or replace(_REFUSED, code=text)
    return failure if retry_after is None else replace(failure, retry_after=retry_after)


def failure_of_http(status: int, retry_after: timedelta | None = None) -> Failure:
    """For an answer that is not Twilio's error document, as when a proxy or another server speaks."""
    match status:
        case 401 | 403:
            return failure_of(20003)
        case 429:
            return failure_of(20429, retry_after)
        case 404:
            return failure_of(20404)
        case 503:
            return failure_of(20503, retry_after)
        case _ if status >= 500:
            return failure_of(20500, retry_after)
        case _:
            return Failure(
                FailureClass.ACCOUNT,
                None,
                WhoCanFix.ADMINISTRATOR,
                f"The server at the account's API address answered {status} without Twilio's error document. "
                "Check the API address of the provider account.",
                Retry.NEVER,
            )
