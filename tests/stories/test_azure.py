"""Azure from end to end: Event Grid's events in, texts out by Entra ID, and answers that got lost on the way."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import asyncpg
import pytest

from tests.running import Api, eventually
from tests.stories.conftest import Stage
from tests.stories.shop import Shop, new_phone

NOTHING_LOST = {"lost_response_probability": 0, "lost_callback_probability": 0}
ACCESS_KEY = "YW4gYWNjZXNzIGtleSBvZiB0aGlydHktdHdvIGJ5dGVz"


class AzureShop(Shop):
    """A toll-free number of a resource; `declared` is what its account at the emulator has besides."""

    async def open_at_azure(self, credentials: dict[str, str], **declared: Any) -> None:
        self.number = new_phone("833")
        account = {
            "provider": "acs",
            "name": f"Shop {self.number}",
            "api_base_url": self.emulator.base_url,
            "credentials": credentials,
        }
        opened = await self.api.post("/provider-accounts", account)
        self.account_id = opened["id"]
        resource = {"sid": self.account_sid, "provider": "acs", "auth_token": ACCESS_KEY, **declared}
        url = opened["callback_urls"]["message"]

        async def agreed() -> bool:
            """The centre knows the account a moment after it was added."""
            await self.emulator.post("/emulator/accounts", resource | {"event_url": url})
            exchanges = await self.emulator.get("/emulator/log")
            return next(one["status"] for one in exchanges if one["url"] == url) == 200

        await self.emulator.post("/emulator/accounts", resource)
        held = {"phone_number": self.number, "account_sid": self.account_sid}
        await self.emulator.post("/emulator/numbers", held)
        name = {"name": f"Shop {self.number}"}
        self.queue_id = (await self.api.post("/queues", name))["id"]
        stream = {**name, "queue_id": self.queue_id, "wrap_up_capacity": "never"}
        self.workstream_id = (await self.api.post("/workstreams", stream))["id"]
        number = {
            "address": self.number,
            **name,
            "provider_account_id": self.account_id,
            "workstream_id": self.workstream_id,
            "type": "toll_free",
            "capabilities": ["sms"],
            "parts_per_second": 100,
        }
        self.number_id = (await self.api.post("/numbers", number))["id"]
        await eventually("Event Grid's handshake", agreed)


@pytest.fixture
async def azure(stage: Stage) -> AsyncIterator[AzureShop]:
    async with aiohttp.ClientSession() as session:
        api = Api(session, stage.server.base_url + "/api/v1", {"Authorization": f"Bearer {stage.token}"})
        shop = AzureShop(session, api, Api(session, stage.emulator.base_url), stage.centre.public_url)
        yield shop
        await shop.emulator.put("/emulator/dials", NOTHING_LOST)
        await shop.close()


async def delivered(shop: Shop, conversation_id: int, body: str) -> bool:
    return (body, "delivered") in [(one["body"], one["status"]) for one in await shop.messages(conversation_id)]


async def test_texts_come_by_cloudevents_and_go_by_a_token_of_entra_id(azure: AzureShop) -> None:
    app = {"tenant_id": "tenant-1", "client_id": azure.account_sid, "client_secret": "quiet"}
    key = {"webhook_key": f"key of {azure.number}"}
    await azure.open_at_azure(
        app | key | {"authority": azure.emulator.base_url},
        entra=app,
        event_schema="cloudevents",
        event_style="pascal",
        event_batch=10,
    )
    phone = new_phone()
    await azure.emulator.post("/emulator/phones", {"number": phone})
    await azure.customer_texts(phone, "Olá 👍")
    conversation = await azure.conversation_with(phone)
    await azure.api.post(f"/conversations/{conversation['id']}/messages", {"body": "Good morning"})
    await eventually("the report", lambda: delivered(azure, conversation["id"], "Good morning"))
    assert [text["body"] for text in await azure.phone_shows(phone)] == ["Good morning"]
    checks = (await azure.api.post(f"/provider-accounts/{azure.account_id}/check"))["checks"]
    assert {check["name"]: check["ok"] for check in checks}["Microsoft Entra ID"] is True


async def test_a_text_whose_answer_and_report_both_got_lost_is_sent_once_and_found_delivered(azure: AzureShop) -> None:
    key = "YW5vdGhlciBhY2Nlc3Mga2V5"
    await azure.open_at_azure({"access_key": key}, auth_token=key)
    phone = new_phone()
    await azure.emulator.post("/emulator/phones", {"number": phone})
    await azure.customer_texts(phone, "Hello")
    conversation = await azure.conversation_with(phone)
    await azure.emulator.put("/emulator/dials", {"lost_response_probability": 1, "lost_callback_probability": 1})
    await azure.api.post(f"/conversations/{conversation['id']}/messages", {"body": "We are open"})
    await eventually("the text on the phone", lambda: azure.phone_shows(phone))
    await azure.emulator.put("/emulator/dials", NOTHING_LOST)
    await eventually("what became of it", lambda: delivered(azure, conversation["id"], "We are open"))
    assert [text["body"] for text in await azure.phone_shows(phone)] == ["We are open"]


async def test_texts_sent_together_whose_answer_got_lost_are_sent_once_and_found_delivered(
    azure: AzureShop, stage: Stage
) -> None:
    key = "YSB0aGlyZCBhY2Nlc3Mga2V5"  # the emulator knows its resources by their keys
    await azure.open_at_azure({"access_key": key}, auth_token=key)
    phones = [new_phone() for _ in range(5)]
    for phone in phones:
        await azure.emulator.post("/emulator/phones", {"number": phone})
        await azure.customer_texts(phone, "Are you open today?")
    threads = [(await azure.conversation_with(phone))["id"] for phone in phones]
    await azure.emulator.put("/emulator/dials", {"lost_response_probability": 1})
    await queue_together(azure, stage, threads, "We close at noon today")
    for phone in phones:
        await eventually("the text on the phone", lambda phone=phone: azure.phone_shows(phone))
    await azure.emulator.put("/emulator/dials", NOTHING_LOST)

    for thread in threads:
        await eventually("the report", lambda thread=thread: delivered(azure, thread, "We close at noon today"))

    assert [len(await azure.phone_shows(phone)) for phone in phones] == [1] * len(phones)
    first, *repeats = await recipients_asked(azure, phones)
    assert (first, set(repeats)) == (len(phones), {1})


async def queue_together(azure: AzureShop, stage: Stage, threads: list[int], body: str) -> None:
    """As texts for later whose time comes at once: the dispatcher finds all of them when it first looks."""
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    for thread in threads:
        await azure.api.post(f"/conversations/{thread}/messages", {"body": body, "send_at": later})
    database = await asyncpg.connect(stage.database_url)
    try:
        due = "update outbox set due_at = now() where state = 'scheduled' and conversation_id = any ($1)"
        await database.execute(due, threads)
    finally:
        await database.close()


async def recipients_asked(azure: AzureShop, phones: list[str]) -> list[int]:
    """How many recipients each request to send had, the first request first."""
    exchanges = await azure.emulator.get("/emulator/log")
    bodies = [one["request_body"] for one in reversed(exchanges) if "/sms?" in one["url"]]
    asked = [sum(phone in body for phone in phones) for body in bodies]
    return [recipients for recipients in asked if recipients]
