"""STOP, START and HELP as carriers handle them before anybody else sees the text; Twilio's Advanced Opt-Out too."""

from typing import Literal, NamedTuple

from answerback_emulator.world.records import Number, Service
from answerback_emulator.world.world import World

OptOutType = Literal["STOP", "START", "HELP"]

_STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_START = frozenset({"START", "YES", "UNSTOP"})
_TOLL_FREE_START = frozenset({"START", "UNSTOP"})
_HELP = frozenset({"HELP", "INFO"})

_REPLIES: dict[OptOutType, str] = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}
_TOLL_FREE_REPLIES: dict[OptOutType, str] = {
    "STOP": 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. '
    'Text back "unstop" to receive messages again.',
    "START": 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


class Handled(NamedTuple):
    """What the carrier did with a keyword: its kind for Advanced Opt-Out, and its own answer or ""."""

    opt_out_type: OptOutType | None
    reply: str


_NOTHING = Handled(None, "")


def handle_keyword(world: World, number: Number, phone: str, body: str) -> Handled:
    """Change who is opted out if the whole text is a keyword; says what the carrier answers."""
    service = world.services.get(number.messaging_service_sid or "")
    advanced = service is not None and service.advanced_opt_out
    kind = _kind_of(body, number, service)
    if kind is None or not (advanced or number.handles_keywords):
        return _NOTHING
    scope = (world.consent_scope(number.phone_number), phone)
    was_out = scope in world.opted_out
    match kind:
        case "STOP":
            world.opted_out.add(scope)
            answers = not was_out
        case "START":
            world.opted_out.discard(scope)
            answers = was_out
        case "HELP":
            answers = not (advanced and was_out)
    replies = _TOLL_FREE_REPLIES if number.type == "toll_free" and not advanced else _REPLIES
    return Handled(kind if advanced else None, replies[kind] if answers else "")


def _kind_of(body: str, number: Number, service: Service | None) -> OptOutType | None:
    word = body.strip().upper()
    own_words = service.opt_out_words if service is not None and service.advanced_opt_out else []
    if word in _STOP or word in {own.upper() for own in own_words}:
        return "STOP"
    if word in (_TOLL_FREE_START if number.type == "toll_free" else _START):
        return "START"
    return "HELP" if word in _HELP else None
