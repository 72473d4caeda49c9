"""Whether an agent may call a customer from a number: the rules in order, the first that refuses decides. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class CallReason(StrEnum):
    """Why a call is not placed, for programs."""

    NO_PHONE = "no_phone"
    NO_VOICE_PROVIDER = "no_voice_provider"
    NO_VOICE_NUMBER = "no_voice_number"
    NO_SIP = "no_sip"
    NUMBER_INACTIVE = "number_inactive"
    BLOCKED = "blocked"
    OWN_PHONE = "own_phone"
    DESTINATION_NOT_ALLOWED = "destination_not_allowed"


@dataclass(frozen=True, slots=True)
class CallRefused:
    """Nobody is rung: why, in a sentence with the way out."""

    reason: CallReason
    sentence: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """`own_phone` is the agent's: E.164, a SIP address, or "" where none is set. `allowed` are the countries that this
    number may reach, `allowed_words` the same for people. `carries_calls` and `carries_sip` are the provider's."""

    provider_label: str
    carries_calls: bool
    carries_sip: bool
    number: str
    number_has_voice: bool
    number_active: bool
    customer: str
    country: str
    allowed: frozenset[str]
    allowed_words: str
    blocked: bool
    own_phone: str


def why_not_call(facts: CallFacts) -> CallRefused | None:
    """None where the call may be placed."""
    if not facts.carries_calls:
        sentence = f"{facts.provider_label} carries no calls for {facts.number}. Text the customer instead."
        return CallRefused(CallReason.NO_VOICE_PROVIDER, sentence)
    if not facts.number_has_voice:
        sentence = f"{facts.number} is a number for texts only. Text the customer, or use a number with voice."
        return CallRefused(CallReason.NO_VOICE_NUMBER, sentence)
    if not facts.number_active:
        sentence = f"{facts.number} is switched off: an administrator can switch it on under Numbers."
        return CallRefused(CallReason.NUMBER_INACTIVE, sentence)
    return _own_phone(facts) or _customer(facts)


def _own_phone(facts: CallFacts) -> CallRefused | None:
    if not facts.own_phone:
        sentence = "Your own phone is not known: enter it under your name, My phone. It is rung first."
        return CallRefused(CallReason.NO_PHONE, sentence)
    if facts.own_phone.startswith("sip") and not facts.carries_sip:
        sentence = f"{facts.provider_label} rings no SIP addresses: enter a phone under your name, My phone."
        return CallRefused(CallReason.NO_SIP, sentence)
    if facts.own_phone in (facts.customer, facts.number):
        sentence = "Your own phone is set to the number that would be called: change it under your name, My phone."
        return CallRefused(CallReason.OWN_PHONE, sentence)
    return None


def _customer(facts: CallFacts) -> CallRefused | None:
    if facts.blocked:
        sentence = "This phone is on the block list: a supervisor can take it off there."
        return CallRefused(CallReason.BLOCKED, sentence)
    if facts.country not in facts.allowed:
        sentence = f"{facts.number} may call {facts.allowed_words} only, and this phone is elsewhere."
        return CallRefused(CallReason.DESTINATION_NOT_ALLOWED, sentence)
    return None
