"""Our webhook addresses, open to the emulator: what knocks is kept as the centre would see it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from answerback.providers.contract import HookRequest, Provider
from answerback.providers.facts import Door


@dataclass(slots=True)
class Doors:
    """Answers each knock as the provider wants to hear it."""

    provider: Provider | None = None
    public_url: str = ""
    knocks: asyncio.Queue[HookRequest] = field(default_factory=asyncio.Queue)

    async def next(self) -> HookRequest:
        async with asyncio.timeout(30):
            return await self.knocks.get()

    async def take(self, request: web.Request) -> web.Response:
        last = request.path.rpartition("/")[2]
        door = Door(last) if last in set(Door) else Door.EVENTS
        headers = {name.lower(): value for name, value in request.headers.items()}
        url = f"{self.public_url}{request.raw_path}"
        knock = HookRequest(door, request.method, url, headers, await request.read(), request.query_string)
        self.knocks.put_nowait(knock)
        assert self.provider is not None
        answer = self.provider.answer(knock)
        told = {"Content-Type": answer.content_type, **dict(answer.headers)}
        return web.Response(status=answer.status, body=answer.body, headers=told)


@asynccontextmanager
async def open_doors() -> AsyncIterator[Doors]:
    """Doors on a free port."""
    doors = Doors()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", doors.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    doors.public_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield doors
    finally:
        await runner.cleanup()
