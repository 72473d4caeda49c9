"""The least a provider can do: says 201 with a message id to everything. In a process of its own, to find our limit."""

import asyncio
import contextlib
import itertools
import multiprocessing
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import cast

import uvloop

END_OF_HEAD = b"\r\n\r\n"


class _Answer(asyncio.Protocol):
    """Answers each whole request, also several in one read."""

    ids = itertools.count(1)

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own class is not a subclass

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._take_request():
            assert self._transport is not None
            self._transport.write(_answer(next(self.ids)))

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
        return True


def _answer(place: int) -> bytes:
    body = (
        f'{{"sid":"SM{place:032x}","status":"queued","num_segments":"1","error_code":null,"error_message":null,'
        '"price":null,"price_unit":"USD","date_created":"Mon, 23 Nov 2026 12:00:00 +0000","messages":[]}'
    ).encode()
    head = f"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _run(port: int) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(_Answer, "127.0.0.1", port)
        await server.serve_forever()

    uvloop.run(forever())


@contextlib.contextmanager
def serve_bare(port: int) -> Iterator[None]:
    """Run it in a process until the block ends."""
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(port,), daemon=True)
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
