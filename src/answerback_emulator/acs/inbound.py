"""A phone texts an Azure number: store it, handle keywords, tell the resource's address through Event Grid."""

from uuid import uuid4

from answerback_emulator.acs.event_grid import publish_received
from answerback_emulator.emulator import Emulator
from answerback_emulator.phone_side import Typed, take_text
from answerback_emulator.world.records import Medium, Number, Received


async def receive_text(emulator: Emulator, number: Number, phone: str, body: str, *, media: list[Medium]) -> Received:
    """Take a text from a phone and see its event's first try through (with whatever the dials do to it)."""
    text = take_text(emulator, Typed(number, phone, body, media), f"Incoming_{uuid4()}", f"Outgoing_{uuid4()}")
    return Received(text.sid, await publish_received(emulator, text))
