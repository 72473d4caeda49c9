"""A phone calls a number: its VoiceUrl is asked, and the TwiML it answers with is performed."""

from secrets import token_hex

from answerback_emulator.calls.changes import begin_call, move_call
from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.voice.questions import Source
from answerback_emulator.twilio.voice.reports import Subscription, subscribe
from answerback_emulator.twilio.voice.script import redirect
from answerback_emulator.world.calls import Call
from answerback_emulator.world.records import Number


def receive_call(emulator: Emulator, number: Number, phone: str) -> Call:
    """Let it ring at the number; without a VoiceUrl the call fails, as on a number nobody has set up."""
    call = Call(
        id="CA" + token_hex(16),
        provider="twilio",
        account_sid=number.account_sid,
        number=number.phone_number,
        phone=phone,
        direction="inbound",
        sender=phone,
        to=number.phone_number,
        status="ringing",
    )
    subscribe(emulator, call, Subscription(number.status_callback, number.status_callback_method))
    begin_call(emulator, call)
    if not number.voice_url:
        move_call(emulator, call, "failed")
        return call
    source = Source(number.voice_url, number.voice_method, number.voice_fallback_url, number.voice_fallback_method)
    redirect(emulator, call, source)
    return call
