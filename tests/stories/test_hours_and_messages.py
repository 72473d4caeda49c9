"""What happens by itself: closed is said once and with the time of opening, greetings come once, scores are kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from tests.running import Api, Running, emulator_running, eventually, new_centre
from tests.stories.conftest import Stage
from tests.stories.shop import Shop, new_phone

ALL_DAY = [{"opens": "00:00", "closes": "24:00"}]
ALWAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ALL_DAY)
TODAY = datetime.now(UTC).date()
A_MONTH = {"first": str(TODAY - timedelta(days=1)), "last": str(TODAY + timedelta(days=30))}
REOPENS = f"{TODAY + timedelta(days=31):%A, %B} {(TODAY + timedelta(days=31)).day} at 12 AM"


async def say(shop: Shop, trigger: str, text: str) -> None:
    path = f"/automated-messages/{trigger}?number_id={shop.number_id}"
    await shop.api.put(path, {"active": True, "texts": {"en": text}})


async def close(shop: Shop, **special: Any) -> None:
    calendar = {"name": f"Hours {shop.number}", "time_zone": "America/New_York", "week": ALWAYS}
    days = [{"name": "Closed", **A_MONTH, **special}]
    made = await shop.api.post("/calendars", {**calendar, "special_days": days})
    await shop.api.patch(f"/numbers/{shop.number_id}", {"calendar_id": made["id"]})
    await shop.api.patch(f"/queues/{shop.queue_id}", {"calendar_id": made["id"]})


async def received(shop: Shop, phone: str, count: int = 1) -> list[str]:
    """What the phone shows once it shows so many texts."""

    async def find() -> list[str]:
        bodies = [text["body"] for text in await shop.phone_shows(phone)]
        return bodies if len(bodies) >= count else []

    return await eventually(f"{count} texts at the phone", find)


async def all_settled(stage: Stage) -> None:
    """Everything that happened so far has been looked at, and what it called for was sent or left out."""
    database = await asyncpg.connect(stage.database_url)
    try:

        async def quiet() -> bool:
            return await database.fetchval(
                """
                select not exists (select from automated_text where outcome = 'due')
                   and not exists (select from event e join event_follower f on f.name = 'automated_messages'
                                   where (e.xid, e.id) > (f.xid, f.id) and e.kind = 'MessageReceived')
                """
            )

        await eventually("nothing owed", quiet)
    finally:
        await database.close()


async def test_who_texts_while_closed_is_told_once_when_it_opens_and_waits_until_then(stage: Stage, shop: Shop) -> None:
    await say(shop, "out_of_hours", "We are closed. Back {ReopensAt}.")
    await close(shop)
    agent = await shop.hire("Ana")
    phone = new_phone()
    for body in ("Hello?", "Anybody?", "Please"):
        await shop.customer_texts(phone, body)
    (told,) = await received(shop, phone)
    assert told == f"We are closed. Back {REOPENS}."
    await all_settled(stage)
    assert len(await shop.phone_shows(phone)) == 1
    conversation = await shop.conversation_with(phone)
    assert (conversation["state"], await agent.offers()) == ("open", [])

    async def explained() -> bool:
        decisions = await shop.api.get(f"/conversations/{conversation['id']}/routing-decisions")
        return any("is closed (Closed) until" in one["sentence"] for one in decisions["items"])

    await eventually("the reason why nobody is offered it", explained)
    queue = await shop.api.get(f"/queues/{shop.queue_id}")
    await shop.api.patch(f"/calendars/{queue['calendar_id']}", {"special_days": []})
    await agent.accepts(conversation["id"])


async def test_a_holiday_is_said_as_one(shop: Shop) -> None:
    await say(shop, "out_of_hours", "We are closed.")
    await say(shop, "holiday", "Happy holidays! Back {ReopensAt}.")
    await close(shop, name="Feast", holiday=True)
    phone = new_phone()
    await shop.customer_texts(phone, "Hello?")
    assert await received(shop, phone) == [f"Happy holidays! Back {REOPENS}."]


async def test_a_greeting_comes_once_from_two_servers(stage: Stage, second_server: Running, shop: Shop) -> None:
    await say(shop, "greeting", "Welcome, {CustomerFirstName|friend}!")
    phones = [new_phone() for _ in range(5)]
    await asyncio.gather(*(shop.customer_texts(phone, f"Hello {n}") for phone in phones for n in range(3)))
    for phone in phones:
        await received(shop, phone)
    await all_settled(stage)
    assert [await received(shop, phone) for phone in phones] == [["Welcome, friend!"]] * 5


async def test_stop_and_help_are_not_answered_with_closed(stage: Stage, shop: Shop) -> None:
    await say(shop, "out_of_hours", "We are closed.")
    await close(shop)
    phone = new_phone()
    await shop.customer_texts(phone, "HELP")
    await shop.customer_texts(phone, "STOP")
    await all_settled(stage)
    assert "We are closed." not in [text["body"] for text in await shop.phone_shows(phone)]


async def test_a_score_is_kept_and_its_conversation_stays_closed(shop: Shop) -> None:
    survey = {"active": True, "questions": {"en": "How was {AgentFirstName}? 1-5"}, "thanks": {"en": "Thanks!"}}
    await shop.api.patch(f"/workstreams/{shop.workstream_id}", {"survey": survey})
    agent = await shop.hire("Ana Flores")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    conversation = (await shop.conversation_with(phone))["id"]
    await agent.accepts(conversation)
    await agent.api.post(f"/conversations/{conversation}/end")
    await agent.api.post(f"/conversations/{conversation}/close", {})
    assert await received(shop, phone) == ["How was Ana? 1-5"]
    await shop.customer_texts(phone, "5! Ana was great")
    assert await received(shop, phone, 2) == ["How was Ana? 1-5", "Thanks!"]
    kept = await shop.conversation_with(phone, lambda one: one["survey_score"] is not None)
    assert (kept["id"], kept["state"], kept["survey_score"]) == (conversation, "closed", 5)
    thread = (await agent.api.get(f"/conversations/{conversation}/thread"))["items"]
    said = [item["event"]["data"] for item in thread if item["kind"] == "event" and "Survey" in item["event"]["kind"]]
    assert said[-1] == {"score": 5}
    await shop.customer_texts(phone, "One more thing")
    await shop.conversation_with(phone, lambda one: one["state"] in ("open", "offered"))


async def test_nobody_is_flooded(stage: Stage, shop: Shop) -> None:
    await say(shop, "agent_left", "{AgentFirstName} has left.")
    agent = await shop.hire("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    conversation = (await shop.conversation_with(phone))["id"]
    await agent.accepts(conversation)
    for _ in range(6):
        await agent.api.post(f"/conversations/{conversation}/leave")
        await agent.api.post(f"/conversations/{conversation}/pick")
    await all_settled(stage)
    assert await received(shop, phone, 4) == ["Ana has left."] * 4


async def test_a_server_killed_while_it_sends_sends_once(database_url: str, tmp_path: Path) -> None:
    centre = new_centre(database_url, tmp_path)
    token = centre.make_administrator()
    phone = new_phone()
    with emulator_running() as emulator:
        async with aiohttp.ClientSession() as session:
            with centre.serving(tmp_path / "first") as server:
                shop = await open_shop(session, server, emulator, token)
                await say(shop, "greeting", "Welcome!")
                async with held_outbox(database_url):
                    await shop.customer_texts(phone, "Hello")
                    await eventually("the greeting on its way into the outbox", lambda: is_stuck(database_url))
                    server.process.kill()
                    server.process.wait()
            with centre.serving(tmp_path / "second"):
                assert await received(shop, phone) == ["Welcome!"]
                await shop.customer_texts(phone, "Hello again")
                await shop.conversation_with(phone, lambda one: one["last_preview"] == "Hello again")
                assert await received(shop, phone) == ["Welcome!"]
                await shop.close()


@asynccontextmanager
async def held_outbox(url: str) -> AsyncIterator[None]:
    """Nothing gets into the outbox while the block lasts."""
    database = await asyncpg.connect(url)
    try:
        async with database.transaction():
            await database.execute("lock table outbox in access exclusive mode")
            yield
    finally:
        await database.close()


async def is_stuck(url: str) -> bool:
    database = await asyncpg.connect(url)
    try:
        stuck = (
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'store_outbound_texts'"
        )
        return bool(await database.fetchval(f"{stuck} and datname = current_database()"))
    finally:
        await database.close()


async def open_shop(session: aiohttp.ClientSession, server: Running, emulator: Running, token: str) -> Shop:
    api = Api(session, server.base_url + "/api/v1", {"Authorization": f"Bearer {token}"})
    shop = Shop(session, api, Api(session, emulator.base_url), server.base_url)
    await shop.open()
    return shop
