"""The send gate: the one function every outbound text passes, whoever asks. Allowed, or refused with the way out.

Pure: the caller looks the facts up. Rules run in order and the first that refuses decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from answerback.domain.sending.destinations import allowed_countries, name_countries

LONGEST_BODY: Final = 1600
"""Characters a provider takes in one message (Twilio error 21617)."""
MOST_MEDIA: Final = 10


class Purpose(StrEnum):
    """Why the text is sent."""

    REPLY = "reply"
    KEYWORD_REPLY = "keyword_reply"  # the one answer to STOP, START or HELP
    AUTOMATED = "automated"
    PROACTIVE = "proactive"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class SendRequest:
    """The text that somebody wants to send."""

    purpose: Purpose
    body: str
    media_count: int = 0


@dataclass(frozen=True, slots=True)
class SendFacts:
    """What the rules ask about: our number, the recipient, and what they said. `country` as `numbers.country_of`."""

    provider: str
    number_type: str
    number_country: str
    number_active: bool
    capabilities: frozenset[str]
    country: str
    opted_out: bool
    blocked: bool
    account_active: bool = True
    countries: frozenset[str] = field(default_factory=frozenset)
    """Countries an administrator added for this number, beyond the table."""


class RefusalReason(StrEnum):
    """Why a text may not leave, for programs."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NUMBER_INACTIVE = "number_inactive"
    NUMBER_CANNOT_SEND = "number_cannot_send"
    NO_MMS = "no_mms"
    BLOCKED = "blocked"
    OPTED_OUT = "opted_out"
    DESTINATION_NOT_ALLOWED = "destination_not_allowed"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The text may leave. `exemptions` names rules that would have refused it but do not apply to its purpose."""

    exemptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The text may not leave: why, in a sentence with the way out, by which rule, and until when if time mends it."""

    reason: RefusalReason
    sentence: str
    rule: str
    until: datetime | None = None


Found = Refused | str | None
"""A rule's finding: a refusal, the name of an exemption that was used, or nothing to say."""


def check(request: SendRequest, facts: SendFacts, now: datetime) -> Allowed | Refused:
    """Ask every rule in turn. `now` is for rules of time; refusals that time mends say `until`."""
    exemptions: list[str] = []
    for name, rule in RULES.items():
        match rule(request, facts, now):
            case Refused() as refused:
                return refused
            case str():
                exemptions.append(name)
            case None:
                pass
    return Allowed(tuple(exemptions))


def _has_content(request: SendRequest, _: SendFacts, __: datetime) -> Found:
    if request.body.strip() or request.media_count:
        return None
    return Refused(RefusalReason.EMPTY, "There is nothing to send: write a text or attach a picture.", "content")


def _is_not_too_long(request: SendRequest, _: SendFacts, __: datetime) -> Found:
    if len(request.body) > LONGEST_BODY:
        sentence = (
            f"The text has {len(request.body)} characters and providers take {LONGEST_BODY}: "
            "shorten it or send it as several texts."
        )
        return Refused(RefusalReason.TOO_LONG, sentence, "length")
    if request.media_count > MOST_MEDIA:
        sentence = f"A text can carry {MOST_MEDIA} attachments: remove {request.media_count - MOST_MEDIA}."
        return Refused(RefusalReason.TOO_LONG, sentence, "length")
    return None


def _number_works(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    if not facts.number_active or not facts.account_active:
        sentence = "This number is switched off: an administrator can switch it on under Numbers."
        return Refused(RefusalReason.NUMBER_INACTIVE, sentence, "number")
    if not facts.capabilities & {"sms", "mms"}:
        sentence = "This number cannot send texts: use a number with SMS."
        return Refused(RefusalReason.NUMBER_CANNOT_SEND, sentence, "number")
    return None


def _number_takes_media(request: SendRequest, facts: SendFacts, _: datetime) -> Found:
    if request.media_count and "mms" not in facts.capabilities:
        sentence = "This number cannot send pictures or files: remove the attachment, or use a number with MMS."
        return Refused(RefusalReason.NO_MMS, sentence, "media")
    return None


def _is_not_blocked(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    if facts.blocked:
        sentence = "This phone is on the block list: a supervisor can take it off there."
        return Refused(RefusalReason.BLOCKED, sentence, "block_list")
    return None


def _has_not_opted_out(request: SendRequest, facts: SendFacts, _: datetime) -> Found:
    if not facts.opted_out:
        return None
    if request.purpose is Purpose.KEYWORD_REPLY:
        return "the answer to a keyword is owed also to those who opted out"
    sentence = (
        "The customer has opted out of texts from this number: they can text START to this number to opt in again."
    )
    return Refused(RefusalReason.OPTED_OUT, sentence, "consent")


def _may_go_there(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    allowed = allowed_countries(facts.provider, facts.number_type, facts.number_country) | facts.countries
    if facts.country in allowed:
        return None
    where = "a country that could not be told from the phone number" if facts.country == "ZZ" else facts.country
    sentence = (
        f"This number may text {name_countries(allowed)}, and the recipient is in {where}: "
        "check the phone number, or use a number of ours that may text there."
    )
    return Refused(RefusalReason.DESTINATION_NOT_ALLOWED, sentence, "destination")


RULES: Final[dict[str, Callable[[SendRequest, SendFacts, datetime], Found]]] = {
    "content": _has_content,
    "length": _is_not_too_long,
    "number": _number_works,
    "media": _number_takes_media,
    "block_list": _is_not_blocked,
    "consent": _has_not_opted_out,
    "destination": _may_go_there,
}
