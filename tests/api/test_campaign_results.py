"""What became of a campaign: counted, listed by outcome, followed live, given out as a file."""

import csv
import io
from collections import Counter

import pytest

from answerback.storage.campaign_results import lock_counting
from answerback.storage.connection import Pool
from tests.api.campaigning import CAMPAIGNS, Desk, feeder, open_desk, phone
from tests.api.event_log import logged
from tests.api.people import MakePerson


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    return await open_desk(pool, person)


async def test_variants_are_drawn_by_share_and_counted_apart(desk: Desk) -> None:
    variants = [{"template_id": await desk.template(), "share": 1}, {"template_id": await desk.template(), "share": 1}]
    made = await desk.campaign(*map(phone, range(200)), variants=variants)
    await desk.start(made)
    await feeder(desk.pool).tick()
    counts = (await desk.see(made, "/results"))["items"]
    assert {one["variant"] for one in counts} == {0, 1}
    assert all(60 < one["recipients"] < 140 for one in counts)
    assert sum(one["recipients"] for one in counts) == 200


async def test_results_are_given_out_without_formulas_and_that_is_noted(desk: Desk) -> None:
    made = await desk.campaign((phone(1), {}))
    await desk.start(made)
    await feeder(desk.pool).tick()
    answer = await desk.client.get(f"{CAMPAIGNS}/{made['id']}/export")
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert (line["phone"].lstrip("'"), line["outcome"]) == (phone(1), "refused")
    assert await desk.pool.fetchval("select count(*) from event where kind = 'CampaignExported'") == 1


async def test_screens_hear_how_far_it_is_and_the_audit_list_is_not_filled_with_it(desk: Desk) -> None:
    await desk.rate(2)
    made = await desk.campaign(*map(phone, range(9)))
    await desk.start(made)
    await feeder(desk.pool).tick()
    moved = await logged(desk.client, "CampaignMoved")
    counts = {"recipients": 9, "waiting": 3, "queued": 6, "refused": 0, "stopped": 0, "parts": 6}
    assert [one["data"] for one in moved] == [{"id": made["id"], "state": "running", **counts}]
    audit = (await desk.client.get("/api/v1/events", params={"audit": "true", "limit": 100})).json()["items"]
    kinds = {one["kind"] for one in audit}
    assert "CampaignStarted" in kinds
    assert "CampaignMoved" not in kinds


async def test_what_took_long_to_count_serves_for_a_while_and_says_of_when_it_is(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    await desk.start(made)
    await feeder(desk.pool).tick()
    counted = await desk.see(made, "/results")
    await desk.pool.execute(
        "insert into campaign_result (campaign_id, counted_at, seconds, items) values ($1, now(), 60, '[]')", made["id"]
    )
    assert (await desk.see(made, "/results"))["items"] == []
    await desk.pool.execute("update campaign_result set counted_at = now() - interval '1 day'")
    again = await desk.see(made, "/results")
    assert (again["items"], again["counted_at"] > counted["counted_at"]) == (counted["items"], True)


async def test_a_campaign_that_is_not_there_has_no_results(desk: Desk) -> None:
    assert (await desk.client.get(f"{CAMPAIGNS}/{2**53 - 1}/results")).status_code == 404


async def test_while_somebody_else_counts_the_last_results_are_shown(desk: Desk) -> None:
    made = await desk.campaign(phone(1))
    await desk.pool.execute(
        "insert into campaign_result (campaign_id, counted_at, seconds, items)"
        " values ($1, now() - interval '1 day', 1, '[]')",
        made["id"],
    )
    await desk.start(made)
    await feeder(desk.pool).tick()
    async with desk.pool.acquire() as connection, connection.transaction():
        assert await lock_counting(connection, made["id"])
        assert (await desk.see(made, "/results"))["items"] == []
    assert len((await desk.see(made, "/results"))["items"]) == 1


@pytest.mark.parametrize("wanted", ["waiting", "refused", "stopped", "on_the_way", "delivered", "failed", "unclear"])
async def test_recipients_of_one_outcome_are_those_that_the_totals_count(desk: Desk, wanted: str) -> None:
    await desk.rate(1)
    made = await desk.campaign((phone(0), {}), *map(phone, range(1, 9)))
    await desk.start(made)
    await feeder(desk.pool).tick()
    await desk.pool.execute("update message set status = 'unclear' where id = (select max(id) from message)")
    if wanted in ("delivered", "failed"):
        await desk.left("delivered" if wanted == "delivered" else "undelivered")
    if wanted == "stopped":
        assert (await desk.act(made, "stop")).status_code == 200
    counts = Counter(one["outcome"] for one in (await desk.see(made, "/recipients"))["items"])
    found = (await desk.see(made, f"/recipients?outcome={wanted}"))["items"]
    assert (len(found), {one["outcome"] for one in found}) == (counts[wanted], {wanted})
