"""What a provider brings along to be held against the behaviours all share: itself, its emulator, a place for webhooks.

To add a provider, write its carrier and add it to CARRIERS; test_conformance.py holds it to the rest.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import aiohttp
from aiohttp import web

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, Door, HookRequest, Provider
from answerback.providers.twilio.provider import TwilioProvider
from tests.running import Api

PHONE = "+14155550142"
NUMBER = "+15017122661"


class Carrier(Protocol):
    """A provider with one account that owns NUMBER, at its emulator."""

    provider: Provider
    account: Account

    async def open(self, public_url: str) -> None:
        """Declare the account and the number, its texts going to `public_url`."""
        ...

    def forge(self, request: HookRequest) -> tuple[HookRequest, ...]:
        """The same request as somebody else would send it, in the ways there are."""
        ...

    def wrong_credentials(self) -> Account: ...

    async def set_faults(self, **dials: float) -> None: ...


@dataclass(slots=True)
class TwilioCarrier:
    """Twilio; the auth token signs."""

    emulator: Api
    provider: Provider
    account: Account
    sid: str = "AC" + "5" * 32

    @classmethod
    def make(cls, emulator: Api, session: aiohttp.ClientSession) -> "TwilioCarrier":
        credentials = {"account_sid": cls.__dataclass_fields__["sid"].default, "auth_token": "e" * 32}
        account = Account(AccountId(1), "twilio", credentials, emulator.base_url)
        return cls(emulator, TwilioProvider(session), account)

    async def open(self, public_url: str) -> None:
        await self.emulator.post("/emulator/reset")
        token = self.account.credentials["auth_token"]
        await self.emulator.post("/emulator/accounts", {"sid": self.sid, "auth_token": token})
        urls = self.provider.callback_urls(public_url, self.account.id)
        number = {"phone_number": NUMBER, "account_sid": self.sid, "sms_url": urls.message, "voice_url": urls.voice}
        await self.emulator.post("/emulator/numbers", number)
        await self.emulator.post("/emulator/phones", {"number": PHONE})
        await self.set_faults(delay_ms=0)

    def forge(self, request: HookRequest) -> tuple[HookRequest, ...]:
        unsigned = {name: value for name, value in request.headers.items() if name != "x-twilio-signature"}
        return (
            changed(request, headers=unsigned),
            changed(request, body=request.body + b"&Extra=1"),
            changed(request, body=request.body.replace(b"Body=", b"Body=x")),
            changed(request, url=request.url + "?message=8"),
        )

    def wrong_credentials(self) -> Account:
        return replace(self.account, credentials={**self.account.credentials, "auth_token": "0" * 32})

    async def set_faults(self, **dials: float) -> None:
        await self.emulator.put("/emulator/dials", dials)


CARRIERS: dict[str, Callable[[Api, aiohttp.ClientSession], Carrier]] = {"twilio": TwilioCarrier.make}


def changed(request: HookRequest, **changes: Any) -> HookRequest:
    """A request of its own: nothing that was read of the other one is kept."""
    return replace(request, scratch={}, **changes)


@dataclass(slots=True)
class Doors:
    """Our webhook addresses, open to the emulator: what knocks is kept as the centre would see it."""

    provider: Provider | None = None
    public_url: str = ""
    knocks: dict[Door, asyncio.Queue[HookRequest]] = field(
        default_factory=lambda: {door: asyncio.Queue() for door in Door}
    )

    async def next(self, door: Door) -> HookRequest:
        async with asyncio.timeout(10):
            return await self.knocks[door].get()

    async def take(self, request: web.Request) -> web.Response:
        door = Door(request.path.rpartition("/")[2])
        headers = {name.lower(): value for name, value in request.headers.items()}
        url = f"{self.public_url}{request.raw_path}"
        body = await request.read()
        self.knocks[door].put_nowait(HookRequest(door, request.method, url, headers, body, request.query_string))
        assert self.provider is not None
        answer = self.provider.answer(door)
        return web.Response(status=answer.status, body=answer.body, headers={"Content-Type": answer.content_type})


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
