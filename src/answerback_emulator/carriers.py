"""The carriers: their doors, and which of them takes a text or call from a phone: the one its number belongs to."""

from collections.abc import Awaitable, Callable

from answerback_emulator.acs import inbound as acs
from answerback_emulator.acs.calling import incoming as acs_calling
from answerback_emulator.acs.calling.doors import CallingDoor
from answerback_emulator.acs.doors import AcsDoor
from answerback_emulator.acs.entra import EntraDoor
from answerback_emulator.acs.handshake import subscribe
from answerback_emulator.door import Door
from answerback_emulator.emulator import Emulator
from answerback_emulator.telesign import inbound as telesign
from answerback_emulator.telesign.doors import TelesignDoor
from answerback_emulator.twilio import inbound as twilio
from answerback_emulator.twilio.doors import TwilioDoor
from answerback_emulator.twilio.voice import incoming as twilio_voice
from answerback_emulator.world.calls import Call
from answerback_emulator.world.records import Account, Medium, Number, Provider, Received

DOORS: tuple[type[Door], ...] = (TwilioDoor, TelesignDoor, AcsDoor, CallingDoor, EntraDoor)
_RECEIVERS: dict[Provider, Callable[..., Awaitable[Received]]] = {
    "twilio": twilio.receive_text,
    "telesign": telesign.receive_text,
    "acs": acs.receive_text,
}
_ANSWERERS: dict[Provider, Callable[[Emulator, Number, str], Call]] = {
    "twilio": twilio_voice.receive_call,
    "acs": acs_calling.receive_call,
}


async def open_account(emulator: Emulator, account: Account) -> None:
    """What a carrier does once an account is there: Azure's Event Grid shakes hands with its address."""
    if account.provider == "acs" and account.event_url:
        await subscribe(emulator, account, declared=True)


async def receive_text(emulator: Emulator, number: Number, phone: str, body: str, *, media: list[Medium]) -> Received:
    """Hand the text to its carrier and see the webhook through."""
    return await _RECEIVERS[number.provider](emulator, number, phone, body, media=media)


def place_call(emulator: Emulator, number: Number, phone: str) -> Call | None:
    """Let the phone call the number; None when the carrier has no voice."""
    answerer = _ANSWERERS.get(number.provider)
    return answerer(emulator, number, phone) if answerer is not None else None
