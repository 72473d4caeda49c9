"""Outbound configurations through the API, with their trail, and what keeps them."""

import pytest

from answerback.storage.connection import Pool
from tests.api.flowing import make_template
from tests.api.ordering import CONFIGURATIONS, MESSAGES, Desk, item, phone
from tests.api.people import MakePerson
from tests.live.centre import Centre


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    centre = Centre(pool)
    queue = await centre.queue()
    numbers = [await centre.number(queue), await centre.number(queue)]
    return Desk(pool, await person("administrator"), centre, numbers)


async def test_a_configuration_is_added_changed_and_removed_with_a_trail(desk: Desk) -> None:
    made = await desk.configuration(purpose="informational")
    assert (made["purpose"], made["active"], made["show_in_timeline"]) == ("informational", True, True)
    path = f"{CONFIGURATIONS}/{made['id']}"
    changes = {"name": "Left today", "number_ids": [desk.numbers[1], desk.numbers[0]], "show_in_timeline": False}
    changed = (await desk.client.patch(path, json=changes)).json()
    assert changed == {**made, **changes, "number_ids": desk.numbers}
    assert (await desk.client.get(CONFIGURATIONS)).json()["items"] == [changed]
    assert (await desk.client.delete(path)).status_code == 204
    assert (await desk.client.get(path)).status_code == 404
    trail = await desk.pool.fetch("select kind from event where kind like 'OutboundConfiguration%' order by id")
    assert [row["kind"].removeprefix("OutboundConfiguration") for row in trail] == ["Created", "Changed", "Removed"]


async def test_what_does_not_fit_is_named(desk: Desk) -> None:
    draft = {"name": "Order shipped", "number_ids": [desk.numbers[0], 999], "template_id": 999}
    refused = await desk.client.post(CONFIGURATIONS, json=draft)
    assert {error["field"] for error in refused.json()["errors"]} == {"number_ids", "template_id"}
    made = await desk.configuration()
    again = {**draft, "name": made["name"], "number_ids": desk.numbers, "template_id": made["template_id"]}
    assert (await desk.client.post(CONFIGURATIONS, json=again)).status_code == 409


async def test_a_configuration_that_texts_were_ordered_with_is_switched_off_instead(desk: Desk) -> None:
    made = await desk.configuration()
    await desk.order(made, item(phone(1)))
    path = f"{CONFIGURATIONS}/{made['id']}"
    refused = await desk.client.delete(path)
    assert (refused.status_code, "Switch it off" in refused.text) == (409, True)
    await desk.client.patch(f"/api/v1/message-templates/{made['template_id']}", json={"archived": True})
    order = {"configuration_id": made["id"], "items": [item(phone(2))]}
    assert "archived" in (await desk.client.post(MESSAGES, json=order)).text
    assert (await desk.client.patch(path, json={"active": False})).json()["active"] is False
    assert "switched off" in (await desk.client.post(MESSAGES, json=order)).text


async def test_a_number_says_which_configuration_needs_it(desk: Desk) -> None:
    made = await desk.configuration()
    refused = await desk.client.delete(f"/api/v1/numbers/{desk.numbers[0]}")
    assert (refused.status_code, made["name"] in refused.text) == (409, True)


async def test_supervisors_order_texts_and_tokens_need_the_scope_for_sending(desk: Desk, person: MakePerson) -> None:
    made = await desk.configuration()
    order = {"configuration_id": made["id"], "items": [item(phone(1))]}
    for role, scopes, expected in [
        ("agent", None, 403),
        ("supervisor", ["write"], 403),
        ("supervisor", ["messages:send"], 200),
    ]:
        client = (await person(role, scopes=scopes)).client
        assert (await client.post(MESSAGES, json=order)).status_code == expected, (role, scopes)
    assert (await (await person("agent")).client.get(CONFIGURATIONS)).status_code == 403


async def test_an_unapproved_template_cannot_be_chosen(desk: Desk) -> None:
    await make_template(desk.client, "Other", "Hello")
    draft = {"name": "Draft", "default_locale": "en-US", "texts": {"en-US": "Hello"}}
    template = (await desk.client.post("/api/v1/message-templates", json=draft)).json()
    wish = {"name": "Order shipped", "number_ids": desk.numbers, "template_id": template["id"]}
    assert (await desk.client.post(CONFIGURATIONS, json=wish)).status_code == 422
