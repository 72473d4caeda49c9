"""From an answer of Azure Communication Services, or one recipient's line in it, to what it means for a text."""

import re
from dataclasses import replace
from datetime import timedelta

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.acs.failure_table import TABLE

ADMINISTRATOR, PROVIDER, NOBODY = WhoCanFix.ADMINISTRATOR, WhoCanFix.PROVIDER, WhoCanFix.NOBODY
BLOCKED = re.compile(r"opted?[ -]?out|blocked for given recipient", re.IGNORECASE)
# "From" and "To" are names of fields only in capitals or before a colon: else they are words of a sentence.
SENDER = re.compile(r"\bFrom\b|\bfrom:|(?i:sender)")
RECIPIENT = re.compile(r"\bTo\b|\bto:|(?i:recipient)")
NOT_OURS = re.compile(r"owned|sender|phone number", re.IGNORECASE)
FORGOTTEN = re.compile(r"repeatability", re.IGNORECASE)
"""Azure does not know whether it did what is asked again."""

TROUBLE = Failure(
    FailureClass.PROVIDER_TROUBLE,
    None,
    PROVIDER,
    "Azure Communication Services has trouble inside. Try again.",
    Retry.BACK_OFF,
)
BAD_KEY = Failure(
    FailureClass.ACCOUNT,
    None,
    ADMINISTRATOR,
    "The account's access key is not one. Copy it whole from the Azure portal: the resource, Settings, Keys.",
    Retry.NEVER,
)
NO_ENDPOINT = Failure(
    FailureClass.ACCOUNT,
    None,
    ADMINISTRATOR,
    "The account has no endpoint. Copy it from the Azure portal: the resource, Settings, Keys.",
    Retry.NEVER,
)
_THROTTLED = Failure(
    FailureClass.THROTTLED,
    "429",
    NOBODY,
    "Azure Communication Services asked to slow down; the text waits and goes out by itself.",
    Retry.BACK_OFF,
)
_NOT_OURS = Failure(
    FailureClass.SENDER,
    "401",
    ADMINISTRATOR,
    "The sending number is not one of this resource's. Send from one that is, or use the resource that owns it.",
    Retry.NEVER,
)
_NOT_LET_IN = Failure(
    FailureClass.ACCOUNT,
    "401",
    ADMINISTRATOR,
    "Azure Communication Services does not accept the account's credentials, or this server's clock is wrong. "
    "Enter the current access key in the provider account.",
    Retry.LATER,
    timedelta(minutes=1),
)
_ELSEWHERE = Failure(
    FailureClass.ACCOUNT,
    None,
    ADMINISTRATOR,
    "The server at the account's endpoint does not answer like Azure Communication Services. Check the endpoint.",
    Retry.NEVER,
)
_CONTENT = Failure(
    FailureClass.CONTENT,
    "400",
    NOBODY,
    "Azure Communication Services does not take this text: it is empty, or longer than 2,048 characters. Shorten it.",
    Retry.NEVER,
)


def failure_of_http(status: int, message: str, retry_after: timedelta | None = None) -> Failure:
    """For a whole answer above 299."""
    match status:
        case 401 | 403:
            known = _NOT_OURS if NOT_OURS.search(message) else _NOT_LET_IN
        case 429:
            known = _THROTTLED
        case 404:
            known = _ELSEWHERE
        case 400 | 422:
            known = _of_words(message)
        case _ if status >= 500:
            known = TROUBLE
        case _:
            known = _ELSEWHERE
    return replace(known, retry_after=retry_after or known.retry_after)


def failure_of_item(status: int, message: str) -> Failure:
    """For one recipient's line inside an answer of 202."""
    match status:
        case 429:
            return _THROTTLED
        case 401 | 403 if not BLOCKED.search(message):
            return _NOT_OURS
        case _:
            return _of_words(message)


def _of_words(message: str) -> Failure:
    """Codes are told only after the send; before that there are words."""
    if BLOCKED.search(message):
        return TABLE[4007].failure("4007")
    if SENDER.search(message):
        return TABLE[4001].failure("400")
    if RECIPIENT.search(message):
        return TABLE[4002].failure("400")
    return _CONTENT
