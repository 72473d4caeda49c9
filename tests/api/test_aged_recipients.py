"""What files said of people goes by age: from campaigns that have ended, and with lists that nothing uses any more."""

from typing import Any

import pytest

from answerback.storage.aged_recipients import BATCH, clear_recipients
from answerback.storage.connection import Pool
from answerback.workers.retention import RetentionWorker
from tests.api.campaigning import Desk, feeder, phone
from tests.api.flowing import make_flow
from tests.api.people import MakePerson
from tests.api.test_audiences import SAMPLE, import_all, upload
from tests.api.test_retention import PATH, set_days
from tests.live.centre import Centre


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    centre = Centre(pool)
    numbers = [await centre.number(await centre.queue())]
    found = Desk(pool, await person("administrator"), centre, numbers)
    await found.rate(1)
    return found


async def make_old(pool: Pool) -> None:
    await pool.execute("update audience set created_at = now() - interval '100 days', ready_at = null")
    await pool.execute("update campaign set ended_at = now() - interval '100 days' where ended_at is not null")


async def stopped_campaign(desk: Desk) -> dict[str, Any]:
    """Three of five were texted before it was stopped, a hundred days ago."""
    made = await desk.campaign(*map(phone, range(5)))
    await desk.start(made)
    await feeder(desk.pool).tick()
    assert (await desk.act(made, "stop")).status_code == 200
    await make_old(desk.pool)
    return made


async def test_values_go_counts_stay_and_so_do_the_phones_of_those_who_were_texted(desk: Desk) -> None:
    made = await stopped_campaign(desk)
    before = (await desk.see(made, "/results"))["items"]
    told = (await desk.client.post(f"{PATH}/preview", json={"texts_days": 90})).json()["would_remove"]
    assert told["recipients"] == 10
    await set_days(desk.client, texts_days=90)
    await RetentionWorker(desk.pool).tick()
    found = (await desk.see(made, "/recipients"))["items"]
    assert [one["values"] for one in found] == [{}] * 5
    texted = [one["phone"] for one in found if one["message_id"]]
    never = [one["phone"] for one in found if not one["message_id"]]
    assert (len(texted), never) == (3, [f"erased {one['place']}" for one in found if not one["message_id"]])
    assert set(texted) <= set(map(phone, range(5)))
    assert (await desk.see(made, "/results"))["items"] == before
    [audience] = (await desk.client.get("/api/v1/audiences", params={"archived": True})).json()["items"]
    assert (audience["members"], audience["archived"]) == (0, True)
    assert await desk.pool.fetchval("select data from event where kind = 'AgedRemoved'") == {
        "texts": 0, "files": 0, "events": 0, "recipients": 10
    }  # fmt: skip
    again = (await desk.client.post(f"{PATH}/preview", json={"texts_days": 90})).json()["would_remove"]
    assert again["recipients"] == 0


async def test_a_legal_hold_keeps_theirs_until_it_is_released(desk: Desk) -> None:
    made = await stopped_campaign(desk)
    contact = await desk.pool.fetchval(
        "select contact_id from contact_phone where phone = any ($1) limit 1", [phone(number) for number in range(5)]
    )
    holds = f"/api/v1/contacts/{contact}/legal-holds"
    assert (await desk.client.post(holds, json={"reason": "Complaint 2026-114"})).status_code == 201
    await set_days(desk.client, texts_days=90)
    await RetentionWorker(desk.pool).tick()

    async def with_values() -> int:
        return sum(bool(one["values"]) for one in (await desk.see(made, "/recipients"))["items"])

    assert await with_values() == 1
    assert await desk.pool.fetchval("select count(*) from audience_member") == 1
    assert (await desk.client.post(f"{holds}/release", json={"reason": "Settled"})).status_code == 200
    await RetentionWorker(desk.pool).tick()
    assert await with_values() == 0
    assert await desk.pool.fetchval("select count(*) from audience_member") == 0


async def test_a_list_that_is_still_used_stays_whole(desk: Desk) -> None:
    await desk.campaign(phone(1))
    by_flow = await desk.audience(phone(2))
    daily = {"kind": "scheduled", "begins": "2020-01-01T09:00", "zone": "UTC", "repeats": "FREQ=DAILY"}
    await make_flow(desk.client, {"end": {"kind": "end"}}, trigger={**daily, "audience_id": by_flow})
    unused = await desk.audience(phone(3))
    await make_old(desk.pool)
    await set_days(desk.client, texts_days=90)
    await RetentionWorker(desk.pool).tick()
    assert {row["phone"] for row in await desk.pool.fetch("select phone from audience_member")} == {phone(1), phone(2)}
    shown = (await desk.client.get("/api/v1/audiences")).json()["items"]
    assert unused not in {one["id"] for one in shown}


async def test_long_lists_go_batch_by_batch(desk: Desk) -> None:
    audience_id = await desk.audience()
    await desk.pool.execute(
        "insert into audience_member (audience_id, place, phone) select $1, n, '+1646' || (1000000 + n)"
        " from generate_series(1, $2::int) n",
        audience_id,
        BATCH + 7,
    )
    await make_old(desk.pool)
    async with desk.pool.acquire() as connection:
        assert [await clear_recipients(connection, 90) for _ in range(3)] == [(BATCH, True), (7, True), (0, False)]


async def test_the_rows_that_columns_were_chosen_by_go_once_the_file_is_read(desk: Desk) -> None:
    uploaded = await upload(desk.client, SAMPLE)
    assert len(uploaded["layout"]["rows"]) == 4
    done = await import_all(desk.client, desk.pool, uploaded["id"], locale=1)
    assert (done["layout"]["rows"], done["layout"]["columns"]) == ([], uploaded["layout"]["columns"])


async def test_the_preview_does_not_keep_what_somebodys_row_said(desk: Desk) -> None:
    words = await desk.template(slots=[{"name": "order", "kind": "date", "sample": "2026-11-25"}])
    made = await desk.campaign((phone(1), {"order": "a secret"}), variants=[{"template_id": words}])
    [reason] = (await desk.preview(made))["result"]["reasons"]
    assert reason["sentence"] == "order is not a date. Give it as 2026-11-25."
