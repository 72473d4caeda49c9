"""The least a provider can do: takes every text and gives it an id. In a process of its own, to find our limit."""

import asyncio
import contextlib
import itertools
import multiprocessing
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from typing import cast

import msgspec
import uvloop

END_OF_HEAD = b"\r\n\r\n"


class _Answer(asyncio.Protocol):
    """Answers each whole request, also several in one read."""

    ids = itertools.count(1)

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own class is not a subclass

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._take_request():
            pass

    def _take_request(self) -> bool:
        head, found, rest = self._buffer.partition(END_OF_HEAD)
        if not found:
            return False
        length = 0
        for line in head.split(b"\r\n"):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        if len(rest) < length:
            return False
        self._buffer = rest[length:]
        assert self._transport is not None
        self._transport.write(self._answer(rest[:length]))
        return True

    def _answer(self, request: bytes) -> bytes:
        match self._provider:
            case "acs" if request:
                lines = [self._line(one["to"]) for one in msgspec.json.decode(request)["smsRecipients"]]
                return _whole(202, msgspec.json.encode({"value": lines}))
            case "telesign":
                status = {"code": 290, "description": "Message in progress"}
                return _whole(200, msgspec.json.encode({"reference_id": f"{next(self.ids):032X}", "status": status}))
            case _:
                return _whole(201, _created(next(self.ids)))

    def _line(self, to: str) -> dict[str, object]:
        message_id = f"Outgoing_{next(self.ids)}"
        return {"to": to, "messageId": message_id, "httpStatusCode": 202, "successful": True}


def _created(place: int) -> bytes:
    return (
        f'{{"sid":"SM{place:032x}","status":"queued","num_segments":"1","error_code":null,"error_message":null,'
        '"price":null,"price_unit":"USD","date_created":"Mon, 23 Nov 2026 12:00:00 +0000","messages":[]}'
    ).encode()


def _whole(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _run(port: int, provider: str) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(partial(_Answer, provider), "127.0.0.1", port)
        await server.serve_forever()

    uvloop.run(forever())


@contextlib.contextmanager
def serve_bare(port: int, provider: str = "twilio") -> Iterator[None]:
    """Run it in a process until the block ends."""
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(port, provider), daemon=True)
    process.start()
    try:
        while not _answers(port):
            process.join(0.05)
        yield
    finally:
        process.terminate()
        process.join()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
            return True
    except OSError:
        return False
