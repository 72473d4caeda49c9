"""Calls on the number that is texted: a missed one becomes a conversation with a text back, and an agent calls back."""

from tests.running import Json, eventually
from tests.stories.shop import Shop, new_phone

TEXT_BACK = "Sorry we missed you. How can we help?"


async def declare_phone(shop: Shop, number: str) -> None:
    await shop.emulator.post("/emulator/phones", {"number": number, "answers_calls": "by_hand"})


async def test_a_missed_call_is_texted_back_and_offered_to_an_agent_like_a_text(shop: Shop) -> None:
    await shop.do_with_calls(behaviour="text_thread", words="We will text you.", text_back=TEXT_BACK)
    ana = await shop.hire("Ana")
    phone = new_phone()
    await declare_phone(shop, phone)
    over = await shop.call_until(await shop.customer_calls(phone), "completed")
    assert [one["words"] for one in over["said"]] == ["We will text you."]
    conversation = await shop.conversation_with(phone)
    assert (await ana.offer_for(conversation["id"]))["conversation"]["last_preview"] == TEXT_BACK

    async def arrived() -> Json:
        return await shop.phone_shows(phone)

    assert [text["body"] for text in await eventually("the text back", arrived)] == [TEXT_BACK]

    async def missed() -> Json:
        calls = (await shop.api.get(f"/conversations/{conversation['id']}/calls"))["items"]
        return next((call for call in calls if call["status"] == "missed"), None)

    call = await eventually("a missed call", missed)
    assert call["text_back_id"] is not None
    kinds = [event["kind"] for event in ana.events if event.get("call")]
    assert kinds[:1] == ["CallReceived"]
    await shop.customer_texts(phone, "When do you open?")
    assert len(await shop.conversations(phone)) == 1


async def test_a_forwarded_call_reaches_its_target_and_is_texted_back_only_when_nobody_takes_it(shop: Shop) -> None:
    target, phone = new_phone("212"), new_phone()
    await declare_phone(shop, phone)
    await declare_phone(shop, target)
    await shop.do_with_calls(behaviour="forward", forward_to=target, text_back=TEXT_BACK)
    call_id = await shop.customer_calls(phone)
    leg = await shop.picks_up(target)
    await shop.call_until(call_id, "in-progress")
    await shop.emulator.post(f"/emulator/calls/{leg}/hang-up")
    await shop.call_until(call_id, "completed")

    async def calls() -> Json:
        rows = await shop.conversations(phone)
        found = [(await shop.api.get(f"/conversations/{row['id']}/calls"))["items"] for row in rows]
        return [call for items in found for call in items if call["ended_at"]]

    assert [call["status"] for call in await eventually("the end of the call", calls)] == ["completed"]
    assert await shop.phone_shows(phone) == []

    other = new_phone()
    await declare_phone(shop, other)
    await shop.customer_calls(other)
    ringing = await shop.emulator.get(f"/emulator/calls?phone={target.replace('+', '%2B')}&status=ringing&wait_s=10")
    await shop.emulator.post(f"/emulator/calls/{ringing[0]['id']}/decline")

    async def arrived() -> Json:
        return await shop.phone_shows(other)

    assert [text["body"] for text in await eventually("the text back", arrived)] == [TEXT_BACK]


async def test_an_agent_calls_the_customer_by_their_own_phone(shop: Shop) -> None:
    await shop.api.patch(f"/numbers/{shop.number_id}", {"capabilities": ["sms", "mms", "voice"]})
    ana = await shop.hire("Ana")
    own, phone = new_phone("212"), new_phone()
    await declare_phone(shop, phone)
    await declare_phone(shop, own)
    await shop.api.patch(f"/users/{ana.id}", {"granted": ["call_customers"], "call_address": own})
    await shop.customer_texts(phone, "Please call me")
    conversation = await shop.conversation_with(phone)
    await ana.accepts(conversation["id"])
    placed = await ana.api.post(f"/conversations/{conversation['id']}/calls")
    assert placed["status"] == "ringing"
    await shop.picks_up(own)
    customers = await shop.picks_up(phone)
    seen = await shop.emulator.get(f"/emulator/calls/{customers}")
    assert seen["from"] == shop.number

    async def status(wanted: str) -> Json:
        call = (await ana.api.get(f"/conversations/{conversation['id']}/calls"))["items"][0]
        return call if call["status"] == wanted else None

    await eventually("the customer's answer", lambda: status("answered"))
    await shop.emulator.post(f"/emulator/calls/{customers}/hang-up")
    call = await eventually("the end of the call", lambda: status("completed"))
    assert (call["agent_name"], call["direction"]) == ("Ana", "outbound")
    assert await shop.phone_shows(phone) == []


async def test_connecting_a_number_for_texts_leaves_its_calls_alone_and_giving_calls_back_restores_them(
    shop: Shop,
) -> None:
    before = {"phone_number": shop.number, "account_sid": shop.account_sid, "voice_url": "http://127.0.0.1:9/pbx"}
    await shop.emulator.post("/emulator/numbers", before)
    await shop.api.post(f"/numbers/{shop.number_id}/connect")
    path = f"/provider-accounts/{shop.account_id}/available-numbers"

    async def voice_url() -> str:
        return (await shop.api.get(path))["items"][0]["voice_url"]

    assert await voice_url() == before["voice_url"]
    await shop.do_with_calls(behaviour="greeting", words="We answer texts.")
    assert await voice_url() == f"{shop.public_url}/hooks/twilio/{shop.account_id}/voice"
    await shop.do_with_calls(behaviour="untouched")
    assert await voice_url() == before["voice_url"]
