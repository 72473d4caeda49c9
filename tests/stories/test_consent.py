"""STOP is heard: written down, obeyed, answered once; START undoes it."""

from typing import Any

from tests.running import eventually
from tests.stories.shop import Shop, new_phone


async def choices(shop: Shop, phone: str) -> list[str]:
    """What this phone said, oldest first."""
    items = (await shop.api.get(f"/consent?phone={phone.replace('+', '%2B')}"))["items"]
    return [entry["choice"] for entry in sorted(items, key=lambda entry: entry["id"])]


async def refusal(shop: Shop, conversation_id: int) -> dict[str, Any]:
    path = f"/conversations/{conversation_id}/messages"
    problem: dict[str, Any] = await shop.api.ask("POST", path, {"body": "Are you still there?"}, expect=422)
    return problem


async def test_stop_is_recorded_sends_are_refused_and_start_restores(shop: Shop) -> None:
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    conversation = await shop.conversation_with(phone)

    await shop.customer_texts(phone, " stop. ")
    await eventually("the opt-out", lambda: choices(shop, phone))
    assert await choices(shop, phone) == ["opt_out"]
    problem = await refusal(shop, conversation["id"])
    assert (problem["reason"], problem["message"]["status"]) == ("opted_out", "refused")
    assert "START" in problem["sentence"]

    await shop.customer_texts(phone, "START")

    async def opted_in() -> bool:
        return await choices(shop, phone) == ["opt_out", "opt_in"]

    await eventually("the opt-in", opted_in)
    await shop.api.post(f"/conversations/{conversation['id']}/messages", {"body": "Welcome back"})

    async def welcomed() -> bool:
        return [text["body"] for text in await shop.phone_shows(phone) if not text["from_carrier"]] == ["Welcome back"]

    await eventually("the welcome on the phone", welcomed)


async def test_where_the_provider_answered_stop_we_do_not_answer_again(shop: Shop) -> None:
    phone = new_phone()
    await shop.customer_texts(phone, "STOP")
    await eventually("the opt-out", lambda: choices(shop, phone))
    await shop.customer_texts(phone, "START")

    async def both() -> bool:
        return len(await choices(shop, phone)) == 2

    await eventually("the opt-in", both)
    await shop.customer_texts(phone, "Hello")
    conversation = await shop.conversation_with(phone)
    await shop.api.post(f"/conversations/{conversation['id']}/messages", {"body": "the only text of ours"})

    async def arrived() -> bool:
        return bool([text for text in await shop.phone_shows(phone) if text["body"] == "the only text of ours"])

    await eventually("our text", arrived)
    shown = await shop.phone_shows(phone)
    assert [text["body"] for text in shown if not text["from_carrier"]] == ["the only text of ours"]
    assert len([text for text in shown if text["from_carrier"]]) == 2


async def test_where_nobody_answered_stop_we_answer_once(shop: Shop) -> None:
    phone = new_phone()
    await shop.api.patch(f"/numbers/{shop.number_id}", {"provider_answers_keywords": False})
    declared = {"phone_number": shop.number, "account_sid": shop.account_sid, "carrier_handles_keywords": False}
    (at_carrier,) = [one for one in await shop.emulator.get("/emulator/numbers") if one["phone_number"] == shop.number]
    await shop.emulator.post("/emulator/numbers", at_carrier | declared)

    await shop.customer_texts(phone, "STOP")

    async def answered() -> bool:
        return bool(await shop.phone_shows(phone))

    await eventually("the confirmation", answered)
    await shop.customer_texts(phone, "STOP")

    async def heard() -> bool:
        return len(await choices(shop, phone)) == 2

    await eventually("the second STOP", heard)
    shown = await shop.phone_shows(phone)
    assert len(shown) == 1
    assert not shown[0]["from_carrier"]
    assert "START" in shown[0]["body"]
