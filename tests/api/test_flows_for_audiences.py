"""A person begins a flow for an audience: a run a member, in the member's language and with what the audience says."""

import asyncio
from typing import Any

import httpx

from answerback.storage.connection import Pool
from answerback.web.api.services import Services
from answerback.workers.timed_flows import TimedFlows
from tests.api.flowing import PATH, flowing, make_flow, make_template
from tests.api.test_audiences import SAMPLE, import_all, upload
from tests.message_stage import eventually

INSTANT = {"kind": "instant"}
END = {"end": {"kind": "end"}}
SLOTS = [{"name": "name", "kind": "text", "sample": "Ana"}]
TEXTS = {"en-US": "Hello {name}", "es": "Hola {name}"}


async def make_list(admin: httpx.AsyncClient, pool: Pool) -> int:
    """Ana in English and Ben in Spanish, who agreed to texts."""
    uploaded = await upload(admin, SAMPLE)
    made = await import_all(admin, pool, uploaded["id"], locale=1, values={"first_name": 2})
    await pool.execute(
        "insert into consent_entry (phone, choice, source, words)"
        " select phone, 'opt_in', 'form', 'Tell me' from audience_member"
    )
    audience_id: int = made["id"]
    return audience_id


async def begin_for(admin: httpx.AsyncClient, flow: dict[str, Any], **whom: Any) -> httpx.Response:
    return await admin.post(f"{PATH}/{flow['id']}/occurrences", json=whom)


async def test_each_member_has_one_run_with_its_language_and_values(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool
) -> None:
    audience_id = await make_list(admin, pool)
    hello = await make_template(admin, "Hello", "", texts=TEXTS, slots=SLOTS)
    steps = {"tell": {"kind": "send", "template_id": hello, "values": {"name": "trigger.first_name"}}}
    flow = await make_flow(admin, steps, trigger=INSTANT)
    answer = await begin_for(admin, flow, audience_id=audience_id)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["audience_id"], answer.json()["audience_name"]) == (audience_id, "Spring")
    await asyncio.gather(*(TimedFlows(pool).tick() for _ in range(2)))
    async with flowing(services, database_url):

        async def told() -> bool:
            return bool(await pool.fetchval("select count(*) = 2 from message"))

        await eventually(told)
    rows = await pool.fetch("select body from message order by body")
    assert [row["body"] for row in rows] == ["Hello Ana", "Hola Ben"]
    noted = await pool.fetchval("select data from event where kind = 'FlowBegunForMany'")
    assert (noted["audience"], noted["contacts"]) == ("Spring", 2)


async def test_one_of_tag_and_audience_is_given_and_reaches_somebody(admin: httpx.AsyncClient, pool: Pool) -> None:
    audience_id = await make_list(admin, pool)
    flow = await make_flow(admin, END, trigger=INSTANT)
    for wrong, field in (
        ({}, "tag"), ({"tag": "vip", "audience_id": audience_id}, "tag"), ({"audience_id": 99}, "audience_id")
    ):  # fmt: skip
        refused = await begin_for(admin, flow, **wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


async def test_an_audience_that_campaigns_or_flows_write_to_is_not_removed_and_they_are_named(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    audience_id = await make_list(admin, pool)
    daily = {"kind": "scheduled", "begins": "2020-01-01T09:00", "zone": "UTC", "repeats": "FREQ=DAILY"}
    flow = await make_flow(admin, END, trigger={**daily, "audience_id": audience_id})
    address = f"/api/v1/audiences/{audience_id}"
    refused = (await admin.delete(address)).json()
    assert refused["detail"].startswith("The audience Spring is used by flow Case created. Archive it instead")
    await pool.execute("insert into campaign (name, audience_id) values ('Spring hours', $1)", audience_id)
    assert "campaign Spring hours, flow Case created" in (await admin.delete(address)).json()["detail"]
    await pool.execute("delete from campaign")
    await admin.patch(f"{PATH}/{flow['id']}", json={"draft": {**flow["draft"], "trigger": INSTANT}})
    assert (await admin.delete(address)).status_code == 409
    assert (await admin.post(f"{PATH}/{flow['id']}/publish")).status_code == 200
    assert (await begin_for(admin, flow, audience_id=audience_id)).status_code == 201
    assert (await admin.delete(address)).status_code == 409
    await TimedFlows(pool).tick()
    assert (await admin.delete(address)).status_code == 204
    [past] = (await admin.get(f"{PATH}/{flow['id']}/occurrences")).json()["items"]
    assert (past["state"], past["began"], past["audience_id"]) == ("done", 2, None)
