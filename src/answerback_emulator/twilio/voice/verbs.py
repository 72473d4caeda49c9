"""What TwiML means for calls: the verbs the emulator performs. Sources: Twilio, "TwiML for Programmable Voice"."""

from dataclasses import dataclass

from answerback_emulator.twilio.documents import Element, TwimlError
from answerback_emulator.world.records import Method


@dataclass(frozen=True, slots=True)
class Say:
    """Speak words; `loop` times, 0 without end."""

    words: str
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    """Play a recording; nothing is fetched, its address is shown."""

    url: str
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not answer; as a first verb only."""

    busy: bool


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str
    method: Method


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to ring: a number or a SIP address, and who hears of it."""

    address: str
    status_callback: str = ""
    status_callback_method: Method = "POST"
    status_callback_events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring others and put the call through to the first who answers. `action` hears how it went."""

    targets: tuple[Target, ...]
    caller_id: str = ""
    timeout: int = 30
    time_limit: int = 14_400
    action: str = ""
    method: Method = "POST"
    answer_on_bridge: bool = False


Verb = Say | Play | Pause | Hangup | Reject | Redirect | Dial


def read_verb(element: Element) -> Verb:
    """One verb; raises TwimlError 12200 for what is not known or not performed here."""
    given = element.attributes
    match element.name:
        case "Say":
            inner = " ".join(_all_words(element).split())
            return Say(inner, _whole(given, "loop", 1))
        case "Play":
            return Play(element.words, _whole(given, "loop", 1))
        case "Pause":
            return Pause(_whole(given, "length", 1))
        case "Hangup":
            return Hangup()
        case "Reject":
            return Reject(given.get("reason") == "busy")
        case "Redirect":
            return Redirect(element.words, _method(given, "method"))
        case "Dial":
            return _read_dial(element)
        case _:
            raise TwimlError(12200, f"<{element.name}> is not a voice verb, or not one the emulator performs")


def _read_dial(element: Element) -> Dial:
    given = element.attributes
    targets = [Target(element.words)] if element.words else []
    for child in element.children:
        if child.name not in {"Number", "Sip"}:
            raise TwimlError(12200, f"<{child.name}> in <Dial> is not one the emulator rings: use Number or Sip")
        targets.append(
            Target(
                child.words,
                child.attributes.get("statusCallback", ""),
                _method(child.attributes, "statusCallbackMethod"),
                frozenset(child.attributes.get("statusCallbackEvent", "completed").split()),
            )
        )
    return Dial(
        targets=tuple(targets),
        caller_id=given.get("callerId", ""),
        timeout=min(max(_whole(given, "timeout", 30), 1), 600),
        time_limit=_whole(given, "timeLimit", 14_400),
        action=given.get("action", ""),
        method=_method(given, "method"),
        answer_on_bridge=given.get("answerOnBridge") == "true",
    )


def _all_words(element: Element) -> str:
    return " ".join([element.words, *(_all_words(child) for child in element.children)])


def _whole(given: dict[str, str], name: str, default: int) -> int:
    value = given.get(name, "")
    if value and not value.isdecimal():
        raise TwimlError(12200, f"{name} must be a whole number, not {value}")
    return int(value) if value else default


def _method(given: dict[str, str], name: str) -> Method:
    return "GET" if given.get(name, "POST").upper() == "GET" else "POST"
