"""Other systems are told of what happens: signed, once, again when they do not take it, never into private networks."""

import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from aiohttp import web

from answerback.domain.webhooks.types import TOLD
from answerback.storage.connection import Pool
from answerback.storage.event_followers import begin_following
from answerback.storage.wakeups import Wakeups
from answerback.usecases.owe_webhooks import owe_webhooks
from answerback.web.api.services import Services
from answerback.workers.follower import Follower
from answerback.workers.webhook_relay import WebhookRelay
from tests.api.people import MakePerson
from tests.message_stage import eventually, running

PATH = "/api/v1/webhook-subscriptions"


@dataclass(slots=True)
class Receiver:
    """Another system: what it heard, and what it answers next (200 when nothing is planned)."""

    url: str = ""
    heard: list[web.BaseRequest] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.heard.append(request)
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    def types(self) -> list[str]:
        return [json.loads(body)["type"] for body in self.bodies]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/texts"
    yield receiver
    await runner.cleanup()


@contextlib.asynccontextmanager
async def relaying(
    services: Services, database_url: str, *, allowed: frozenset[str] = frozenset({"127.0.0.1"})
) -> AsyncIterator[None]:
    await begin_following(services.pool, "webhooks")
    wakeups = Wakeups(database_url)
    relay = WebhookRelay(services.pool, wakeups, services.sealer, allowed=allowed)
    owing = Follower(services.pool, wakeups, "webhooks", kinds=TOLD, handle=owe_webhooks)
    async with wakeups.running(), running(relay.run(), owing.run()):
        yield


async def subscribe(admin: httpx.AsyncClient, url: str, *types: str) -> dict[str, Any]:
    answer = await admin.post(PATH, json={"url": url, "types": types or ["contact.changed"]})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def add_contact(admin: httpx.AsyncClient, name: str = "Maria") -> None:
    answer = await admin.post("/api/v1/contacts", json={"name": name, "phones": ["+17875550142"]})
    assert answer.status_code == 201


async def deliveries(admin: httpx.AsyncClient, subscription: dict[str, Any]) -> list[dict[str, Any]]:
    page = await admin.get(f"{PATH}/{subscription['id']}/deliveries")
    items: list[dict[str, Any]] = page.json()["items"]
    return items


async def until_heard(receiver: Receiver, count: int) -> None:
    async def enough() -> bool:
        return len(receiver.bodies) >= count

    await eventually(enough)


async def until_state(admin: httpx.AsyncClient, subscription: dict[str, Any], state: str) -> dict[str, Any]:
    async def settled() -> bool:
        return any(one["state"] == state for one in await deliveries(admin, subscription))

    await eventually(settled)
    return next(one for one in await deliveries(admin, subscription) if one["state"] == state)


async def test_a_call_tells_the_news_and_its_rows_and_is_signed_with_the_secret(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver
) -> None:
    async with relaying(services, database_url):
        made = await subscribe(admin, receiver.url)
        await add_contact(admin)
        await until_heard(receiver, 1)
    request, body = receiver.heard[0], receiver.bodies[0]
    told = json.loads(body)
    assert told["type"] == "contact.changed"
    assert told["data"]["contact"]["name"] == "Maria"
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(made["secret"].removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"


async def test_only_what_was_asked_for_is_told_and_each_once_whatever_the_number_of_nodes(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver
) -> None:
    async with relaying(services, database_url), relaying(services, database_url):
        made = await subscribe(admin, receiver.url, "consent.opted_out", "consent.opted_in")
        await add_contact(admin)
        for choice in ("opt_out", "opt_in"):
            said = {"phone": "+17875550142", "choice": choice, "words": "told us by phone"}
            answer = await admin.post("/api/v1/consent", json=said)
            assert answer.status_code == 201, answer.text
        await until_heard(receiver, 2)
        await until_state(admin, made, "taken")
    assert sorted(receiver.types()) == ["consent.opted_in", "consent.opted_out"]


async def test_a_call_that_is_not_taken_is_made_again_with_the_same_id(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver, pool: Pool
) -> None:
    receiver.answers = [500, 302]
    async with relaying(services, database_url):
        made = await subscribe(admin, receiver.url)
        await add_contact(admin)
        for tries in (1, 2):
            await until_heard(receiver, tries)

            async def noted(tries: int = tries) -> bool:
                return any(
                    (one["tries"], one["last_status"] is not None) == (tries, True)
                    for one in await deliveries(admin, made)
                )

            await eventually(noted)
            assert (await admin.get(f"{PATH}/{made['id']}")).json()["failing_since"]
            await pool.execute("update webhook_delivery set due_at = now()")
        taken = await until_state(admin, made, "taken")
    assert taken["tries"] == 3
    assert len({request.headers["webhook-id"] for request in receiver.heard}) == 1
    assert (await admin.get(f"{PATH}/{made['id']}")).json()["failing_since"] is None


async def test_an_address_in_a_private_network_is_not_called_and_the_way_out_is_named(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver
) -> None:
    async with relaying(services, database_url, allowed=frozenset()):
        for url in (receiver.url, receiver.url.replace("127.0.0.1", "localhost")):
            made = await subscribe(admin, url)
            await admin.post(f"{PATH}/{made['id']}/test")
            refused = await until_state(admin, made, "failed")
            assert "ANSWERBACK_PRIVATE_HOSTS" in refused["last_problem"]
    assert receiver.bodies == []


async def test_a_receiver_that_is_gone_is_switched_off_and_says_why(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver
) -> None:
    receiver.answers = [410]
    async with relaying(services, database_url):
        made = await subscribe(admin, receiver.url)
        await add_contact(admin)
        await until_state(admin, made, "failed")
        off = (await admin.get(f"{PATH}/{made['id']}")).json()
        assert (off["active"], "410" in off["off_reason"]) == (False, True)
        on = (await admin.patch(f"{PATH}/{made['id']}", json={"active": True})).json()
        assert (on["active"], on["off_reason"]) == (True, "")


async def test_a_receiver_that_took_nothing_for_days_is_switched_off(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver, pool: Pool
) -> None:
    receiver.answers = [500]
    made = await subscribe(admin, receiver.url)
    await pool.execute("update webhook_subscription set failing_since = now() - interval '4 days'")
    async with relaying(services, database_url):
        await add_contact(admin)

        async def is_off() -> bool:
            return not (await admin.get(f"{PATH}/{made['id']}")).json()["active"]

        await eventually(is_off)


async def test_a_new_secret_signs_beside_the_former_one(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver
) -> None:
    made = await subscribe(admin, receiver.url)
    renewed = (await admin.post(f"{PATH}/{made['id']}/secret")).json()
    assert renewed["secret"] != made["secret"]
    async with relaying(services, database_url):
        await admin.post(f"{PATH}/{made['id']}/test")
        await until_heard(receiver, 1)
    assert len(receiver.heard[0].headers["webhook-signature"].split(" ")) == 2
    assert receiver.types() == ["test"]


async def test_a_settled_call_is_made_again_when_asked(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver
) -> None:
    async with relaying(services, database_url):
        made = await subscribe(admin, receiver.url)
        await admin.post(f"{PATH}/{made['id']}/test")
        taken = await until_state(admin, made, "taken")
        path = f"{PATH}/{made['id']}/deliveries/{taken['id']}/again"
        assert (await admin.post(path)).status_code == 204
        await until_heard(receiver, 2)
    assert len({request.headers["webhook-id"] for request in receiver.heard}) == 1
    assert (await admin.post(f"{PATH}/{made['id']}/deliveries/999/again")).status_code == 409


async def test_calls_that_were_owed_when_everything_stopped_are_made_afterwards(
    admin: httpx.AsyncClient, services: Services, database_url: str, receiver: Receiver, pool: Pool
) -> None:
    await begin_following(pool, "webhooks")
    made = await subscribe(admin, receiver.url)
    await add_contact(admin)
    async with relaying(services, database_url):
        await until_state(admin, made, "taken")
    assert receiver.types() == ["contact.changed"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "ftp://example.org/", "types": ["message.received"]}, "url"),
        ({"url": "https://user:password@example.org/", "types": ["message.received"]}, "url"),
        ({"url": "https://example.org/", "types": ["test"]}, "types"),
        ({"url": "https://example.org/", "types": []}, "types"),
        ({"url": "https://example.org/", "types": ["message.burnt"]}, "types[0]"),
    ],
)
async def test_what_cannot_be_used_is_named(admin: httpx.AsyncClient, body: dict[str, Any], field: str) -> None:
    answer = await admin.post(PATH, json=body)
    assert answer.status_code in (400, 422)
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_secrets_are_never_shown_again_and_only_administrators_see_subscriptions(
    admin: httpx.AsyncClient, person: MakePerson, pool: Pool
) -> None:
    made = await subscribe(admin, "https://example.org/")
    shown = (await admin.get(f"{PATH}/{made['id']}")).json()
    assert "secret" not in shown
    assert made["secret"].encode() not in await pool.fetchval("select secret from webhook_subscription")
    supervisor = await person("supervisor")
    assert (await supervisor.client.get(PATH)).status_code == 403
