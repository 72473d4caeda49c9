"""Performs TwiML on a call: one document after another, until there is nothing left to do or somebody hangs up."""

from itertools import count
from urllib.parse import urljoin

from answerback_emulator.calls.changes import move_call
from answerback_emulator.calls.talking import rest, speak
from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.voice.dialling import dial
from answerback_emulator.twilio.voice.questions import Document, Source, ask
from answerback_emulator.twilio.voice.verbs import Dial, Hangup, Pause, Play, Redirect, Reject, Say
from answerback_emulator.world.calls import Call

SORRY = "We're sorry, an application error has occurred. Goodbye."


async def run_script(emulator: Emulator, call: Call, source: Source | None) -> None:
    """Ask the source what to do, do it, and end the call."""
    while source is not None:
        document = await ask(emulator, call, source)
        if call.is_over:
            return
        if document is None:
            move_call(emulator, call, "in-progress")
            await speak(emulator, call, SORRY)
            break
        source = await _perform(emulator, call, document)
    move_call(emulator, call, "in-progress")  # an empty document answers too, and hangs up at once
    move_call(emulator, call, "completed")


def redirect(emulator: Emulator, call: Call, source: Source) -> None:
    """Drop what the call is doing and go on with another document."""
    if call.script is not None:
        call.script.cancel()
    call.script = emulator.spawn(run_script(emulator, call, source))


async def _perform(emulator: Emulator, call: Call, document: Document) -> Source | None:
    """Do the verbs of a document; gives back where to go on, or None when this was all."""
    for verb in document.verbs:
        if call.is_over:
            return None
        if isinstance(verb, Reject) and call.status == "ringing":
            move_call(emulator, call, "busy" if verb.busy else "no-answer")
            return None
        if not (isinstance(verb, Dial) and verb.answer_on_bridge):
            move_call(emulator, call, "in-progress")
        if isinstance(verb, Hangup | Reject):
            return None
        if isinstance(verb, Redirect):
            return Source(urljoin(document.url, verb.url) if verb.url else document.url, verb.method)
        if isinstance(verb, Dial):
            outcome = await dial(emulator, call, verb)
            if verb.action:
                return Source(urljoin(document.url, verb.action), verb.method, extra=outcome)
        else:
            await _sound(emulator, call, verb)
    return None


async def _sound(emulator: Emulator, call: Call, verb: Say | Play | Pause) -> None:
    if isinstance(verb, Pause):
        await rest(emulator, call, verb.seconds)
        return
    for _ in range(verb.loop) if verb.loop else count():
        if call.is_over:
            return
        if isinstance(verb, Say):
            await speak(emulator, call, verb.words)
        else:
            await speak(emulator, call, verb.url, kind="play")
