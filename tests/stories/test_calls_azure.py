"""Calls by Azure, through Event Grid and Call Automation: the same promises as Twilio's, by other means."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.running import Api, Json, eventually
from tests.stories.azure_shop import AzureShop
from tests.stories.conftest import Stage
from tests.stories.shop import new_phone
from tests.stories.test_calls import TEXT_BACK, declare_phone


@pytest.fixture
async def azure(stage: Stage) -> AsyncIterator[AzureShop]:
    async with aiohttp.ClientSession() as session:
        api = Api(session, stage.server.base_url + "/api/v1", {"Authorization": f"Bearer {stage.token}"})
        shop = AzureShop(session, api, Api(session, stage.emulator.base_url), stage.centre.public_url)
        await shop.open()
        yield shop
        await shop.close()


async def last_call(shop: AzureShop, phone: str, status: str) -> dict[str, Any]:
    async def find() -> Json:
        rows = await shop.conversations(phone)
        calls = [(await shop.api.get(f"/conversations/{row['id']}/calls"))["items"] for row in rows]
        return next((call for items in calls for call in items if call["status"] == status), None)

    return await eventually(f"a call that is {status}", find)


async def test_a_missed_call_is_spoken_to_texted_back_and_offered(azure: AzureShop) -> None:
    await azure.do_with_calls(behaviour="text_thread", words="We will text you.", text_back=TEXT_BACK)
    ana = await azure.hire("Ana")
    phone = new_phone()
    await declare_phone(azure, phone)
    over = await azure.call_until(await azure.customer_calls(phone), "completed")
    assert [one["words"] for one in over["said"]] == ["We will text you."]
    conversation = await azure.conversation_with(phone)
    await ana.offer_for(conversation["id"])
    call = await last_call(azure, phone, "missed")
    assert call["text_back_id"] is not None

    async def arrived() -> Json:
        return await azure.phone_shows(phone)

    assert [text["body"] for text in await eventually("the text back", arrived)] == [TEXT_BACK]


async def test_a_forwarded_call_is_put_through_and_ends_for_both_when_one_hangs_up(azure: AzureShop) -> None:
    target, phone = new_phone("212"), new_phone()
    await declare_phone(azure, phone)
    await declare_phone(azure, target)
    await azure.do_with_calls(behaviour="forward", words="One moment.", forward_to=target, text_back=TEXT_BACK)
    call_id = await azure.customer_calls(phone)
    leg = await azure.picks_up(target)
    await last_call(azure, phone, "answered")
    await azure.emulator.post(f"/emulator/calls/{leg}/hang-up")
    over = await azure.call_until(call_id, "completed")
    assert over["status"] == "completed"
    await last_call(azure, phone, "completed")
    assert await azure.phone_shows(phone) == []


async def test_a_forwarded_call_nobody_takes_is_texted_back(azure: AzureShop) -> None:
    target, phone = new_phone("212"), new_phone()
    await declare_phone(azure, phone)
    await declare_phone(azure, target)
    await azure.do_with_calls(behaviour="forward", forward_to=target, text_back=TEXT_BACK)
    await azure.customer_calls(phone)
    ringing = await azure.emulator.get(f"/emulator/calls?phone={target.replace('+', '%2B')}&status=ringing&wait_s=10")
    await azure.emulator.post(f"/emulator/calls/{ringing[0]['id']}/decline")
    await last_call(azure, phone, "missed")

    async def arrived() -> Json:
        return await azure.phone_shows(phone)

    assert [text["body"] for text in await eventually("the text back", arrived)] == [TEXT_BACK]


async def test_an_agent_calls_the_customer_by_their_own_phone(azure: AzureShop) -> None:
    ana = await azure.hire("Ana")
    own, phone = new_phone("212"), new_phone()
    await declare_phone(azure, phone)
    await declare_phone(azure, own)
    await azure.api.patch(f"/users/{ana.id}", {"granted": ["call_customers"], "call_address": own})
    await azure.customer_texts(phone, "Please call me")
    conversation = await azure.conversation_with(phone)
    await ana.accepts(conversation["id"])
    placed = await ana.api.post(f"/conversations/{conversation['id']}/calls")
    assert placed["status"] == "ringing", placed
    await azure.picks_up(own)
    customers = await azure.picks_up(phone)
    assert (await azure.emulator.get(f"/emulator/calls/{customers}"))["from"] == azure.number
    await last_call(azure, phone, "answered")
    await azure.emulator.post(f"/emulator/calls/{customers}/hang-up")
    assert (await last_call(azure, phone, "completed"))["agent_name"] == "Ana"


async def test_calls_of_a_number_left_alone_are_not_touched(azure: AzureShop) -> None:
    await azure.api.post(f"/numbers/{azure.number_id}/connect")
    phone = new_phone()
    await declare_phone(azure, phone)
    call_id = await azure.customer_calls(phone)
    await azure.customer_texts(phone, "Hello?")  # told after the call: when it is here, so is the call
    await azure.conversation_with(phone)
    assert (await azure.emulator.get(f"/emulator/calls/{call_id}"))["status"] == "ringing"
    assert (await azure.api.get(f"/contacts/{(await azure.conversation_with(phone))['contact_id']}"))["calls"] == []
