"""Which carrier takes a text from a phone: the one the texted number belongs to."""

from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio import inbound as twilio
from answerback_emulator.world.records import Medium, Number, Received


async def receive_text(emulator: Emulator, number: Number, phone: str, body: str, *, media: list[Medium]) -> Received:
    """Hand the text to its carrier and see the webhook through."""
    match number.provider:
        case "twilio":
            return await twilio.receive_text(emulator, number, phone, body, media=media)
