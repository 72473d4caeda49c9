"""Flows that begin by the clock: a run a contact and occurrence, whatever the number of nodes and whatever dies."""

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.usecases.begin_timed import BATCH
from answerback.workers.timed_flows import TimedFlows
from tests.api.flowing import PATH, make_flow
from tests.api.people import MakePerson
from tests.api.test_audiences import SAMPLE, import_all, upload
from tests.message_stage import eventually

PROGRAM = Path(__file__).with_name("timed_program.py")
END = {"end": {"kind": "end"}}
DAILY = {"kind": "scheduled", "begins": "2020-01-01T09:00", "zone": "UTC", "repeats": "FREQ=DAILY", "tag": "member"}


async def people(pool: Pool, count: int, *, tags: tuple[str, ...] = ("member",), **attributes: Any) -> None:
    """Contacts with a phone each."""
    await pool.execute(
        """
        with made as (
            insert into contact (name, tags, attributes) select 'Customer ' || n, $2::text[], $3::jsonb
            from generate_series(1, $1::int) n returning id
        )
        insert into contact_phone (contact_id, phone) select id, '+1212' || (5000000 + id) from made
        """,
        count,
        list(tags),
        attributes,
    )


async def come_due(pool: Pool, flow: dict[str, Any], ago: timedelta = timedelta(seconds=1)) -> None:
    """Its time came so long ago."""
    await pool.execute("update flow_schedule set next_at = $2 where flow_id = $1", flow["id"], datetime.now(UTC) - ago)


async def keys(pool: Pool) -> list[str]:
    return [row["trigger_key"] for row in await pool.fetch("select trigger_key from flow_run order by contact_id")]


async def times_of(admin: httpx.AsyncClient, flow: dict[str, Any]) -> list[tuple[str, int, int]]:
    """State, runs and skipped times of each occurrence, the newest first."""
    items = (await admin.get(f"{PATH}/{flow['id']}/occurrences")).json()["items"]
    return [(one["state"], one["began"], one["skipped"]) for one in items]


async def test_when_its_time_comes_every_contact_with_the_tag_has_one_run(admin: httpx.AsyncClient, pool: Pool) -> None:
    await people(pool, 3)
    await people(pool, 2, tags=("other",))
    flow = await make_flow(admin, END, trigger=DAILY)
    next_at = datetime.fromisoformat(flow["next_at"])
    assert (next_at.hour, next_at > datetime.now(UTC)) == (9, True)
    worker = TimedFlows(pool)
    await worker.tick()
    assert await keys(pool) == []
    await come_due(pool, flow)
    await worker.tick()
    await worker.tick()
    assert len(await keys(pool)) == 3
    assert await times_of(admin, flow) == [("done", 3, 0)]
    assert (await admin.get(f"{PATH}/{flow['id']}")).json()["next_at"] == flow["next_at"]


async def test_two_schedulers_at_once_begin_each_run_once(admin: httpx.AsyncClient, pool: Pool) -> None:
    await people(pool, 3 * BATCH + 7)
    flow = await make_flow(admin, END, trigger=DAILY)
    await come_due(pool, flow)
    await asyncio.gather(*(TimedFlows(pool).tick() for _ in range(4)))
    begun = await keys(pool)
    assert len(begun) == len(set(begun)) == 3 * BATCH + 7
    assert await times_of(admin, flow) == [("done", 3 * BATCH + 7, 0)]


@pytest.mark.parametrize("batches", [1, 3])
async def test_a_scheduler_that_is_killed_in_the_middle_is_taken_over_from_where_it_was(
    admin: httpx.AsyncClient, pool: Pool, database_url: str, batches: int
) -> None:
    count = 12 * BATCH
    await people(pool, count)
    flow = await make_flow(admin, END, trigger=DAILY)
    await come_due(pool, flow)
    node = subprocess.Popen([sys.executable, str(PROGRAM), database_url])

    async def some_begun() -> bool:
        return await pool.fetchval("select count(*) from flow_run") >= batches * BATCH

    try:
        await eventually(some_begun)
    finally:
        node.send_signal(signal.SIGKILL)
        node.wait()
    await TimedFlows(pool).tick()

    async def whole() -> bool:  # the killed node's transaction may hold its row for a moment
        await TimedFlows(pool).tick()
        return await pool.fetchval("select bool_and(state = 'done') from flow_occurrence")

    await eventually(whole)
    begun = await keys(pool)
    assert len(begun) == len(set(begun)) == count
    assert await times_of(admin, flow) == [("done", count, 0)]


async def test_after_an_outage_the_last_time_is_made_up_for_unless_it_is_too_late(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    await people(pool, 2)
    hour = (datetime.now(UTC) - timedelta(hours=2)).strftime("%H:00")
    flow = await make_flow(admin, END, trigger={**DAILY, "begins": f"2020-01-01T{hour}"})
    await come_due(pool, flow, timedelta(days=3, hours=2))
    await TimedFlows(pool).tick()
    assert [(state, began) for state, began, _ in await times_of(admin, flow)] == [("done", 2)]
    assert (await times_of(admin, flow))[0][2] == 3
    hour = (datetime.now(UTC) - timedelta(hours=13)).strftime("%H:00")
    late = {**DAILY, "begins": f"2020-01-01T{hour}"}
    await admin.patch(f"{PATH}/{flow['id']}", json={"draft": {"trigger": late, "first": "end", "steps": END}})
    await admin.post(f"{PATH}/{flow['id']}/publish")
    await come_due(pool, flow, timedelta(days=2, hours=13))
    await TimedFlows(pool).tick()
    assert (await times_of(admin, flow))[0][:2] == ("missed", 0)
    assert len(await keys(pool)) == 2


async def test_a_condition_leaves_contacts_out_and_who_is_in_the_flow_stays_in_it_once(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    await people(pool, 2, plan="gold")
    await people(pool, 3, plan="free")
    steps = {"hear": {"kind": "await_reply", "seconds": 86400}}
    flow = await make_flow(
        admin, steps, trigger={**DAILY, "when": "contact.attributes.plan == 'gold'"}, again="after_end"
    )
    for _ in range(2):
        await come_due(pool, flow)
        await TimedFlows(pool).tick()
        await pool.execute("delete from flow_occurrence")  # as if another day had come
    assert len(await keys(pool)) == 2


async def test_what_is_switched_off_begins_nothing_and_makes_nothing_up(admin: httpx.AsyncClient, pool: Pool) -> None:
    await people(pool, 1)
    flow = await make_flow(admin, END, trigger=DAILY)
    await come_due(pool, flow)
    assert (await admin.patch(f"{PATH}/{flow['id']}", json={"active": False})).json()["next_at"] is None
    await TimedFlows(pool).tick()
    await admin.patch(f"{PATH}/{flow['id']}", json={"active": True})
    await TimedFlows(pool).tick()
    assert await times_of(admin, flow) == []


async def test_switched_off_in_the_middle_it_stops(admin: httpx.AsyncClient, pool: Pool) -> None:
    await people(pool, 3)
    flow = await make_flow(admin, END, trigger=DAILY)
    await pool.execute(
        "insert into flow_occurrence (flow_id, version, at, state) values ($1, 1, now(), 'beginning')", flow["id"]
    )
    await admin.patch(f"{PATH}/{flow['id']}", json={"archived": True})
    await TimedFlows(pool).tick()
    assert (await times_of(admin, flow), await keys(pool)) == ([("stopped", 0, 0)], [])


async def test_a_flow_whose_only_time_has_passed_is_not_published(admin: httpx.AsyncClient) -> None:
    flow = await make_flow(admin, END)
    once = {"trigger": {**DAILY, "repeats": None}, "first": "end", "steps": END}
    await admin.patch(f"{PATH}/{flow['id']}", json={"draft": once})
    refused = await admin.post(f"{PATH}/{flow['id']}/publish")
    assert refused.json()["errors"][0]["field"] == "draft.trigger.begins"
    assert (await admin.get(f"{PATH}/{flow['id']}")).json()["version"] == 1


@pytest.mark.parametrize(
    ("days", "yearly", "value", "begins"),
    [
        (0, False, "{today}", True),
        (0, False, "{today}T23:30:00Z", True),
        (3, False, "{three_days_ago}", True),
        (0, False, "{three_days_ago}", False),
        (0, False, "2019-{month_day}", False),
        (0, True, "1984-{month_day}", True),
        (0, False, "soon", False),
        (0, False, 20261125, False),
    ],
)
async def test_a_flow_begins_on_the_day_that_stands_with_the_contact(
    admin: httpx.AsyncClient, pool: Pool, *, days: int, yearly: bool, value: str | int, begins: bool
) -> None:
    now = datetime.now(UTC)
    dates = {"today": now.date(), "three_days_ago": now.date() - timedelta(days=3), "month_day": now.strftime("%m-%d")}
    await people(pool, 1, due=value.format(**dates) if isinstance(value, str) else value)
    await people(pool, 1)
    trigger = {"kind": "on_date", "attribute": "due", "time_of_day": "00:00", "zone": "UTC", "days": days}
    flow = await make_flow(admin, END, trigger={**trigger, "yearly": yearly, "tag": "member"})
    for _ in range(2):  # the same day again, as after another hour was published
        await come_due(pool, flow)
        await TimedFlows(pool).tick()
        await pool.execute("delete from flow_occurrence")
    assert len(await keys(pool)) == (1 if begins else 0)


async def test_what_is_wrong_with_a_time_is_named(admin: httpx.AsyncClient) -> None:
    flow = await make_flow(admin, END)
    wrong = {**DAILY, "zone": "Mars/Olympus", "repeats": "FREQ=NOW", "tag": ""}
    draft = {"trigger": wrong, "first": "end", "steps": END}
    await make_changed(admin, flow, draft)
    refused = await admin.post(f"{PATH}/{flow['id']}/publish")
    fields = [one["field"] for one in refused.json()["errors"]]
    assert fields == ["draft.trigger.zone", "draft.trigger.repeats", "draft.trigger.tag"]


async def make_changed(admin: httpx.AsyncClient, flow: dict[str, Any], draft: dict[str, Any]) -> None:
    assert (await admin.patch(f"{PATH}/{flow['id']}", json={"draft": draft})).status_code == 200


async def test_a_person_begins_a_flow_for_every_contact_with_a_tag_once(
    admin: httpx.AsyncClient, pool: Pool, person: MakePerson
) -> None:
    await people(pool, BATCH + 3)
    await people(pool, 2, tags=("other",))
    flow = await make_flow(admin, END, trigger={"kind": "instant"})
    url = f"{PATH}/{flow['id']}/occurrences"
    assert (await admin.get(f"{PATH}/tagged", params={"tag": "member"})).json() == {"contacts": BATCH + 3}
    headers = {"Idempotency-Key": "a click"}
    made = [await admin.post(url, json={"tag": " member "}, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    await asyncio.gather(*(TimedFlows(pool).tick() for _ in range(3)))
    begun = await keys(pool)
    assert len(begun) == len(set(begun)) == BATCH + 3
    assert await times_of(admin, flow) == [("done", BATCH + 3, 0)]
    assert (await admin.post(url, json={"tag": "nobody"})).json()["errors"][0]["field"] == "tag"
    assert (await (await person("agent")).client.post(url, json={"tag": "member"})).status_code == 403
    await admin.patch(f"{PATH}/{flow['id']}", json={"active": False})
    assert (await admin.post(url, json={"tag": "member"})).status_code == 409


async def test_an_audience_from_a_file_has_one_run_each_with_its_values(admin: httpx.AsyncClient, pool: Pool) -> None:
    uploaded = await upload(admin, SAMPLE)
    audience = await import_all(admin, pool, uploaded["id"], locale=1, values={"first_name": 2})
    trigger = {**DAILY, "tag": "", "audience_id": audience["id"], "when": "trigger.first_name != 'Ben'"}
    flow = await make_flow(admin, END, trigger=trigger)
    await come_due(pool, flow)
    await asyncio.gather(*(TimedFlows(pool).tick() for _ in range(2)))
    [row] = await pool.fetch("select phone, facts from flow_run")
    assert (row["phone"], row["facts"]["trigger"]["first_name"]) == ("+12125550101", "Ana")
    assert await times_of(admin, flow) == [("done", 1, 0)]


async def test_an_audience_that_is_a_filter_is_asked_when_the_time_comes(admin: httpx.AsyncClient, pool: Pool) -> None:
    wanted = {"all_of": [{"about": "tag", "any_of": ["member"]}]}
    made = await admin.post("/api/v1/audiences", json={"name": "Members", "filter": wanted})
    assert made.status_code == 201, made.text
    flow = await make_flow(admin, END, trigger={**DAILY, "tag": "", "audience_id": made.json()["id"]})
    await people(pool, BATCH + 1)
    await come_due(pool, flow)
    await TimedFlows(pool).tick()
    assert await times_of(admin, flow) == [("done", BATCH + 1, 0)]
    both = {"trigger": {**DAILY, "audience_id": made.json()["id"]}, "first": "end", "steps": END}
    await make_changed(admin, flow, both)
    refused = (await admin.post(f"{PATH}/{flow['id']}/publish")).json()["errors"]
    assert [one["field"] for one in refused] == ["draft.trigger.tag"]
