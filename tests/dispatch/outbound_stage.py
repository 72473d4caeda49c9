"""The whole message path with a dispatcher, and a scripted carrier on loopback that speaks Twilio's create call."""

import asyncio
import contextlib
import itertools
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from answerback.storage.connection import Pool
from answerback.storage.wakeups import Wakeups
from answerback.usecases.queue_text import Queued
from answerback.usecases.send_text import SendText, send_text
from answerback.workers.dispatcher import Dispatcher
from answerback.workers.dispatcher_sender import Sender
from tests.message_stage import ACCOUNT_SID, Stage, message_stage, phone, running, seed

Form = dict[str, str]
Reply = Callable[["Carrier", Form], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Carrier:
    """Takes texts as Twilio does; `reply` may be changed to play other parts."""

    url: str = ""
    taken: list[Form] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    reply: Reply | None = None

    async def create(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.taken.append(form)
        self.times.append(asyncio.get_running_loop().time())
        return await self.reply(self, form) if self.reply else accepted()

    async def list_sent(self, _: web.Request) -> web.Response:
        return web.json_response({"messages": [], "next_page_uri": None})


def accepted(provider_id: str | None = None, **more: Any) -> web.Response:
    sid = provider_id or f"SM{uuid.uuid4().hex}"
    document = {"sid": sid, "status": "queued", "num_segments": "1", "error_code": None, "price": None, **more}
    return web.json_response(document, status=201)


def refused(code: int, status: int = 400) -> web.Response:
    return web.json_response({"code": code, "message": "No.", "more_info": "", "status": status}, status=status)


@contextlib.asynccontextmanager
async def carrier_on_loopback() -> AsyncIterator[Carrier]:
    carrier = Carrier()
    app = web.Application()
    path = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    app.router.add_post(path, carrier.create)
    app.router.add_get(path, carrier.list_sent)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    carrier.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield carrier
    finally:
        await runner.cleanup()


@dataclass(slots=True)
class OutboundStage:
    """`inner` is the way in, `carrier` the far end."""

    inner: Stage
    carrier: Carrier
    wakeups: Wakeups
    customers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1000))

    @property
    def pool(self) -> Pool:
        return self.inner.pool

    def sender(self) -> Sender:
        return Sender(self.inner.directory, self.inner.providers, self.inner.url, lambda media: f"http://media/{media}")

    def dispatcher(self) -> Dispatcher:
        return Dispatcher(self.pool, self.wakeups, self.sender())

    @contextlib.asynccontextmanager
    async def dispatching(self) -> AsyncIterator[Dispatcher]:
        dispatcher = self.dispatcher()
        async with running(dispatcher.run()):
            yield dispatcher

    async def conversation(self, customer: str | None = None) -> int:
        """A new one, held by the agent."""
        seeded = self.inner.seeded
        contact = await self.pool.fetchval("insert into contact default values returning id")
        conversation: int = await self.pool.fetchval(
            """
            insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id,
                                      waiting_since, unread)
            values ($1, $2, $3, $4, $5, 'active', $6, now(), 2) returning id
            """,
            seeded.number_id,
            seeded.workstream_id,
            seeded.queue_id,
            contact,
            customer or phone(next(self.customers)),
            seeded.agent_id,
        )
        return conversation

    async def send(self, conversation_id: int, body: str = "Hello") -> int:
        outcome = await send_text(self.pool, SendText(conversation_id, body, self.inner.seeded.agent_id))
        assert isinstance(outcome, Queued), outcome
        return outcome.message_id

    async def status(self, message_id: int) -> str:
        status: str = await self.pool.fetchval("select status from message where id = $1", message_id)
        return status

    async def outbox(self) -> int:
        count: int = await self.pool.fetchval("select count(*) from outbox")
        return count


@contextlib.asynccontextmanager
async def outbound_stage(pool: Pool, database_url: str, folder: Path) -> AsyncIterator[OutboundStage]:
    async with carrier_on_loopback() as carrier, Wakeups(database_url).running() as wakeups:
        await wakeups.wait_until_listening()
        seeded = await seed(pool, api_base_url=carrier.url)
        async with message_stage(pool, seeded, folder / "spool") as inner:
            yield OutboundStage(inner, carrier, wakeups)
