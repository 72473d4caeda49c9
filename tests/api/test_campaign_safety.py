"""What holds a running campaign back: opt-outs, quiet hours, caps, agents without room, and carriers that filter it."""

from datetime import UTC, datetime

import pytest

from answerback.storage.connection import Pool
from tests.api.campaigning import Desk, feeder, open_desk, phone
from tests.api.people import MakePerson


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    return await open_desk(pool, person)


async def test_an_opt_out_half_way_counts_at_once(desk: Desk) -> None:
    await desk.rate(1)
    made = await desk.campaign(*map(phone, range(6)))
    await desk.start(made)
    await feeder(desk.pool).tick()
    gone = {one for one, _ in await desk.texts()}
    unlucky = next(one for one in map(phone, range(6)) if one not in gone)
    opted_out = {"phone": unlucky, "choice": "opt_out", "words": "Stop it"}
    assert (await desk.client.post("/api/v1/consent", json=opted_out)).status_code == 201
    await desk.left()
    await feeder(desk.pool).tick()
    assert unlucky not in {one for one, _ in await desk.texts()}
    (refused,) = (await desk.see(made, "/recipients?outcome=refused"))["items"]
    assert (refused["phone"], refused["reason"]) == (unlucky, "opted_out")


async def test_quiet_hours_put_off_only_those_who_sleep(desk: Desk) -> None:
    """Between Honolulu and San Juan there are six hours: never more than one of them is at noon."""
    now = datetime.now(UTC)
    phones = {"+18085550100": "Pacific/Honolulu", "+17875550100": "America/Puerto_Rico", "+12125550100": "Etc/UTC"}
    made = await desk.campaign(*phones)
    assert (await desk.client.patch("/api/v1/sending-rules", json={"courtesy_hours": True})).status_code == 200
    preview = (await desk.preview(made))["result"]
    await desk.start(made)
    await feeder(desk.pool).tick()
    page = (await desk.see(made, "/recipients"))["items"]
    waiting = [one for one in page if one["outcome"] == "waiting"]
    assert len(waiting) == preview["later"]
    assert all(datetime.fromisoformat(one["due_at"]) > now and one["reason"] == "quiet_hours" for one in waiting)
    if waiting:
        assert (await desk.see(made))["state"] == "running"


async def test_filtered_texts_pause_it_with_the_reason(desk: Desk) -> None:
    await desk.rate(1)
    made = await desk.campaign(*map(phone, range(9)), watch_after=3)
    await desk.start(made)
    await feeder(desk.pool).tick()
    await desk.left("undelivered", "filtered")
    await feeder(desk.pool).tick()
    paused = await desk.see(made)
    assert paused["state"] == "paused"
    assert "filtered by carriers" in paused["state_reason"]
    assert (await desk.act(made, "resume")).status_code == 200
    await feeder(desk.pool).tick()
    assert (await desk.see(made))["state"] == "running"


async def test_what_the_provider_knows_of_opt_outs_is_counted(desk: Desk) -> None:
    made = await desk.campaign(phone(1), phone(2))
    await desk.start(made)
    await feeder(desk.pool).tick()
    await desk.left("failed", "opted_out")
    (counted,) = (await desk.see(made, "/results"))["items"]
    assert (counted["outcome"], counted["reason"], counted["opted_out"]) == ("failed", "opted_out", 2)
    assert len((await desk.see(made, "/recipients?outcome=opted_out"))["items"]) == 2


async def test_a_number_that_is_switched_off_pauses_it_instead_of_refusing_everybody(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    await desk.start(made)
    await desk.pool.execute("update number set active = false where id = $1", desk.numbers[0])
    await feeder(desk.pool).tick()
    paused = await desk.see(made)
    assert (paused["state"], paused["waiting"]) == ("paused", 1)
    assert "switched off" in paused["state_reason"]


async def test_a_daily_cap_holds_the_number_until_tomorrow(desk: Desk) -> None:
    made = await desk.campaign(*map(phone, range(6)))
    await desk.pool.execute("update number set daily_cap = 2 where id = $1", desk.numbers[0])
    await desk.start(made)
    await feeder(desk.pool).tick()
    await feeder(desk.pool).tick()
    seen = await desk.see(made)
    assert (seen["state"], seen["queued"], seen["waiting"]) == ("running", 2, 4)


async def test_no_more_texts_than_free_agents_can_take_the_replies_of(desk: Desk, pool: Pool) -> None:
    await desk.rate(100)
    made = await desk.campaign(*map(phone, range(40)), pace_by_agents=True, reply_share=0.5)
    await desk.start(made)
    await feeder(pool).tick()
    assert await desk.texts() == []
    queue_id = await pool.fetchval("select queue_id from workstream order by id limit 1")
    await desk.centre.join(queue_id, await desk.centre.person("Ana", capacity=4))
    for _ in range(3):
        await feeder(pool).tick()
    assert len(await desk.texts()) == 8


async def test_a_saved_filter_is_frozen_when_the_campaign_starts(desk: Desk) -> None:
    for number in (1, 2):
        contact = {"name": "Luz Rivera", "phones": [phone(number)], "tags": ["card"]}
        assert (await desk.client.post("/api/v1/contacts", json=contact)).status_code == 201
    wanted = {"name": "Card holders", "filter": {"all_of": [{"about": "tag", "any_of": ["card"]}]}}
    audience = await desk.client.post("/api/v1/audiences", json=wanted)
    assert audience.status_code == 201, audience.text
    words = await desk.template(texts={"en-US": "Hello {CustomerFirstName}"}, slots=[])
    made = await desk.campaign(phone(1), phone(2), audience_id=audience.json()["id"], variants=[{"template_id": words}])
    assert (await desk.preview(made))["result"]["texts"] == 2
    await desk.start(made)
    await feeder(desk.pool).tick()
    assert sorted(await desk.texts()) == [(phone(1), "Hello Luz"), (phone(2), "Hello Luz")]


async def test_whoever_is_erased_is_not_texted_and_the_totals_stay_exact(desk: Desk) -> None:
    contact = {"name": "Luz Rivera", "phones": [phone(1)]}
    made_contact = (await desk.client.post("/api/v1/contacts", json=contact)).json()
    later = datetime(2099, 1, 1, tzinfo=UTC).isoformat()
    made = await desk.campaign(phone(1), phone(2), send_at=later)
    await desk.start(made)
    await feeder(desk.pool).tick()
    erased = await desk.client.post(f"/api/v1/contacts/{made_contact['id']}/erasure", json={"phone": phone(1)})
    assert erased.status_code in (200, 201), erased.text
    seen = await desk.see(made)
    assert (seen["recipients"], seen["waiting"], seen["stopped"]) == (2, 1, 1)
    assert phone(1) not in {one["phone"] for one in (await desk.see(made, "/recipients"))["items"]}


async def test_the_preview_knows_who_wrote_and_who_never_agreed(desk: Desk) -> None:
    """Whatever a template is called, it is no answer to somebody who never wrote."""
    await desk.centre.text(desk.numbers[0], "Are you open?", phone=phone(1))
    words = await desk.template(purpose="conversation")
    made = await desk.campaign(variants=[{"template_id": words}], audience_id=await desk.audience(phone(1), phone(2)))
    result = (await desk.preview(made))["result"]
    assert [(one["reason"], one["recipients"]) for one in result["reasons"]] == [("no_consent", 1)]
    await desk.start(made)
    await feeder(desk.pool).tick()
    done = await desk.see(made)
    assert (done["queued"], done["refused"]) == (result["texts"], result["refused"]) == (1, 1)
