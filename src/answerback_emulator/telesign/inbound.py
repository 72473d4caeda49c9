"""A phone texts a TeleSign number: store it, handle keywords where asked to, post it to the account."""

from answerback_emulator.callbacks import await_callback
from answerback_emulator.emulator import Emulator
from answerback_emulator.phone_side import Typed, take_text
from answerback_emulator.telesign.answers import show_inbound
from answerback_emulator.telesign.callbacks import post_signed
from answerback_emulator.telesign.messages import new_reference
from answerback_emulator.world.records import Medium, Number, Received, Text


async def receive_text(emulator: Emulator, number: Number, phone: str, body: str, *, media: list[Medium]) -> Received:
    """Take a text from a phone and see its first callback through (with whatever the dials do to it)."""
    text = take_text(emulator, Typed(number, phone, body, media), new_reference(), new_reference())
    return Received(text.sid, await _notify(emulator, text))


async def _notify(emulator: Emulator, text: Text) -> int | None:
    url = emulator.world.accounts[text.account_sid].event_url
    if not url:
        return None
    content = show_inbound(text)
    receipt = await await_callback(emulator, text, url, lambda: post_signed(emulator, text, url, content))
    return receipt.status if receipt is not None else None
