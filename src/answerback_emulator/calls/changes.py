"""The steps of a call: it changes its status once for everybody (phones page, waiting tests, its carrier)."""

import time

from answerback_emulator.calls.shapes import show_call
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import FINAL, Call, CallStatus


def begin_call(emulator: Emulator, call: Call) -> None:
    """Keep a new call and show it."""
    emulator.world.calls.add(call)
    show_change(emulator, call)


def show_change(emulator: Emulator, call: Call) -> None:
    """Tell the phones page and who waits for news that something about this call is different."""
    call.updated = time.time()
    emulator.announcer.tell("call", lambda: show_call(call))
    emulator.world.calls.tell()


def move_call(emulator: Emulator, call: Call, status: CallStatus) -> None:
    """Give the call its next status; one that has ended stays as it ended."""
    if call.is_over or call.status == status:
        return
    call.status = status
    if status == "in-progress":
        call.answered = time.time()
        call.decided.set()
    if status in FINAL:
        call.ended = time.time()
        call.saying, call.bridged = "", None
        call.decided.set()
        call.over.set()
    show_change(emulator, call)
    if call.listener is not None:
        call.listener(call)
