"""Texts go out: one that fails holds up nobody, and a long one counts as what it costs."""

import asyncio
from collections import Counter
from typing import Any

from tests.running import eventually
from tests.stories.conftest import Stage
from tests.stories.shop import Shop, new_phone
from tests.stories.test_arriving import post

AT_ONCE = 40
MANY = 1000
PARTS_PER_SECOND = 5
FIVE_PARTS = "a" * 700


async def all_texts(shop: Shop) -> list[dict[str, Any]]:
    """What the carrier was given by this shop, oldest first."""
    texts = await shop.emulator.get(f"/emulator/messages?account_sid={shop.account_sid}")
    return [text for text in texts if text["direction"] == "outbound-api"]


async def open_conversations(stage: Stage, shop: Shop, phones: list[str]) -> dict[str, int]:
    """A first text from each of these phones; the conversation of each."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def text_in(phone: str) -> None:
        async with gate:
            assert await post(shop, stage.server.base_url, shop.webhook(phone, "Hello")) == 200

    await asyncio.gather(*(text_in(phone) for phone in phones))
    found: dict[str, int] = {}
    cursor = ""
    while True:
        page = await shop.api.get(f"/conversations?queue_id={shop.queue_id}&limit=200{cursor}")
        found |= {one["customer_phone"]: one["id"] for one in page["items"]}
        if not page["next_cursor"]:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def test_one_bad_recipient_among_a_thousand_fails_alone_and_says_why(stage: Stage, shop: Shop) -> None:
    await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": 1000})
    phones = [new_phone() for _ in range(MANY)]
    bad = phones[MANY // 2]
    await shop.emulator.post("/emulator/phones", {"number": bad, "fails_with": 30005})
    conversations = await open_conversations(stage, shop, phones)
    assert set(conversations) == set(phones)
    gate = asyncio.Semaphore(AT_ONCE)

    async def reply(conversation_id: int) -> None:
        async with gate:
            await shop.api.post(f"/conversations/{conversation_id}/messages", {"body": "We are open"})

    await asyncio.gather(*(reply(one) for one in conversations.values()))

    async def settled() -> Counter[str]:
        texts = await all_texts(shop)
        fates = Counter(text["status"] for text in texts)
        return fates if fates["delivered"] + fates["undelivered"] + fates["failed"] == MANY else Counter()

    fates = await eventually("the fate of every text at the carrier", settled, within=90)
    assert fates["delivered"] == MANY - 1
    assert Counter(text["to"] for text in await all_texts(shop)) == Counter(phones)

    async def told() -> dict[str, Any] | None:
        message = (await shop.messages(conversations[bad]))[-1]
        return message if message["status"] in ("failed", "undelivered") else None

    failed = await eventually("the failure to be reported", told)
    assert (failed["error_code"], failed["error_class"]) == ("30005", "invalid_recipient")
    assert failed["error_sentence"]

    async def delivered() -> bool:
        good = [conversations[phone] for phone in phones[:20]]
        return [(await shop.messages(one))[-1]["status"] for one in good] == ["delivered"] * 20

    await eventually("the others' reports", delivered)


async def test_a_text_of_five_parts_uses_five_units_of_the_rate(stage: Stage, shop: Shop) -> None:
    await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": PARTS_PER_SECOND})
    phones = [new_phone() for _ in range(4)]
    conversations = await open_conversations(stage, shop, phones)
    for conversation_id in conversations.values():
        sent = await shop.api.post(f"/conversations/{conversation_id}/messages", {"body": FIVE_PARTS})
        assert sent["parts"] == 5

    async def all_there() -> list[dict[str, Any]]:
        texts = await all_texts(shop)
        return texts if len(texts) == len(phones) else []

    texts = await eventually("all four texts at the carrier", all_there)
    times = sorted(text["created"] for text in texts)
    # A second's worth may leave at once, then every part waits its turn: the fourth text can leave when 15 parts have
    # gone and room for one more is there, (15 + 1 - 5) / 5 = 2.2 s after the first. Counted by texts they took 0 s.
    assert times[-1] - times[0] > 1.8
