"""A ring of the last HTTP exchanges, both ways, so that an integrator can see the wire."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

SHOWN_BODY = 8_192
_HIDDEN = frozenset({"authorization"})


@dataclass(slots=True)
class Exchange:
    """One request and its answer. `flow` is "in" for calls to the carrier, "out" for its webhooks; `carrier` is which,
    by its provider's name."""

    flow: Literal["in", "out"]
    method: str
    url: str
    request_headers: Iterable[tuple[str, str]]
    request_body: bytes
    status: int | None = None
    answer_body: bytes = b""
    note: str = ""
    ms: float = 0.0
    at: float = field(default_factory=time.time)
    number: int = 0
    carrier: str = ""


class ExchangeLog:
    """Keeps the newest exchanges and tells a listener about each."""

    def __init__(self, capacity: int) -> None:
        self._ring: deque[Exchange] = deque(maxlen=capacity)
        self._count = 0
        self.listener: Callable[[Exchange], None] | None = None

    def add(self, exchange: Exchange) -> None:
        """Remember one finished exchange."""
        self._count += 1
        exchange.number = self._count
        self._ring.append(exchange)
        if self.listener is not None:
            self.listener(exchange)

    def note_loss(self, url: str, what: str, carrier: str) -> None:
        """Remember a webhook that was lost on purpose: nothing was sent."""
        note = f"{what} not sent: the dial for lost callbacks"
        self.add(Exchange("out", "POST", url, (), b"", note=note, carrier=carrier))

    def clear(self) -> None:
        """Forget all of them."""
        self._ring.clear()

    def newest_first(self) -> list[Exchange]:
        """The kept exchanges."""
        return list(reversed(self._ring))


def show_exchange(exchange: Exchange) -> dict[str, Any]:
    """The exchange as JSON, bodies cut to a readable size and credentials hidden."""
    return {
        "number": exchange.number,
        "at": exchange.at,
        "flow": exchange.flow,
        "carrier": exchange.carrier,
        "method": exchange.method,
        "url": exchange.url,
        "status": exchange.status,
        "ms": round(exchange.ms, 1),
        "note": exchange.note,
        "request_headers": {
            name: "(hidden)" if name.lower() in _HIDDEN else value for name, value in exchange.request_headers
        },
        "request_body": _show_body(exchange.request_body),
        "answer_body": _show_body(exchange.answer_body),
    }


def _show_body(body: bytes) -> str:
    shown = body[:SHOWN_BODY].decode("utf-8", "replace")
    return shown if len(body) <= SHOWN_BODY else f"{shown}… ({len(body)} bytes)"
