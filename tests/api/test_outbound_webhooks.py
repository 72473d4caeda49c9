"""Systems that order texts are told by webhook what became of each, in their own words."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify
from answerback.web.api.services import Services
from tests.api.ordering import Desk, item, phone
from tests.api.people import MakePerson
from tests.api.test_webhook_subscriptions import Receiver, receiver, relaying, subscribe, until_heard
from tests.live.centre import Centre

__all__ = ["receiver"]


async def test_the_news_of_an_ordered_text_names_its_key_and_what_it_is_about(
    services: Services, database_url: str, person: MakePerson, receiver: Receiver
) -> None:
    centre = Centre(services.pool)
    numbers = [await centre.number(await centre.queue())]
    desk = Desk(services.pool, await person("administrator"), centre, numbers)
    made = await desk.configuration()
    about = {"order": "1", "regardingobjectid": "case-9"}
    [one] = await desk.order(made, item(phone(1), key="order-1", contextitems=about))
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, "message.delivered")
        async with desk.pool.acquire() as connection, connection.transaction():
            await append(connection, [NewEvent("MessageDelivered", message_id=one["message_id"])])
            await notify(connection, "event")
        await until_heard(receiver, 1)
    told = json.loads(receiver.bodies[0])["data"]
    assert told["message"]["sent_for"]["name"] == made["name"]
    assert (told["outbound_message"]["id"], told["outbound_message"]["key"]) == (one["id"], "order-1")
    assert told["outbound_message"]["regardingobjectid"] == "case-9"


@pytest.fixture
async def desk(services: Services, person: MakePerson) -> Desk:
    centre = Centre(services.pool)
    numbers = [await centre.number(await centre.queue())]
    return Desk(services.pool, await person("administrator"), centre, numbers)


async def happen(desk: Desk, kind: str, message_id: int | None) -> None:
    async with desk.pool.acquire() as connection, connection.transaction():
        await append(connection, [NewEvent(kind, message_id=message_id)])
        await notify(connection, "event")


def settled(receiver: Receiver) -> list[tuple[str, str]]:
    """Key and outcome of each result that was told."""
    told = [json.loads(body) for body in receiver.bodies]
    return [
        (one["data"]["outbound_message"]["key"], one["data"]["outcome"])
        for one in told
        if one["type"] == "outbound_message.settled"
    ]


async def test_each_ordered_text_has_its_result_told_and_texts_of_agents_none(
    services: Services, database_url: str, desk: Desk, receiver: Receiver
) -> None:
    made = await desk.configuration()
    items = [item(phone(place), key=f"order-{place}", contextitems={"order": "1"}) for place in range(4)]
    results = await desk.order(made, *items)
    kinds = ("MessageDelivered", "MessageFailed", "MessageUnclear", "MessageDelivered")
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, "outbound_message.settled")
        conversation_id = await desk.centre.conversation(desk.numbers[0], "open")
        [unordered] = await desk.pool.fetchrow(
            "select min(id) from message where conversation_id = $1", conversation_id
        )
        await happen(desk, "MessageDelivered", unordered)
        for result, kind in zip(results, kinds, strict=True):
            await happen(desk, kind, result["message_id"])
        await until_heard(receiver, 4)
    assert sorted(settled(receiver)) == [
        ("order-0", "delivered"), ("order-1", "failed"), ("order-2", "unclear"), ("order-3", "delivered"),
    ]  # fmt: skip


async def test_an_unclear_text_that_arrives_after_all_is_told_again(
    services: Services, database_url: str, desk: Desk, receiver: Receiver
) -> None:
    made = await desk.configuration()
    [one] = await desk.order(made, item(phone(1), key="order-1"))
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, "outbound_message.settled", "message.delivered")
        await happen(desk, "MessageUnclear", one["message_id"])
        await happen(desk, "MessageDelivered", one["message_id"])
        await until_heard(receiver, 3)
    assert sorted(settled(receiver)) == [("order-1", "delivered"), ("order-1", "unclear")]
    assert sorted(receiver.types())[0] == "message.delivered"  # one event under both its names


async def test_a_text_refused_when_its_time_came_tells_the_rule_one_refused_at_once_was_told_by_the_answer(
    services: Services, database_url: str, desk: Desk, receiver: Receiver
) -> None:
    made = await desk.configuration()
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, "outbound_message.settled")
        later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
        [waits] = await desk.order(made, item(phone(1), key="waits"), send_at=later)
        stop = {"phone": phone(1), "choice": "opt_out", "words": "STOP"}
        assert (await desk.client.post("/api/v1/consent", json=stop)).status_code == 201
        [refused] = await desk.order(made, item(phone(1), key="refused"))
        await until_heard(receiver, 1)
        [canceled] = await desk.order(made, item(phone(2), key="taken back"), send_at=later)
        await desk.client.post("/api/v1/outbound-messages/cancel", json={"ids": [canceled["id"]]})
        await until_heard(receiver, 2)
    assert (waits["result"], refused["result"]) == ("waits", "refused")
    assert settled(receiver) == [("waits", "refused"), ("taken back", "canceled")]
    ordered = json.loads(receiver.bodies[0])["data"]["outbound_message"]
    assert ordered["error_class"] == "opted_out"
    assert "START" in ordered["error_sentence"]
