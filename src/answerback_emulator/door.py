"""What the doors of all carriers have in common: read a request, answer, fail on purpose as the dials say, log.

A plain ASGI application, because sends are the hot path of load tests.
"""

import asyncio
import time
from dataclasses import dataclass, field

import msgspec
from starlette.types import Receive, Scope, Send

from answerback_emulator.delivery.exchanges import Exchange
from answerback_emulator.emulator import Emulator
from answerback_emulator.wire import cut_answer, drop_connection, read_body, send_answer


@dataclass(slots=True)
class Answer:
    """An HTTP answer; `lose` means: do the work, then close the connection without a word."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    lose: bool = False


def json_answer(status: int, content: object, headers: dict[str, str] | None = None) -> Answer:
    """Any value as JSON."""
    return Answer(status, msgspec.json.encode(content), headers=headers or {})


class Door:
    """One carrier's API; it says what it answers, and how it refuses when it is busy or broken.

    It is known by how its paths begin or, where they begin with anything, by how they end.
    """

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    carrier: str = ""  # its provider's name, for the log

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def answer(self, scope: Scope, body: bytes) -> Answer:
        """The work itself."""
        raise NotImplementedError

    def too_many(self) -> Answer:
        """The answer to a request that is one too many."""
        raise NotImplementedError

    def broken(self) -> Answer:
        """The answer of a carrier with trouble inside."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: read, answer, perhaps fail on purpose, log."""
        began = time.perf_counter()
        posted = scope["method"] == "POST"
        body = await read_body(receive) if posted else b""
        chance, dials = self._emulator.chance, self._emulator.chance.dials
        answer = self._injected_fault() or self.answer(scope, body)
        if posted and answer.status < 300 and chance.happens(dials.lost_response_probability):
            answer.lose = True
        if dials.slow_response_ms:
            await asyncio.sleep(dials.slow_response_ms / 1000)
        note = ""
        if answer.lose:
            note = "done, then the connection was closed without an answer"
            await drop_connection(receive, send)
        elif chance.happens(dials.truncate_probability):
            note = "the answer was cut short"
            await cut_answer(receive, send, answer.status, answer.body, content_type=answer.content_type)
        else:
            await send_answer(send, answer.status, answer.body, content_type=answer.content_type, extra=answer.headers)
        self._log(scope, body, answer, note=note, ms=(time.perf_counter() - began) * 1000)

    def _injected_fault(self) -> Answer | None:
        chance, dials = self._emulator.chance, self._emulator.chance.dials
        if chance.happens(dials.throttle_probability):
            return self.too_many()
        if chance.happens(dials.error_probability):
            return self.broken()
        return None

    def _log(self, scope: Scope, body: bytes, answer: Answer, *, note: str, ms: float) -> None:
        query = scope["query_string"].decode("latin-1")
        url = f"{scope['path']}?{query}" if query else scope["path"]
        headers = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
        exchange = Exchange("in", scope["method"], url, tuple(headers), body, carrier=self.carrier)
        exchange.ms, exchange.note = ms, note
        if not answer.lose:
            exchange.status, exchange.answer_body = answer.status, answer.body
        self._emulator.log.add(exchange)
