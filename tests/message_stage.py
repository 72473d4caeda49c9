"""A small centre's message path on real PostgreSQL and real HTTP: what the ingest and dispatch tests stand on."""

import asyncio
import contextlib
import itertools
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn
from starlette.types import ASGIApp
from twilio.request_validator import RequestValidator

from answerback.providers.contract import Provider
from answerback.providers.twilio.provider import TwilioProvider
from answerback.storage.connection import Pool
from answerback.storage.credentials import seal_credentials
from answerback.storage.sealing import Sealer
from answerback.usecases.directory import Directory
from answerback.usecases.plan_call import plan_call, with_rules_of_now
from answerback.web.hooks.calls import CallDoor
from answerback.web.hooks.door import HookParts, make_hooks_app
from answerback.workers.inbound import Inbound
from tests.reaching import PROOF

AUTH_TOKEN = "a-token-of-the-tests"
ACCOUNT_SID = "AC" + "0" * 32
SEALER = Sealer(["a key of the tests that is long enough"])
OUR_NUMBER = "+14155550100"
_counter = itertools.count(1)


async def eventually(condition: Callable[[], Awaitable[bool]], within: float = 30.0) -> None:
    """Wait for a condition; fail loudly when it does not come true in time."""
    async with asyncio.timeout(within):
        while not await condition():
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def running(*jobs: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """The jobs for as long as the block lasts."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


@contextlib.asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """A real HTTP server on a free port; gives its address."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None
    task = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@dataclass(slots=True)
class Seeded:
    """Ids of what a test starts from."""

    account_id: int
    number_id: int
    workstream_id: int
    queue_id: int
    agent_id: int


async def seed(
    pool: Pool, *, api_base_url: str = "http://127.0.0.1:9", provider_answers: bool = True, parts_per_second: int = 1000
) -> Seeded:
    """One Twilio account, one number, one workstream and queue, one agent."""
    agent = await pool.fetchval(
        "insert into app_user (email, name, role) values ($1, 'Ann', 'agent') returning id",
        f"{uuid.uuid4()}@example.org",
    )
    queue = await pool.fetchval("insert into queue (name) values ($1) returning id", f"Queue {uuid.uuid4()}")
    workstream = await pool.fetchval(
        "insert into workstream (name, queue_id) values ($1, $2) returning id", f"Work {uuid.uuid4()}", queue
    )
    account = await add_account(pool, api_base_url=api_base_url)
    number = await add_number(
        pool, account, workstream, provider_answers=provider_answers, parts_per_second=parts_per_second
    )
    return Seeded(account, number, workstream, queue, agent)


async def add_account(pool: Pool, *, api_base_url: str, sid: str = ACCOUNT_SID) -> int:
    account = await pool.fetchval("select nextval(pg_get_serial_sequence('provider_account', 'id'))")
    sealed = seal_credentials(SEALER, account, {"account_sid": sid, "auth_token": AUTH_TOKEN})
    await pool.execute(
        "insert into provider_account (id, provider, name, credentials, api_base_url) overriding system value"
        " values ($1, 'twilio', 'Tests', $2, $3)",
        account,
        sealed,
        api_base_url,
    )
    return account


async def add_number(
    pool: Pool,
    account_id: int,
    workstream_id: int,
    *,
    address: str = OUR_NUMBER,
    provider_answers: bool = True,
    parts_per_second: float = 1000,
) -> int:
    return await pool.fetchval(
        """
        insert into number (address, provider_account_id, workstream_id, type, country, capabilities,
                            provider_answers_keywords, parts_per_second)
        values ($1, $2, $3, 'long_code', 'US', '{sms,mms,voice}', $4, $5) returning id
        """,
        address,
        account_id,
        workstream_id,
        provider_answers,
        parts_per_second,
    )


def phone(number: int) -> str:
    """A customer's phone; area code 212."""
    return f"+1212{2000000 + number}"


def sid() -> str:
    return f"SM{uuid.uuid4().hex}"


def text_form(body: str = "Hello", *, sender: str | None = None, to: str = OUR_NUMBER, **more: str) -> dict[str, str]:
    """A text's webhook as Twilio sends it."""
    message = more.pop("MessageSid", sid())
    return {
        "MessageSid": message,
        "SmsSid": message,
        "SmsMessageSid": message,
        "AccountSid": ACCOUNT_SID,
        "From": sender or phone(next(_counter)),
        "To": to,
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        **more,
    }


@dataclass(slots=True)
class Stage:
    """A running message path. `post` knocks at a door, signed as Twilio signs."""

    pool: Pool
    seeded: Seeded
    directory: Directory
    inbound: Inbound
    url: str
    client: aiohttp.ClientSession
    providers: Mapping[str, Provider] = field(default_factory=dict)

    def door(self, door: str, query: str = "") -> str:
        return f"{self.url}/hooks/twilio/{self.seeded.account_id}/{door}{query}"

    async def post(self, door: str, form: Mapping[str, str], query: str = "") -> int:
        url = self.door(door, query)
        signature = RequestValidator(AUTH_TOKEN).compute_signature(url, dict(form))
        async with self.client.post(url, data=form, headers={"X-Twilio-Signature": signature}) as response:
            await response.read()
            return response.status

    async def text(self, body: str = "Hello", **more: str) -> int:
        return await self.post("message", text_form(body, **more))

    async def report(self, provider_id: str, status: str, *, query: str = "", **more: str) -> int:
        form = {"MessageSid": provider_id, "MessageStatus": status, "AccountSid": ACCOUNT_SID, **more}
        return await self.post("status", form, query)


@contextlib.asynccontextmanager
async def message_stage(pool: Pool, seeded: Seeded, spool_folder: Path) -> AsyncIterator[Stage]:
    directory = Directory(pool, SEALER)
    await directory.refresh()
    inbound = Inbound(pool, directory, SEALER, spool_folder)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        providers: dict[str, Provider] = {"twilio": TwilioProvider(client)}
        calls = CallDoor(
            directory, inbound.calls.take, partial(plan_call, pool), partial(with_rules_of_now, pool), None
        )
        parts = HookParts(
            directory,
            inbound.texts.take,
            inbound.reports.take,
            inbound.kept.take,
            calls,
            inbound.tally,
            SEALER,
            PROOF,
        )
        async with running(inbound.run()), serving(make_hooks_app(parts, providers, None)) as url:
            yield Stage(pool, seeded, directory, inbound, url, client, providers)
