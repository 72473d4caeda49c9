"""Campaigns: drafted, previewed, started, fed a little at a time, paused and stopped at once, each recipient once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from answerback.storage.connection import Pool
from tests.api.campaigning import CAMPAIGNS, Desk, feeder, open_desk, phone
from tests.api.people import MakePerson


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    return await open_desk(pool, person)


async def test_a_draft_is_added_changed_and_removed(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    assert (made["state"], made["recipients"], made["purpose"]) == ("draft", 0, "informational")
    changed = await desk.client.patch(f"{CAMPAIGNS}/{made['id']}", json={"name": "Other", "reply_share": 0.5})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["name"], changed.json()["reply_share"]) == ("Other", 0.5)
    assert changed.json()["edition"] == made["edition"] + 1
    assert [one["id"] for one in (await desk.client.get(CAMPAIGNS)).json()["items"]] == [made["id"]]
    assert (await desk.client.delete(f"{CAMPAIGNS}/{made['id']}")).status_code == 204
    assert (await desk.client.get(f"{CAMPAIGNS}/{made['id']}")).status_code == 404


async def test_what_does_not_exist_is_named_field_by_field(desk: Desk) -> None:
    draft = {"name": " ", "audience_id": 99, "number_ids": [99], "variants": [{"template_id": 99}]}
    answer = await desk.client.post(CAMPAIGNS, json=draft)
    assert answer.status_code == 422
    named = {one["field"] for one in answer.json()["errors"]}
    assert named == {"name", "audience_id", "number_ids", "variants[0].template_id"}


async def test_templates_of_two_purposes_are_not_one_campaign(desk: Desk) -> None:
    first, second = await desk.template(), await desk.template(purpose="promotional")
    made = await desk.campaign(phone(1))
    variants = [{"template_id": first}, {"template_id": second}]
    answer = await desk.client.patch(f"{CAMPAIGNS}/{made['id']}", json={"variants": variants})
    assert answer.json()["errors"][0]["field"] == "variants"


async def test_each_recipient_gets_one_text_and_the_campaign_is_done(desk: Desk) -> None:
    phones = [phone(number) for number in range(5)]
    made = await desk.campaign(*phones)
    await desk.start(made)
    await feeder(desk.pool).tick()
    assert sorted(await desk.texts()) == [(one, "Order B-7 has left.") for one in phones]
    done = await desk.see(made)
    assert (done["state"], done["recipients"], done["queued"], done["waiting"], done["parts"]) == ("done", 5, 5, 0, 5)
    await feeder(desk.pool).tick()
    assert len(await desk.texts()) == 5


async def test_a_missing_value_refuses_that_one_and_says_why(desk: Desk) -> None:
    made = await desk.campaign(phone(1), (phone(2), {"name": "x"}))
    await desk.start(made)
    await feeder(desk.pool).tick()
    assert [one for one, _ in await desk.texts()] == [phone(1)]
    (refused,) = (await desk.see(made, "/recipients?outcome=refused"))["items"]
    assert (refused["phone"], refused["reason"]) == (phone(2), "template")
    assert "order" in refused["sentence"]


async def test_the_preview_counts_what_starting_then_does(desk: Desk) -> None:
    await desk.pool.execute("update number set price_per_part = 0.01")
    long = (phone(3), {"order": "x" * 200})
    made = await desk.campaign(phone(1), phone(2), long, (phone(4), {}), phone(5))
    opted_out = {"phone": phone(5), "choice": "opt_out", "words": "Stop it"}
    assert (await desk.client.post("/api/v1/consent", json=opted_out)).status_code == 201
    preview = await desk.preview(made)
    result = preview["result"]
    assert (preview["state"], preview["current"], preview["reached"]) == ("done", True, 5)
    assert (result["recipients"], result["texts"], result["refused"], result["parts"]) == (5, 3, 2, 4)
    assert [(float(one["amount"]), one["currency"]) for one in result["prices"]] == [(0.04, "USD")]
    assert {(one["reason"], one["recipients"]) for one in result["reasons"]} == {("template", 1), ("opted_out", 1)}
    await desk.start(made)
    await feeder(desk.pool).tick()
    done = await desk.see(made)
    assert (done["queued"], done["refused"], done["parts"]) == (3, 2, 4)
    assert (await desk.act(made, "preview")).status_code == 409


async def test_a_changed_draft_has_an_older_preview(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    assert (await desk.preview(made))["current"]
    await desk.client.patch(f"{CAMPAIGNS}/{made['id']}", json={"name": "Changed"})
    assert not (await desk.see(made, "/preview"))["current"]


async def test_only_a_few_seconds_worth_lies_in_the_outbox(desk: Desk) -> None:
    await desk.rate(2)
    made = await desk.campaign(*map(phone, range(20)))
    await desk.start(made)
    for _ in range(3):
        await feeder(desk.pool).tick()
    assert len(await desk.texts()) == 6
    await desk.left()
    await feeder(desk.pool).tick()
    assert (await desk.see(made))["queued"] == 12


async def test_two_campaigns_share_their_number(desk: Desk) -> None:
    await desk.rate(4)
    first = await desk.campaign(*map(phone, range(50)))
    second = await desk.campaign(*map(phone, range(100, 150)))
    for one in (first, second):
        await desk.start(one)
    await feeder(desk.pool).tick()
    assert [(await desk.see(one))["queued"] for one in (first, second)] == [6, 6]


async def test_pausing_holds_resuming_goes_on_and_stopping_is_for_good(desk: Desk) -> None:
    await desk.rate(1)
    made = await desk.campaign(*map(phone, range(9)))
    await desk.start(made)
    await feeder(desk.pool).tick()
    assert (await desk.act(made, "pause")).json()["state"] == "paused"
    await desk.left()
    await feeder(desk.pool).tick()
    assert await desk.texts() == []
    assert (await desk.act(made, "pause")).status_code == 409
    assert (await desk.act(made, "resume")).json()["state"] == "running"
    await feeder(desk.pool).tick()
    assert len(await desk.texts()) == 3
    stopped = (await desk.act(made, "stop")).json()
    assert (stopped["state"], stopped["queued"], stopped["stopped"], stopped["waiting"]) == ("stopped", 6, 3, 0)
    await desk.left()
    await feeder(desk.pool).tick()
    assert await desk.texts() == []
    assert "make a new one" in (await desk.act(made, "resume")).json()["detail"]


async def test_it_waits_for_its_time_and_can_be_moved(desk: Desk) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    made = await desk.campaign(phone(1), send_at=later.isoformat())
    await desk.start(made)
    await feeder(desk.pool).tick()
    waiting = await desk.see(made)
    assert (waiting["state"], waiting["recipients"]) == ("scheduled", 1)
    assert await desk.texts() == []
    moved = await desk.act(made, "reschedule", send_at=(later - timedelta(days=2)).isoformat())
    assert moved.status_code == 200, moved.text
    await feeder(desk.pool).tick()
    await feeder(desk.pool).tick()
    assert (await desk.see(made))["state"] == "done"


async def test_two_feeders_at_once_text_everybody_once(desk: Desk) -> None:
    phones = [phone(number) for number in range(300)]
    made = await desk.campaign(*phones, number_ids=desk.numbers)
    await desk.start(made)
    feeders = [feeder(desk.pool) for _ in range(3)]
    while (await desk.see(made))["state"] != "done":
        await asyncio.gather(*(one.tick() for one in feeders))
    assert Counter(one for one, _ in await desk.texts()) == Counter(phones)
    assert sum(one["queued"] for one in (await desk.see(made))["numbers"]) == 300


async def test_a_reply_is_an_ordinary_conversation_that_shows_what_it_answers(desk: Desk) -> None:
    made = await desk.campaign(phone(1), phone(2))
    await desk.start(made)
    await feeder(desk.pool).tick()
    await desk.left()
    conversation_id = await desk.centre.text(desk.numbers[0], "Thank you", phone=phone(1))
    found = (await desk.client.get(f"/api/v1/conversations/{conversation_id}")).json()
    assert found["state"] == "open"
    thread = (await desk.client.get(f"/api/v1/conversations/{conversation_id}/thread")).json()["items"]
    (ours,) = (one["message"] for one in thread if one.get("message", {}).get("origin") == "campaign")
    assert ours["sent_for"] == {"kind": "campaign", "id": made["id"], "name": made["name"], "shown": True}
    (replied,) = (await desk.see(made, "/recipients?outcome=replied"))["items"]
    assert replied["phone"] == phone(1)


async def test_a_test_text_goes_to_ones_own_phone(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    answer = await desk.act(made, "test", to=phone(9))
    assert (answer.status_code, answer.json()["result"]) == (200, "queued")
    assert await desk.texts() == [(phone(9), "Order B-7 has left.")]
    assert (await desk.act(made, "test", to="12")).status_code == 422


async def test_an_agent_cannot_start_one(desk: Desk, person: MakePerson) -> None:
    made = await desk.campaign(phone(1))
    agent = (await person("agent")).client
    assert (await agent.post(f"{CAMPAIGNS}/{made['id']}/start")).status_code == 403


async def test_what_stands_with_a_contact_fills_the_slots_of_a_filter(desk: Desk) -> None:
    await desk.pool.execute(
        """
        insert into contact (id, name, tags, attributes) values
            (11, 'Ana', '{vip}', '{"order": "A-1", "visits": 3, "more": [1]}'), (12, 'Ben', '{vip}', '{}')
        """
    )
    await desk.pool.execute(
        "insert into contact_phone (phone, contact_id) values ($1, 11), ($2, 12)", phone(1), phone(2)
    )
    wanted = {"filter": {"all_of": [{"about": "tag", "any_of": ["vip"]}]}}
    tried = (await desk.client.post("/api/v1/audiences/preview", json=wanted)).json()
    assert [one["values"] for one in tried["sample"]] == [{"order": "A-1", "visits": "3"}, {}]
    made = (await desk.client.post("/api/v1/audiences", json={"name": "VIP", **wanted})).json()
    await desk.agree([phone(1), phone(2)])
    campaign = await desk.campaign(audience_id=made["id"])
    result = (await desk.preview(campaign))["result"]
    assert (result["texts"], result["refused"]) == (1, 1)
    await desk.start(campaign)
    await feeder(desk.pool).tick()
    assert await desk.texts() == [(phone(1), "Order A-1 has left.")]


async def test_prices_are_summed_by_the_currency_of_the_account(desk: Desk) -> None:
    await desk.pool.execute("update number set price_per_part = 0.02")
    made = await desk.campaign(*map(phone, range(40)), number_ids=desk.numbers)
    await desk.pool.execute(
        """
        with made as (
            insert into provider_account (provider, name, credentials, api_base_url, currency)
            select provider, 'In euros', credentials, api_base_url, 'EUR' from provider_account limit 1 returning id
        )
        update number set provider_account_id = made.id from made where number.id = $1
        """,
        desk.numbers[0],
    )
    result = (await desk.preview(made))["result"]
    found = {one["number_id"]: (one["price"], one["currency"]) for one in result["numbers"]}
    assert [(one["amount"], one["currency"]) for one in result["prices"]] == sorted(
        found.values(), key=lambda it: it[1]
    )
    assert (found[desk.numbers[0]][1], found[desk.numbers[1]][1]) == ("EUR", "USD")
    assert round(sum(float(one["amount"]) for one in result["prices"]), 2) == 0.8
    await desk.pool.execute("update number set price_per_part = null where id = $1", desk.numbers[0])
    assert (await desk.preview(made))["result"]["prices"] is None


async def test_a_preview_that_an_older_server_counted_is_shown_all_the_same(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    await desk.preview(made)
    await desk.pool.execute(
        """update campaign_preview set result = (result - 'prices') || '{"price": "0.01"}'
           #- '{numbers,0,currency}'"""
    )
    assert (await desk.see(made, "/preview"))["result"]["prices"] is None
