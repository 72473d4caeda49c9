"""Screens for the tests: a real server on a real port, and clients that read its stream line by line."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import uvicorn

from answerback.storage.wakeups import Wakeups
from answerback.usecases.create_token import NewToken, TokenDraft, create_token
from answerback.web.auth.identify import Identify
from answerback.web.stream import StreamApp, make_stream_app


async def make_bearer(pool: Any, user_id: int) -> str:
    token = await create_token(pool, TokenDraft(name="test"), user_id, None)
    assert isinstance(token, NewToken)
    return token.token


@dataclass
class Node:
    """One server process, as far as the stream is concerned."""

    app: StreamApp
    url: str


@contextlib.asynccontextmanager
async def serving(pool: Any, database_url: str) -> AsyncIterator[Node]:
    wakeups = Wakeups(database_url)
    async with wakeups.running():
        app = make_stream_app(pool, wakeups, Identify(pool))
        running = asyncio.create_task(app.run())
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
        serving_task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield Node(app, f"http://127.0.0.1:{port}/api/v1/stream")
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            server.should_exit = True
            await serving_task


@dataclass
class Screen:
    """A browser's view of the stream. `events` holds everything that came, oldest first."""

    response: aiohttp.ClientResponse
    events: list[dict[str, Any]] = field(default_factory=list)
    cursor: str = ""
    was_reset: bool = False
    ended: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        name, data = "message", ""
        async for raw in self.response.content:
            line = raw.decode().rstrip("\n")
            if line.startswith("id: "):
                self.cursor = line[4:]
            elif line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line and data:
                self._take(name, data)
                name, data = "message", ""
        self.ended = True
        self._news.set()

    def _take(self, name: str, data: str) -> None:
        if name == "message":
            self.events.append(json.loads(data))
        self.was_reset = self.was_reset or name == "reset"
        self._news.set()

    @property
    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events]

    async def until(self, condition: Callable[["Screen"], bool]) -> None:
        async with asyncio.timeout(30):
            while not condition(self):
                self._news.clear()
                await self._news.wait()

    async def until_kind(self, kind: str, times: int = 1) -> dict[str, Any]:
        """The event of this kind that came last, once so many came."""
        await self.until(lambda screen: screen.kinds.count(kind) >= times)
        return next(event for event in reversed(self.events) if event["kind"] == kind)


@contextlib.asynccontextmanager
async def watching(node: Node, bearer: str, *, after: str = "", remembered: str = "") -> AsyncIterator[Screen]:
    """A screen that is connected: its `ready` has come."""
    headers = {"Authorization": f"Bearer {bearer}"} | ({"Last-Event-ID": remembered} if remembered else {})
    async with (
        aiohttp.ClientSession(read_bufsize=1 << 20) as session,
        session.get(node.url, params={"after": after} if after else {}, headers=headers) as response,
    ):
        assert response.status == 200
        screen = Screen(response)
        reading = asyncio.create_task(screen.read())
        try:
            await screen.until(lambda screen: bool(screen.cursor) or screen.was_reset)
            yield screen
        finally:
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError, aiohttp.ClientError):
                await reading
