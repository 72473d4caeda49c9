"""A server that plays Call Automation, and the events that Azure posts about calls."""

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from answerback.domain.calls.behaviour import Behaviour, Plan
from answerback.domain.calls.status import CallStatus
from answerback.domain.ids import AccountId
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.calls import CallNews, CallTurn
from answerback.providers.contract import (
    Account,
    HookRequest,
)
from answerback.providers.facts import Door

KEY, SPEECH = "c2VjcmV0", "https://speech.cognitiveservices.azure.com"
DOOR = "https://texts.example.com/hooks/acs/1?key=abc"
OURS, CUSTOMER, AGENT = "+18335550100", "+14155550142", "+12125550177"
CORRELATION, CONNECTION = "0d1e2f30-1111-2222-3333-444455556666", "401f0200-aaaa"
AT = datetime(2026, 11, 25, 9, 0, 45, tzinfo=UTC)
ALONE = Behaviour.UNTOUCHED
Exchange = tuple[str, str, Any]


@dataclass(slots=True)
class Azure:
    """Answers as Call Automation does, or with `fails`; keeps what it was asked. `phones` are in the call."""

    base_url: str = ""
    fails: int = 0
    phones: tuple[str, ...] = ()
    asked: list[Exchange] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.asked.append((request.method, request.path, json.loads(body) if body else None))
        self.ids.append(request.headers.get("Repeatability-Request-ID"))
        if self.fails:
            return web.json_response({"error": {"code": "8523", "message": "no"}}, status=self.fails)
        if request.method == "GET":
            value = [{"identifier": {"kind": "phoneNumber", "rawId": f"4:{phone}"}} for phone in self.phones]
            return web.json_response({"value": value})
        act = request.path.rpartition("/")[2].rpartition(":")[2]
        status = {"callConnections": 201, "answer": 200, "reject": 204, "terminate": 204}.get(act, 202)
        if status == 204:
            return web.Response(status=204)
        made = {"callConnectionId": CONNECTION, "correlationId": CORRELATION, "participant": {}}
        return web.json_response(made, status=status)

    @property
    def acts(self) -> list[str]:
        return [path.rpartition("/")[2].rpartition(":")[2] for _, path, _ in self.asked]


def account(azure: Azure | None = None, **more: str) -> Account:
    held = {"access_key": KEY, "webhook_key": "abc", "speech_endpoint": SPEECH, **more}
    return Account(AccountId(1), "acs", held, azure.base_url if azure else "https://a.communication.azure.com")


def posted(document: object, query: str = "key=abc") -> HookRequest:
    url = f"https://texts.example.com/hooks/acs/1?{query}"
    headers = {"content-type": "application/json"}
    return HookRequest(Door.EVENTS, "POST", url, headers, json.dumps(document).encode(), query)


def incoming(caller: str = CUSTOMER, **data: Any) -> HookRequest:
    named = {
        "to": {"kind": "phoneNumber", "rawId": f"4:{OURS}", "phoneNumber": {"value": OURS}},
        "from": {"kind": "phoneNumber", "rawId": f"4:{caller}", "phoneNumber": {"value": caller}},
        "serverCallId": "aHR0cHM6Ly9h",
        "correlationId": CORRELATION,
        "incomingCallContext": "eyJhbGciOi",
        **data,
    }
    kind = "Microsoft.Communication.IncomingCall"
    return posted([{"eventType": kind, "eventTime": "2026-11-25T09:00:45Z", "id": "1", "data": named}])


def mid_call(kind: str, *, query: str = "", **data: Any) -> HookRequest:
    """As Call Automation posts it: CloudEvents in a list, to the address we gave."""
    named = {"callConnectionId": CONNECTION, "correlationId": CORRELATION, "serverCallId": "x", **data}
    event = {"id": "1", "source": f"calling/callConnections/{CONNECTION}", "type": f"Microsoft.Communication.{kind}",
             "specversion": "1.0", "time": "2026-11-25T09:00:45Z", "data": named}  # fmt: skip
    return posted([event], f"key=abc&{query or f'ref={CORRELATION}&line=%2B18335550100'}")


def news_of(provider: AcsProvider, request: HookRequest) -> CallNews:
    (told,) = provider.parse(request)
    assert isinstance(told, CallNews)
    return told


def turn(news: CallNews, plan: Plan, status: CallStatus | None = None) -> CallTurn:
    return CallTurn(news, plan, DOOR, status)


@contextlib.asynccontextmanager
async def azure_running() -> AsyncIterator[Azure]:
    """On a free port."""
    made = Azure()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()
