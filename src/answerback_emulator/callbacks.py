"""Sends a callback about a text or call as the dials will have it: once, twice, late, or never."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from answerback_emulator.delivery.lines import Job
from answerback_emulator.emulator import Emulator

T = TypeVar("T")


class Subject(Protocol):
    """What a callback is about."""

    @property
    def account_sid(self) -> str: ...
    @property
    def sid(self) -> str: ...
    @property
    def status(self) -> str: ...


def send_callback(emulator: Emulator, about: Subject, url: str, post: Job) -> None:
    """Callbacks about one subject keep their order, unless the dials disorder them."""
    chance, dials = emulator.chance, emulator.chance.dials
    if _is_lost(emulator, about, url):
        return
    if chance.happens(dials.duplicate_probability):
        emulator.later(chance.late_s(), lambda: emulator.lines.submit(f"{about.sid}+", post))
    if chance.happens(dials.disorder_probability):
        emulator.later(chance.late_s(), lambda: emulator.lines.submit(f"{about.sid}-", post))
    else:
        emulator.lines.submit(about.sid, post)


async def await_callback(emulator: Emulator, about: Subject, url: str, post: Callable[[], Awaitable[T]]) -> T | None:
    """The same for one whose answer somebody waits for, after the time a step takes; None where it is lost."""
    chance, dials = emulator.chance, emulator.chance.dials
    if _is_lost(emulator, about, url):
        return None
    if chance.happens(dials.duplicate_probability):
        emulator.spawn(_repeat(chance.late_s(), post))
    held_back = chance.late_s() if chance.happens(dials.disorder_probability) else 0.0
    await asyncio.sleep(chance.delay_s() + held_back)
    return await post()


async def _repeat(wait_s: float, post: Callable[[], Awaitable[object]]) -> None:
    await asyncio.sleep(wait_s)
    await post()


def _is_lost(emulator: Emulator, about: Subject, url: str) -> bool:
    if not emulator.chance.happens(emulator.chance.dials.lost_callback_probability):
        return False
    account = emulator.world.accounts.get(about.account_sid)
    emulator.log.note_loss(url, f"{about.sid} {about.status}", account.provider if account is not None else "")
    return True
