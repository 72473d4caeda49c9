"""What is heard in a call: machines that speak, silence, and two people put through to each other."""

import asyncio
import contextlib
import time
from typing import Literal

from answerback_emulator.calls.changes import move_call, show_change
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call, Said

_SECONDS_A_WORD = 0.4
_SHORTEST_S = 0.001  # a loop without end must leave room for others


async def speak(emulator: Emulator, call: Call, words: str, *, kind: Literal["say", "play"] = "say") -> None:
    """Say words (or play a recording, named by its address) into the call, for as long as that takes."""
    if call.is_over:
        return
    call.said.append(Said(time.time(), kind, words))
    call.saying = words
    show_change(emulator, call)
    await rest(emulator, call, _SECONDS_A_WORD * len(words.split()))
    call.saying = ""
    if not call.is_over:
        show_change(emulator, call)


async def rest(emulator: Emulator, call: Call, seconds: float) -> None:
    """Let time pass in the call; ends at once when the call does."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(call.over.wait(), max(_SHORTEST_S, seconds * emulator.chance.dials.speech_scale))


def connect(emulator: Emulator, one: Call, other: Call) -> None:
    """Put two calls through to each other."""
    one.bridged, other.bridged = other, one
    show_change(emulator, one)
    show_change(emulator, other)


async def talk(emulator: Emulator, one: Call, other: Call, limit_s: float | None = None) -> None:
    """Two people talk until one of them hangs up (or time is up); the called one's line ends with it."""
    connect(emulator, one, other)
    ends = [asyncio.ensure_future(call.over.wait()) for call in (one, other)]
    try:
        await asyncio.wait(ends, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for end in ends:
            end.cancel()
        move_call(emulator, other, "completed")
        if one.bridged is not None:
            one.bridged = None
            show_change(emulator, one)
