"""The whole message path with a dispatcher, and a scripted carrier on loopback that speaks Twilio's create call."""

import asyncio
import contextlib
import itertools
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from answerback.storage.connection import Pool
from answerback.storage.media import store_upload
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
    sent: list[dict[str, Any]] = field(default_factory=list)
    list_status: int = 200
    other: Callable[[web.Request], Awaitable[web.StreamResponse]] | None = None

    async def create(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.taken.append(form)
        self.times.append(asyncio.get_running_loop().time())
        return await self.reply(self, form) if self.reply else accepted()

    async def list_messages(self, _: web.Request) -> web.Response:
        """Newest first, unfiltered: who asks must not rely on the filters."""
        document = {"messages": self.sent, "next_page_uri": None}
        return web.json_response(document, status=self.list_status)

    async def answer_other(self, request: web.Request) -> web.StreamResponse:
        return await self.other(request) if self.other else web.Response(status=404)


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
    app.router.add_get(path, carrier.list_messages)
    app.router.add_get("/{rest:.*}", carrier.answer_other)
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
                                      waiting_since, last_inbound_at, unread)
            values ($1, $2, $3, $4, $5, 'active', $6, now(), now(), 2) returning id
            """,
            seeded.number_id,
            seeded.workstream_id,
            seeded.queue_id,
            contact,
            customer or phone(next(self.customers)),
            seeded.agent_id,
        )
        return conversation

    async def send(self, conversation_id: int, body: str = "Hello", media_ids: Sequence[int] = ()) -> int:
        outcome = await send_text(self.pool, SendText(conversation_id, body, self.inner.seeded.agent_id, media_ids))
        assert isinstance(outcome, Queued), outcome
        return outcome.message_id

    async def status(self, message_id: int) -> str:
        status: str = await self.pool.fetchval("select status from message where id = $1", message_id)
        return status

    async def is_status(self, message_id: int, status: str) -> bool:
        return await self.status(message_id) == status

    async def was_taken(self, texts: int) -> bool:
        return len(self.carrier.taken) >= texts

    async def upload(self, content: bytes) -> int:
        async with self.pool.acquire() as connection:
            return await store_upload(
                connection, content, content_type="image/png", file_name=None, user_id=self.inner.seeded.agent_id
            )

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
