"""A server on loopback that answers what a test tells it, or breaks off, and remembers what it was asked."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Canned:
    """`replies` are used up in order; the last one stays."""

    base_url: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.bodies.append(body)
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        self.asked.append(
            {
                "method": request.method,
                "path": request.path,
                "query": [list(pair) for pair in parse_qsl(request.query_string, keep_blank_values=True)],
                "form": [list(pair) for pair in parse_qsl(body.decode(), keep_blank_values=True)],
                "user": _user(request.headers.get("Authorization", "")),
                "accept": request.headers.get("Accept"),
                "content_type": request.headers.get("Content-Type") if body else None,
            }
        )
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return await reply(request)

    def says(self, *replies: Reply) -> None:
        self.replies = list(replies)

    async def never(self, request: web.Request) -> web.StreamResponse:
        """Takes the request and stays silent until the test ends."""
        await self.hold.wait()
        return web.Response()


def _user(authorization: str) -> str:
    """Name and password of a request that signs in with those."""
    kind, _, given = authorization.partition(" ")
    return base64.b64decode(given).decode() if kind == "Basic" else ""


def document(content: object, status: int = 200, **headers: str) -> Reply:
    async def reply(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response(content, status=status, headers=named)

    return reply


def page(text: str, status: int, content_type: str = "text/html") -> Reply:
    async def reply(request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status, content_type=content_type)

    return reply


def redirect_to(address: str) -> Reply:
    async def reply(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": address})

    return reply


async def hang_up(request: web.Request) -> web.StreamResponse:
    """Takes the request and closes the connection without a word."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    """Begins the answer and closes in the middle of it."""
    response = web.StreamResponse(status=201, headers={"Content-Length": "500", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"sid": "SM')
    assert request.transport is not None
    request.transport.close()
    return response


@asynccontextmanager
async def serving() -> AsyncIterator[Canned]:
    """The server, on a free port."""
    canned = Canned()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", canned.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    canned.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield canned
    finally:
        canned.hold.set()
        await runner.cleanup()
