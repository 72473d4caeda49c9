"""Work finds the right agent: shared fairly, at once when one is free, and back in the queue when one is lost."""

import asyncio
from collections import Counter

import asyncpg

from tests.running import eventually
from tests.stories.conftest import Stage
from tests.stories.shop import Shop, new_phone


async def test_five_arrivals_for_two_agents_with_room_for_four_are_shared_three_to_two(shop: Shop) -> None:
    await shop.hire("Ana", capacity=4)
    await shop.hire("Ben", capacity=4)
    phones = [new_phone() for _ in range(5)]
    await asyncio.gather(*(shop.customer_texts(phone, "Hello") for phone in phones))

    async def all_offered() -> bool:
        return all(one["state"] == "offered" for one in await shop.conversations())

    await eventually("every conversation offered", all_offered)
    shares = Counter(one["agent_id"] for one in await shop.conversations())
    assert sorted(shares.values()) == [2, 3]


async def test_when_an_agent_frees_up_the_oldest_waiting_conversation_is_offered_at_once(shop: Shop) -> None:
    agent = await shop.hire("Ana", capacity=1)
    phones = [new_phone() for _ in range(3)]
    ids = []
    for phone in phones:
        await shop.customer_texts(phone, "Hello")
        ids.append((await shop.conversation_with(phone))["id"])
    await agent.accepts(ids[0])
    assert await agent.offers() == []
    await agent.api.post(f"/conversations/{ids[0]}/end")
    offer = await agent.offer_for(ids[1])
    assert offer["reason"]
    assert [one["conversation_id"] for one in await agent.offers()] == [ids[1]]
    waiting = await shop.conversation_with(phones[2])
    assert waiting["state"] == "open"
    offered = await agent.hears("ConversationOffered", ids[1])
    assert len(offered) == 1


async def test_when_an_agent_is_lost_the_work_returns_after_the_grace_time_with_a_note(
    stage: Stage, shop: Shop
) -> None:
    agent = await shop.hire("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    conversation = await shop.conversation_with(phone)
    await agent.accepts(conversation["id"])
    await agent.close_screen()

    database = await asyncpg.connect(stage.database_url)
    try:

        async def noticed() -> bool:
            query = "select lost_at is not null from agent_status where user_id = $1"
            return bool(await database.fetchval(query, agent.id))

        await eventually("the screen's end to be noticed", noticed)
        assert (await shop.conversation_with(phone))["state"] == "active"
        # Nobody waits a minute in a test: the moment of the loss is moved back instead.
        await database.execute(
            "update agent_status set lost_at = lost_at - interval '10 minutes' where user_id = $1", agent.id
        )
    finally:
        await database.close()
    returned = await shop.conversation_with(phone, lambda one: one["state"] == "open")
    assert returned["agent_id"] is None
    notes = [message["body"] for message in await shop.messages(returned["id"]) if message["kind"] == "note"]
    assert len(notes) == 1
    assert "Ana" in notes[0]
    assert len(await shop.events(returned["id"], "ConversationReturned")) == 1

    other = await shop.hire("Ben")
    await other.accepts(returned["id"])
    assert [one["id"] for one in await other.holds()] == [returned["id"]]
