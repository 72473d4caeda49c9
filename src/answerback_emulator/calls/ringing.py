"""A phone rings, and what the person holding it (or its `answers_calls`) makes of that."""

import asyncio

from answerback_emulator.calls.changes import move_call
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call


async def ring_phone(emulator: Emulator, call: Call, seconds: float) -> None:
    """Let the phone of an outgoing call ring until it is answered, declined, or has rung `seconds`.

    A number nobody on the page holds fails; a phone that rings or talks already is busy.
    """
    phone = emulator.world.phones.get(call.phone)
    if call.is_over:
        return
    if phone is None:
        move_call(emulator, call, "failed")
        return
    if phone.answers_calls == "busy" or emulator.world.calls.is_engaged(call.phone, besides=call):
        move_call(emulator, call, "busy")
        return
    move_call(emulator, call, "ringing")
    if phone.answers_calls == "always":
        move_call(emulator, call, "in-progress")
    await wait_for_decision(emulator, call, seconds)


async def wait_for_decision(emulator: Emulator, call: Call, seconds: float) -> None:
    """Wait as long as a call may ring; then it was not answered."""
    try:
        await asyncio.wait_for(call.decided.wait(), seconds * emulator.chance.dials.ringing_scale)
    except TimeoutError:
        move_call(emulator, call, "no-answer")


def answer(emulator: Emulator, call: Call) -> bool:
    """The person picks up; False when nothing rings at their end."""
    if call.status != "ringing" or call.direction == "inbound":
        return False
    move_call(emulator, call, "in-progress")
    return True


def decline(emulator: Emulator, call: Call) -> bool:
    """The person refuses: the caller hears that the line is busy. False when nothing rings at their end."""
    if call.status != "ringing" or call.direction == "inbound":
        return False
    call.declined = True
    move_call(emulator, call, "busy")
    return True


def hang_up(emulator: Emulator, call: Call) -> bool:
    """The person ends the call, or gives up calling; False when there is nothing to end."""
    if call.status == "in-progress":
        move_call(emulator, call, "completed")
    elif call.direction == "inbound" and not call.is_over:
        move_call(emulator, call, "canceled")
    else:
        return False
    return True
