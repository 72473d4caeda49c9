"""What a number does with calls, and the plan that follows for one call. Pure: the caller looks the facts up."""

from dataclasses import dataclass
from enum import StrEnum


class Behaviour(StrEnum):
    """`untouched`: its voice settings at the provider are neither set nor changed, and its calls are not ours."""

    UNTOUCHED = "untouched"
    GREETING = "greeting"  # spoken words, then the call ends
    FORWARD = "forward"  # rings a phone or SIP address
    TEXT_THREAD = "text_thread"  # spoken words, then a text back


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """A number's behaviour. `words` are spoken, before forwarding too; `language` is BCP 47; "" means none of it."""

    behaviour: Behaviour = Behaviour.UNTOUCHED
    words: str = ""
    language: str = "en-US"
    forward_to: str = ""
    text_back: str = ""


@dataclass(frozen=True, slots=True)
class LeaveAlone:
    """Not ours to answer."""


@dataclass(frozen=True, slots=True)
class Decline:
    """The caller hears that the line is busy."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Answer, say the words, hang up. Without words the caller hears that the line is busy."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Connect:
    """Bring a second phone into the call: `to` is E.164 or a SIP address. `words` are said to the first one before.

    `caller_id` is the number of ours that the second phone is shown; None: the caller's own.
    """

    to: str
    caller_id: str | None = None
    words: str = ""
    language: str = "en-US"


Plan = LeaveAlone | Decline | Speak | Connect


def plan_incoming(rules: VoiceRules, *, ours: str, withheld: bool, blocked: bool) -> Plan:
    """What to do with a call that comes in on our number `ours`."""
    if rules.behaviour is Behaviour.UNTOUCHED:
        return LeaveAlone()
    if blocked:
        return Decline()
    if rules.behaviour is Behaviour.FORWARD:
        return Connect(rules.forward_to, ours if withheld else None, rules.words, rules.language)
    return Speak(rules.words, rules.language)


def plan_outgoing(customer: str, *, ours: str) -> Connect:
    """An agent's call: their own phone has been rung, now the customer is, who sees the number they text with."""
    return Connect(customer, ours)
