"""A small HTTP/1.1 load client: prebuilt requests over kept connections, closed loop or at a fixed rate.

Written on asyncio protocols because a client as slow as the server would measure itself.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

END_OF_HEAD = b"\r\n\r\n"


@dataclass(slots=True)
class Tally:
    """What came back: seconds each answer took, and how many were not 2xx."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    started: float = 0.0
    ended: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / max(self.ended - self.started, 1e-9)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(values: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and largest of seconds, in milliseconds."""
    return {
        "p50_ms": round(percentile(values, 0.50) * 1000, 2),
        "p99_ms": round(percentile(values, 0.99) * 1000, 2),
        "max_ms": round(max(values, default=0.0) * 1000, 2),
    }


class _Connection(asyncio.Protocol):
    """One request at a time; the answer's head tells its length."""

    def __init__(self) -> None:
        self.answered: asyncio.Future[bool] | None = None
        self._buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class is not a subclass

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(END_OF_HEAD)
        if not found or len(body) < _content_length(head):
            return
        self._buffer = b""
        if self.answered is not None and not self.answered.done():
            self.answered.set_result(head[9:10] == b"2")

    def connection_lost(self, exc: Exception | None) -> None:
        if self.answered is not None and not self.answered.done():
            self.answered.set_result(False)

    async def ask(self, request: bytes) -> bool:
        self.answered = asyncio.get_running_loop().create_future()
        assert self.transport is not None
        self.transport.write(request)
        return await self.answered


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def until(reached: Callable[[], bool], patience: float) -> bool:
    """Look every 50 ms whether it is so; False when the patience in seconds is over first."""

    async def look() -> bool:
        return reached()

    return await until_true(look, patience)


async def until_true(reached: Callable[[], Awaitable[bool]], patience: float) -> bool:
    """The same for a look that takes time."""
    deadline = time.perf_counter() + patience
    while not await reached():
        if time.perf_counter() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True


async def _connect(port: int, count: int) -> list[_Connection]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(_Connection, "127.0.0.1", port))[1] for _ in range(count)]


async def run_closed(port: int, requests: list[bytes], connections: int, seconds: float) -> Tally:
    """Each connection asks again as soon as it has its answer, until the time or the requests are used up."""
    tally = Tally()
    remaining = iter(requests)
    opened = await _connect(port, connections)
    tally.started = time.perf_counter()
    deadline = tally.started + seconds

    async def work(connection: _Connection) -> None:
        for request in remaining:
            before = time.perf_counter()
            if before > deadline:
                return
            good = await connection.ask(request)
            tally.seconds.append(time.perf_counter() - before)
            tally.failed += not good

    await asyncio.gather(*(work(connection) for connection in opened))
    tally.ended = time.perf_counter()
    _close(opened)
    return tally


async def run_at_rate(port: int, requests: list[bytes], connections: int, rate: float) -> Tally:
    """Requests leave on a schedule whatever the server does; waiting for a free connection counts as latency."""
    tally = Tally()
    opened = await _connect(port, connections)
    free: asyncio.Queue[_Connection] = asyncio.Queue()
    for connection in opened:
        free.put_nowait(connection)
    tally.started = time.perf_counter()
    running: set[asyncio.Task[None]] = set()

    async def one(request: bytes, due: float) -> None:
        connection = await free.get()
        good = await connection.ask(request)
        tally.seconds.append(time.perf_counter() - due)
        tally.failed += not good
        free.put_nowait(connection)

    for place, request in enumerate(requests):
        due = tally.started + place / rate
        pause = due - time.perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        task = asyncio.create_task(one(request, due))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    tally.ended = time.perf_counter()
    _close(opened)
    return tally


def _close(opened: list[_Connection]) -> None:
    for connection in opened:
        if connection.transport is not None:
            connection.transport.close()
