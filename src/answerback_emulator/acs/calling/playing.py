"""Plays words and recordings into a call, one request after the other, and says when each began and ended."""

import asyncio
import re
from typing import Any, Literal

from answerback_emulator.acs.answers import refused
from answerback_emulator.acs.calling.answers import not_established, required
from answerback_emulator.acs.calling.events import post_event
from answerback_emulator.acs.calling.identifiers import read_phone
from answerback_emulator.calls.talking import speak
from answerback_emulator.door import Answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.connections import Connection

Piece = tuple[Literal["say", "play"], str]
_NO_SPEECH = {"code": 400, "subCode": 8565, "message": "The call has no Cognitive Services to speak text with."}
_GONE = {"code": 487, "subCode": 8508, "message": "The call ended before it was played."}


def play(emulator: Emulator, connection: Connection, body: dict[str, Any]) -> Answer:
    """POST :play: 202, then PlayStarted and PlayCompleted, PlayFailed or PlayCanceled."""
    if connection.state != "connected":
        raise not_established()
    pieces = [_read_source(one) for one in required(body, "playSources")]
    phones = {read_phone(one, "playTo") for one in body.get("playTo") or []}
    if body.get("interruptCallMediaOperation"):
        stop(connection)
    task = emulator.spawn(_play(emulator, connection, body, pieces=pieces, phones=phones))
    connection.plays.append(task)
    task.add_done_callback(connection.plays.remove)
    return Answer(202)


def cancel_plays(connection: Connection) -> Answer:
    """POST :cancelAllMediaOperations."""
    stop(connection)
    return Answer(202)


def stop(connection: Connection) -> None:
    """End what is playing and what waits to be played."""
    for task in connection.plays:
        task.cancel()


async def _play(
    emulator: Emulator, connection: Connection, body: dict[str, Any], *, pieces: list[Piece], phones: set[str]
) -> None:
    address, data = str(body.get("operationCallbackUri") or ""), {"operationContext": body.get("operationContext")}
    if any(kind == "say" for kind, _ in pieces) and not connection.speech_endpoint:
        failed = data | {"resultInformation": _NO_SPEECH, "failedPlaySourceIndex": 0}
        post_event(emulator, connection, "PlayFailed", failed, to=address)
        return
    try:
        async with connection.speaker:
            post_event(emulator, connection, "PlayStarted", data, to=address)
            await _perform(emulator, connection, pieces, phones)
            while (body.get("playOptions") or {}).get("loop") and connection.talking:
                await _perform(emulator, connection, pieces, phones)
    except asyncio.CancelledError:
        if connection.state != "disconnected":
            post_event(emulator, connection, "PlayCanceled", data, to=address)
        raise
    if connection.state == "disconnected":
        post_event(emulator, connection, "PlayFailed", data | {"resultInformation": _GONE}, to=address)
    else:
        post_event(emulator, connection, "PlayCompleted", data, to=address)


async def _perform(emulator: Emulator, connection: Connection, pieces: list[Piece], phones: set[str]) -> None:
    for kind, words in pieces:
        legs = [leg for leg in connection.talking if not phones or leg.phone in phones]
        await asyncio.gather(*(speak(emulator, leg, words, kind=kind) for leg in legs))


def _read_source(given: object) -> Piece:
    source = given if isinstance(given, dict) else {}
    match source.get("kind"):
        case "text":
            return "say", str(required(required(source, "text"), "text"))
        case "ssml":
            words = re.sub(r"<[^>]*>", " ", str(required(required(source, "ssml"), "ssmlText")))
            return "say", " ".join(words.split())
        case "file":
            return "play", str(required(required(source, "file"), "uri"))
        case other:
            raise refused(400, "BadRequest", f"playSources: kind must be text, ssml or file, not {other}.")
