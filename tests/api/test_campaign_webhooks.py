"""Other systems are told how a campaign fares: started, running, paused by whom and why, stopped, done."""

import json
from typing import Any

import httpx
import pytest

from answerback.web.api.services import Services
from tests.api.campaigning import Desk, feeder, phone
from tests.api.people import MakePerson
from tests.api.test_settings import make, make_number
from tests.api.test_webhook_subscriptions import Receiver, receiver, relaying, subscribe, until_heard
from tests.live.centre import Centre

__all__ = ["receiver"]
TYPES = ("campaign.started", "campaign.running", "campaign.paused", "campaign.stopped", "campaign.done")


@pytest.fixture
async def desk(services: Services, person: MakePerson) -> Desk:
    centre = Centre(services.pool)
    numbers = [await centre.number(await centre.queue())]
    found = Desk(services.pool, await person("administrator"), centre, numbers)
    await found.rate(1)
    return found


def told(receiver: Receiver) -> dict[str, dict[str, Any]]:
    """By type; calls come in no order."""
    return {one["type"]: one["data"] for one in map(json.loads, receiver.bodies)}


async def test_a_person_pauses_and_stops_it_and_each_step_is_told_with_its_counts(
    desk: Desk, services: Services, database_url: str, receiver: Receiver
) -> None:
    made = await desk.campaign(*map(phone, range(9)))
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, *TYPES)
        await desk.start(made)
        await feeder(desk.pool).tick()
        for action in ("pause", "stop"):
            assert (await desk.act(made, action)).status_code == 200
        await until_heard(receiver, 4)
    heard = told(receiver)
    assert heard.keys() == {"campaign.started", "campaign.running", "campaign.paused", "campaign.stopped"}
    paused = heard["campaign.paused"]
    assert (paused["paused_by"], paused["campaign"]["id"]) == ("person", made["id"])
    assert "reason" not in paused
    counted = heard["campaign.stopped"]["campaign"]
    assert (counted["state"], counted["queued"], counted["stopped"]) == ("stopped", 3, 6)
    assert phone(1) not in b"".join(receiver.bodies).decode()


async def test_the_watch_pauses_it_with_the_reason_and_when_all_are_settled_it_is_done(
    desk: Desk, services: Services, database_url: str, receiver: Receiver
) -> None:
    made = await desk.campaign(*map(phone, range(3)), watch_after=3)
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, "campaign.paused", "campaign.done")
        await desk.start(made)
        await feeder(desk.pool).tick()
        await until_heard(receiver, 1)
        assert told(receiver)["campaign.done"]["campaign"]["queued"] == 3
        more = await desk.campaign(*map(phone, range(10, 20)), watch_after=3)
        await desk.left()
        await desk.start(more)
        await feeder(desk.pool).tick()
        await desk.left("undelivered", "filtered")
        await feeder(desk.pool).tick()
        await until_heard(receiver, 2)
    paused = told(receiver)["campaign.paused"]
    assert paused["paused_by"] == "watch"
    assert "filtered by carriers" in paused["reason"] == paused["campaign"]["state_reason"]


async def test_a_number_that_is_switched_off_pauses_it_and_says_so(
    desk: Desk, services: Services, database_url: str, receiver: Receiver
) -> None:
    made = await desk.campaign(*map(phone, range(9)))
    async with relaying(services, database_url):
        await subscribe(desk.client, receiver.url, "campaign.paused")
        await desk.start(made)
        await feeder(desk.pool).tick()
        await desk.left()
        assert (await desk.client.patch(f"/api/v1/numbers/{desk.numbers[0]}", json={"active": False})).is_success
        await feeder(desk.pool).tick()
        await until_heard(receiver, 1)
    assert told(receiver)["campaign.paused"]["paused_by"] == "number"


async def test_no_flow_begins_by_a_campaign(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    steps = {"end": {"kind": "end", "outcome": "done"}}
    draft = {"trigger": {"kind": "automated", "event": "campaign.done"}, "first": "end", "steps": steps}
    flow = await make(admin, "flows", {"name": "After it", "number_id": number["id"], "draft": draft})
    refused = await admin.post(f"/api/v1/flows/{flow['id']}/publish")
    assert [one["field"] for one in refused.json()["errors"]] == ["draft.trigger.event"]
