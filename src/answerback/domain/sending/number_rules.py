"""Rules of the gate about the text itself and the number it would leave from."""

from datetime import datetime
from functools import lru_cache
from typing import Final

from answerback.domain.numbers.registration import REGISTERING, kind_of, why_refused
from answerback.domain.sending.destinations import WITHOUT_MEDIA
from answerback.domain.sending.request import SendFacts, SendRequest
from answerback.domain.sending.verdict import Exempt, Found, RefusalReason, Refused

LONGEST_BODY: Final = 1600
"""Characters a provider takes in one message (Twilio error 21617)."""
MOST_MEDIA: Final = 10
CARRIERS: Final = "carriers of the United States and Canada"


def has_content(request: SendRequest, _: SendFacts, __: datetime) -> Found:
    if request.body.strip() or request.media_count:
        return None
    return Refused(RefusalReason.EMPTY, "There is nothing to send: write a text or attach a picture.", "content")


def is_not_too_long(request: SendRequest, _: SendFacts, __: datetime) -> Found:
    if len(request.body) > LONGEST_BODY:
        sentence = (
            f"The text has {len(request.body)} characters and providers take {LONGEST_BODY}: "
            "shorten it or send it as several texts."
        )
        return Refused(RefusalReason.TOO_LONG, sentence, "length", "Twilio error 21617")
    if request.media_count > MOST_MEDIA:
        sentence = f"A text can carry {MOST_MEDIA} attachments: remove {request.media_count - MOST_MEDIA}."
        return Refused(RefusalReason.TOO_LONG, sentence, "length", "Twilio error 21623")
    return None


def number_works(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    if not facts.number_active or not facts.account_active:
        sentence = "This number is switched off: an administrator can switch it on under Numbers."
        return Refused(RefusalReason.NUMBER_INACTIVE, sentence, "number")
    if not facts.capabilities & {"sms", "mms"}:
        sentence = "This number cannot send texts: use a number with SMS."
        return Refused(RefusalReason.NUMBER_CANNOT_SEND, sentence, "number")
    return None


def number_takes_media(request: SendRequest, facts: SendFacts, _: datetime) -> Found:
    if not request.media_count:
        return None
    if facts.provider in WITHOUT_MEDIA:
        sentence = f"{WITHOUT_MEDIA[facts.provider]} carries no pictures or files: remove the attachment."
        return Refused(RefusalReason.NO_MMS, sentence, "media")
    if "mms" not in facts.capabilities:
        sentence = "This number cannot send pictures or files: remove the attachment, or use a number with MMS."
        return Refused(RefusalReason.NO_MMS, sentence, "media")
    if not facts.media_allowed:
        sentence = "Pictures and files are not sent from this workstream: remove the attachment."
        return Refused(RefusalReason.MEDIA_NOT_ALLOWED, sentence, "media")
    return None


def is_registered(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    if facts.country not in REGISTERING:
        return None
    sentence = _why_refused(facts.provider, facts.number_type, facts.number_country, facts.registration)
    if sentence is None:
        return None
    if facts.registration_overridden:
        return Exempt("an administrator lets this number send without its registration")
    return Refused(RefusalReason.NOT_REGISTERED, sentence, "registration", CARRIERS)


@lru_cache(1_000)
def _why_refused(provider: str, number_type: str, country: str, status: str) -> str | None:
    kind = kind_of(number_type, country)
    return None if kind is None else why_refused(provider, kind, status)
