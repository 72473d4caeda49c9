"""Texts that other systems order: each answered, each once, the good ones sent whatever is wrong with others."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.storage.connection import Pool
from answerback.workers.clock import Clock
from tests.api.ordering import MESSAGES, Desk, item, phone, zone_where_it_is
from tests.api.people import MakePerson
from tests.live.centre import Centre


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    centre = Centre(pool)
    queue = await centre.queue()
    numbers = [await centre.number(queue), await centre.number(queue)]
    return Desk(pool, await person("administrator"), centre, numbers)


async def opt(desk: Desk, choice: str, customer: str) -> None:
    entry = {"phone": customer, "choice": choice, "words": "They said so"}
    assert (await desk.client.post("/api/v1/consent", json=entry)).status_code == 201


async def stored(desk: Desk, outbound_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.client.get(f"{MESSAGES}/{outbound_id}")).json()
    return found


async def test_good_items_are_sent_and_each_bad_one_says_what_is_wrong(desk: Desk) -> None:
    made = await desk.configuration()
    results = await desk.order(
        made,
        item(phone(1)),
        item("12"),
        {"tocontactid": phone(2), "contextitems": {"order": "1"}},
        item(phone(3), locale="Klingon!"),
        {"tocontactid": phone(4), "optin": True},
        {**item(phone(5)), "optin": False},
        item(phone(6), key="k"),
        item(phone(7), key="k"),
        item(phone(8), locale="3082"),
    )
    told = [(one["result"], one.get("field") or one.get("reason", "")) for one in results]
    assert told == [
        ("queued", ""),
        ("invalid", "tocontactid"),
        ("invalid", "optin"),
        ("invalid", "locale"),
        ("invalid", "contextitems.order"),
        ("refused", "no_optin"),
        ("queued", ""),
        ("invalid", "key"),
        ("queued", ""),
    ]
    assert [one["place"] for one in results] == list(range(9))
    assert all(one["sentence"] for one in results if one["result"] in ("invalid", "refused"))
    assert sorted(await desk.texts()) == ["El pedido B-7 ha salido."] + ["Order B-7 has left."] * 2
    assert await desk.pool.fetchval("select count(*) from contact_phone where phone = $1", phone(5)) == 0
    assert await desk.pool.fetchval("select count(*) from consent_entry where source <> 'form'") == 0


async def test_an_order_is_kept_with_what_it_is_about_and_its_delivery(desk: Desk) -> None:
    made, other = await desk.configuration(), await desk.configuration()
    about = {"order": "1", "regardingobjectid": "case-9", "entityrelationshipname": "incident_outbound"}
    [one] = await desk.order(made, item(phone(1), key="order-1", contextitems=about))
    await desk.order(other, item(phone(2)))
    kept = await stored(desk, one["id"])
    assert (kept["regardingobjectid"], kept["entityrelationshipname"], kept["key"], kept["status"]) == (
        "case-9", "incident_outbound", "order-1", "queued",
    )  # fmt: skip
    await desk.pool.execute("update message set status = 'delivered', delivered_at = now()")
    assert (await stored(desk, one["id"]))["status"] == "delivered"
    for query in (f"configuration_id={made['id']}", "regardingobjectid=case-9"):
        listed = (await desk.client.get(f"{MESSAGES}?{query}")).json()["items"]
        assert [each["id"] for each in listed] == [one["id"]]
    first = (await desk.client.get(f"{MESSAGES}?limit=1")).json()
    assert first["next_cursor"]
    assert (await desk.client.get(f"{MESSAGES}/999")).status_code == 404


async def test_a_thousand_items_are_a_thousand_texts(desk: Desk) -> None:
    made = await desk.configuration(numbers=desk.numbers)
    results = await desk.order(made, *(item(phone(each), str(each)) for each in range(1000)))
    assert {one["result"] for one in results} == {"queued"}
    assert [one["place"] for one in results] == list(range(1000))
    assert len(set(await desk.texts())) == 1000
    spread = await desk.pool.fetch("select count(*) as texts from outbox group by number_id")
    assert len(spread) == 2
    assert min(row["texts"] for row in spread) > 300


async def test_the_customer_hears_from_the_number_they_know(desk: Desk) -> None:
    made = await desk.configuration(numbers=desk.numbers)
    customers = {await desk.centre.text(desk.numbers[each % 2], phone=phone(each)): each for each in range(8)}
    await desk.order(made, *(item(phone(each)) for each in customers.values()))
    rows = await desk.pool.fetch("select conversation_id, number_id from outbox")
    assert {row["conversation_id"]: row["number_id"] for row in rows} == {
        conversation: desk.numbers[each % 2] for conversation, each in customers.items()
    }


async def test_a_key_has_one_text_however_often_it_is_ordered(desk: Desk) -> None:
    made = await desk.configuration()
    [first] = await desk.order(made, item(phone(1), key="order-1"))
    [again, other] = await desk.order(made, item(phone(1), key="order-1"), item(phone(2), key="order-2"))
    assert again == {**first, "repeated": True}
    assert other["result"] == "queued"
    [wrong] = await desk.order(made, item(phone(3), key="order-1"))
    assert (wrong["result"], wrong["field"]) == ("invalid", "key")
    assert len(await desk.texts()) == 2


async def test_an_invalid_item_is_corrected_and_sent_with_its_key(desk: Desk) -> None:
    made = await desk.configuration()
    [bad] = await desk.order(made, {**item(phone(1), key="order-1"), "contextitems": {}})
    assert bad["result"] == "invalid"
    [good] = await desk.order(made, item(phone(1), key="order-1"))
    assert (good["result"], good.get("repeated")) == ("queued", None)


async def test_equal_orders_at_once_send_one_text_each(desk: Desk) -> None:
    made = await desk.configuration()
    items = [item(phone(each), key=f"order-{each}") for each in range(150)]
    both = await asyncio.gather(
        desk.order(made, *items), desk.order(made, *reversed(items)), desk.order(made, *items, request_key="a")
    )
    assert len(await desk.texts()) == 150
    assert await desk.pool.fetchval("select count(*) from outbox") == 150
    ids = [{one["key"]: one["message_id"] for one in results} for results in both]
    assert ids[0] == ids[1] == ids[2]


async def test_a_whole_call_repeated_with_its_key_has_no_second_effect_even_after_it_died(desk: Desk) -> None:
    made = await desk.configuration()
    items = [item(phone(each)) for each in range(5)]
    first = await desk.order(made, *items, request_key="run-1")
    assert await desk.order(made, *items, request_key="run-1") == first
    await desk.pool.execute("delete from idempotency_key")  # as if the answer had never been kept
    again = await desk.order(made, *items, request_key="run-1")
    assert [one["message_id"] for one in again] == [one["message_id"] for one in first]
    assert all(one["repeated"] for one in again)
    assert len(await desk.texts()) == 5


async def test_in_quiet_hours_a_text_waits_and_says_until_when(desk: Desk) -> None:
    made = await desk.configuration(purpose="informational")
    for customer, hour in ((phone(1), 3), (phone(2), 14)):
        zone = {"time_zone": zone_where_it_is(hour)}
        assert (await desk.client.put(f"/api/v1/contacts/by-phone/{customer}", json=zone)).status_code == 200
        await opt(desk, "opt_in", customer)
    night, day = await desk.order(made, item(phone(1)), item(phone(2)))
    assert (night["result"], night["reason"], night["rule"]) == ("waits", "quiet_hours", "quiet_hours")
    assert datetime.fromisoformat(night["due_at"]) > datetime.now(UTC)
    assert day["result"] == "queued"
    assert (await stored(desk, night["id"]))["status"] == "scheduled"


async def test_who_opted_out_is_refused_with_the_rule_and_the_way_out(desk: Desk) -> None:
    made = await desk.configuration()
    await opt(desk, "opt_out", phone(1))
    refused, sent = await desk.order(made, item(phone(1)), item(phone(2)))
    assert (refused["result"], refused["reason"], refused["rule"]) == ("refused", "opted_out", "opt_out")
    assert "START" in refused["sentence"]
    assert sent["result"] == "queued"
    assert (await stored(desk, refused["id"]))["status"] == "refused"


async def test_consent_that_comes_with_an_item_is_kept_once_and_undoes_no_later_stop(desk: Desk) -> None:
    made = await desk.configuration(purpose="informational")
    agreed = datetime.now(UTC) - timedelta(days=30)
    consent = {"words": "Ticked the box at checkout", "at": agreed.isoformat(), "proof": {"url": "https://shop.test"}}
    for customer in (phone(1), phone(2), phone(3)):
        await desk.client.put(f"/api/v1/contacts/by-phone/{customer}", json={"time_zone": zone_where_it_is(14)})
    await opt(desk, "opt_out", phone(2))
    with_proof = [item(each, consent=consent) for each in (phone(1), phone(2))]
    told = [one["result"] for one in await desk.order(made, *with_proof, item(phone(3)))]
    assert told == ["queued", "refused", "refused"]
    await desk.order(made, item(phone(1), consent=consent))
    entries = await desk.pool.fetch("select choice, source, purpose from consent_entry where phone = $1", phone(1))
    assert [tuple(row) for row in entries] == [("opt_in", "api", "informational")]


async def test_texts_that_wait_are_taken_back_or_moved_and_those_that_left_are_not(desk: Desk) -> None:
    made = await desk.configuration()
    later = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    [gone] = await desk.order(made, item(phone(1)))
    waiting = await desk.order(made, *(item(phone(each)) for each in range(2, 6)), send_at=later)
    assert {one["result"] for one in waiting} == {"waits"}
    ids = [one["id"] for one in waiting]
    canceled = await desk.client.post(f"{MESSAGES}/cancel", json={"ids": [gone["id"], ids[0]]})
    assert canceled.json() == {"done": [ids[0]], "too_late": [gone["id"]]}
    assert (await stored(desk, ids[0]))["status"] == "canceled"
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    moved = await desk.client.post(f"{MESSAGES}/reschedule", json={"ids": [ids[1]], "send_at": tomorrow.isoformat()})
    assert moved.json()["done"] == [ids[1]]
    assert datetime.fromisoformat((await stored(desk, ids[1]))["due_at"]) == tomorrow
    assert (await desk.client.post(f"{MESSAGES}/reschedule", json={"ids": [ids[2]]})).json()["done"] == [ids[2]]
    await Clock(desk.pool).tick()
    assert (await stored(desk, ids[2]))["status"] == "queued"
    rest = await desk.client.post(f"{MESSAGES}/cancel", json={"configuration_id": made["id"]})
    assert rest.json()["done"] == [ids[1], ids[3]]
    assert (await desk.client.post(f"{MESSAGES}/cancel", json={})).status_code == 422


async def test_names_come_from_the_item_else_from_the_contact(desk: Desk) -> None:
    made = await desk.configuration(texts={"en-US": "Hi {CustomerFirstName|there}"}, slots=[])
    await desk.client.put(f"/api/v1/contacts/by-phone/{phone(1)}", json={"name": "Maria Gonzalez"})
    named = {"CustomerFirstName": "James", "CaseName": "nobody asked for it"}
    await desk.order(made, item(phone(1)), item(phone(2), contextitems=named), item(phone(3)))
    assert sorted(await desk.texts()) == ["Hi James", "Hi Maria", "Hi there"]


async def test_an_order_without_a_known_configuration_is_refused_whole(desk: Desk) -> None:
    answer = await desk.client.post(MESSAGES, json={"configuration_id": 999, "items": [item(phone(1))]})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "configuration_id")


async def test_a_text_says_in_the_thread_what_it_was_sent_for(desk: Desk) -> None:
    made = await desk.configuration()
    [one] = await desk.order(made, item(phone(1)))
    message = (await desk.client.get(f"/api/v1/messages/{one['message_id']}")).json()
    assert message["sent_for"] == {"kind": "configuration", "id": made["id"], "name": made["name"], "shown": True}
    await desk.client.patch(f"/api/v1/outbound-configurations/{made['id']}", json={"show_in_timeline": False})
    message = (await desk.client.get(f"/api/v1/messages/{one['message_id']}")).json()
    assert message["sent_for"]["shown"] is False
