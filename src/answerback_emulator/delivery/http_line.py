"""One kept-alive HTTP/1.1 connection for webhooks: a request out, its answer in, one at a time.

Hand-written because callbacks are half the cost of a load test; pictures are fetched with aiohttp instead.
"""

import asyncio
from dataclasses import dataclass, field
from typing import cast

import httptools

MAX_ANSWER = 64 * 1024


@dataclass(slots=True)
class HttpAnswer:
    """Status, headers by their lower-case names, and up to MAX_ANSWER bytes of body."""

    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)


class BrokenLineError(Exception):
    """The connection ended, or spoke something else than HTTP, before the answer was complete."""


class HttpLine(asyncio.Protocol):
    """Use: `await line.exchange(request bytes)` while `line.is_usable`."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[HttpAnswer] | None = None
        self._answer = HttpAnswer()
        self._parser = httptools.HttpResponseParser(self)
        self._keeps_alive = True
        self._has_length = False

    @property
    def is_usable(self) -> bool:
        """Whether another request may be sent on it."""
        return self._keeps_alive and self._transport is not None and not self._transport.is_closing()

    def exchange(self, request: bytes) -> asyncio.Future[HttpAnswer]:
        """Send a complete request; the future holds the answer or BrokenLineError."""
        self._waiter = self._loop.create_future()
        self._answer = HttpAnswer()
        self._has_length = False
        if self._transport is None or self._transport.is_closing():
            self._break("the connection was closed")
        else:
            self._transport.write(request)
        return self._waiter

    def close(self) -> None:
        """Hang up."""
        self._keeps_alive = False
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop (uvloop's transports are no subclass of asyncio's)."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._break(f"the answer is not HTTP: {error}")
            self.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the event loop; an answer without a length ends here."""
        self._keeps_alive = False
        if error is None and self._answer.status and not self._has_length:
            self._finish()
        else:
            self._break("the connection was closed before the answer was complete")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        lowered = name.lower()
        self._answer.headers[lowered] = value
        if lowered in (b"content-length", b"transfer-encoding"):
            self._has_length = True

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        self._answer.status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        room = MAX_ANSWER - len(self._answer.body)
        self._answer.body += body[:room]

    def on_message_complete(self) -> None:
        """Called by the parser; an interim 1xx answer is not the end."""
        if self._answer.status >= 200:
            self._keeps_alive = self._keeps_alive and self._parser.should_keep_alive()
            self._finish()

    def _finish(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(self._answer)

    def _break(self, reason: str) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(BrokenLineError(reason))
