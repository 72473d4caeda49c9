"""The connector does what its definition says: a platform that knows nothing else works a running centre with it."""

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.running import eventually
from tests.stories.conftest import Stage
from tests.stories.power_automate import Platform, platform
from tests.stories.shop import Shop, new_phone

DEFINITION = "/connector/apiDefinition.swagger.json"
CREATED = "Hello {CustomerFirstName|there}, your case {case} is open. We will text you here."
RESOLVED = "Your case {case} is solved: {solution}. Reply if it is not."


@pytest.fixture
async def connection(shop: Shop, stage: Stage) -> AsyncIterator[Platform]:
    """A supervisor's token that may write and send, typed in as the box asks for it."""
    email = f"{secrets.token_hex(6)}@centre.example"
    await shop.api.post("/users", {"email": email, "name": "Flows", "role": "supervisor", "password": "correct horse"})
    scopes = ("--scope", "write", "--scope", "messages:send")
    token = stage.centre.command("token", "create", "--user", email, "--name", "Power Automate", *scopes)
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})
    definition = await shop.api.get(DEFINITION)
    async with platform(shop.session, definition, f"Bearer {token}") as one:
        yield one


async def configure(shop: Shop, name: str, text: str) -> str:
    """An approved template and an outbound configuration; its name."""
    slots = [{"name": slot, "kind": "text", "sample": "x"} for slot in ("case", "solution") if f"{{{slot}}}" in text]
    words = {"en-US": text, "es": f"ES: {text}"}
    draft = {"name": f"{name} {secrets.token_hex(4)}", "default_locale": "en-US", "texts": words, "slots": slots}
    template = await shop.api.post("/message-templates", {**draft, "purpose": "conversation"})
    await shop.api.post(
        f"/message-templates/{template['id']}/decision",
        {"decision": "approved", "version": template["draft"]["version"]},
    )
    made = {"name": draft["name"], "number_ids": [shop.number_id], "template_id": template["id"]}
    return (await shop.api.post("/outbound-configurations", {**made, "show_in_timeline": True}))["name"]


async def publish_flow(shop: Shop) -> str:
    steps = {"note": {"kind": "set", "add_tags": ["case"], "attributes": {"case": "trigger.case"}}}
    draft = {"trigger": {"kind": "automated", "event": "api"}, "first": "note", "steps": steps, "again": "always"}
    name = f"Case {secrets.token_hex(4)}"
    flow = await shop.api.post("/flows", {"name": name, "number_id": shop.number_id, "draft": draft})
    await shop.api.post(f"/flows/{flow['id']}/publish")
    return name


def field_of(platform: Platform, shape: str, name: str) -> Any:
    return platform.definition["definitions"][shape]["properties"][name]


async def order(platform: Platform, name: str, *items: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    box = field_of(platform, "OutboundOrder", "configuration_id")
    chosen = await platform.choose("ListOutboundConfigurations", box, name)
    body = {"configuration_id": chosen, "items": list(items), **more}
    results: list[dict[str, Any]] = (await platform.act("SendOutboundMessages", body))["items"]
    return results


def contact_item(phone: str, case: str, **values: str) -> dict[str, Any]:
    """One element of the leader's contact list, as its sample flows compose it."""
    record = {"regardingobjectid": case, "entityrelationshipname": "incident_msdyn_ocoutboundmessages"}
    return {"tocontactid": phone, "optin": True, "locale": "1033", "contextitems": {**record, "case": case, **values}}


async def test_case_created_and_case_resolved_text_the_customer_and_bring_the_answer_back(
    shop: Shop, connection: Platform
) -> None:
    phone = new_phone()
    await shop.emulator.post("/emulator/phones", {"number": phone})
    created = await configure(shop, "Case created", CREATED)
    resolved = await configure(shop, "Case resolved", RESOLVED)
    settled = await connection.begin_with("WhenOutboundSettled")
    came_in = await connection.begin_with("WhenMessageReceived")

    contact = await connection.act("UpsertContact", {"name": "Maria Gonzalez", "tags": ["case"]}, phone=phone)
    said = {"phone": phone, "choice": "opt_in", "words": "Text me about my case", "source": "form"}
    assert (await connection.act("RecordConsent", said))["choice"] == "opt_in"
    [opened] = await order(connection, created, {**contact_item(phone, "CAS-1"), "key": "CAS-1 created"})
    assert opened["result"] == "queued"
    told = await connection.began(settled)
    assert told["data"]["outcome"] == "delivered"
    assert told["data"]["outbound_message"]["regardingobjectid"] == "CAS-1"
    assert told["data"]["contact"]["id"] == contact["id"]

    [solved] = await order(connection, resolved, contact_item(phone, "CAS-1", solution="a new card is on its way"))
    assert solved["result"] == "queued"
    await connection.began(settled)
    shown = [text["body"] for text in await shop.phone_shows(phone)]
    assert shown == [
        "Hello Maria, your case CAS-1 is open. We will text you here.",
        "Your case CAS-1 is solved: a new card is on its way. Reply if it is not.",
    ]
    await shop.customer_texts(phone, "It is not")
    answer = await connection.began(came_in)
    assert answer["data"]["message"]["body"] == "It is not"
    assert answer["data"]["conversation"]["customer_phone"] == phone
    assert await connection.turn_off(settled) == await connection.turn_off(came_in) == 204


async def test_a_flow_run_again_texts_nobody_twice(shop: Shop, connection: Platform) -> None:
    phone = new_phone()
    name = await configure(shop, "Case created", CREATED)
    await connection.act("RecordConsent", {"phone": phone, "choice": "opt_in", "words": "Text me"})
    once = {**contact_item(phone, "CAS-2"), "key": "CAS-2 created"}
    [first], [second] = await order(connection, name, once), await order(connection, name, once)
    assert (second["id"], second["repeated"]) == (first["id"], True)


async def test_what_waits_is_taken_back_and_the_flow_hears_of_it(shop: Shop, connection: Platform) -> None:
    phone = new_phone()
    name = await configure(shop, "Case created", CREATED)
    await connection.act("RecordConsent", {"phone": phone, "choice": "opt_in", "words": "Text me"})
    settled = await connection.begin_with("WhenOutboundSettled")
    later = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    [waits] = await order(connection, name, contact_item(phone, "CAS-3"), send_at=later)
    assert waits["result"] == "waits"
    assert (await connection.act("CancelOutboundMessages", {"ids": [waits["id"]]}))["done"] == [waits["id"]]
    assert (await connection.began(settled))["data"]["outcome"] == "canceled"
    assert await connection.turn_off(settled) == 204


async def test_a_flow_of_the_centre_is_started(shop: Shop, connection: Platform) -> None:
    phone, name = new_phone(), await publish_flow(shop)
    path = "/flows/{flow_id}/runs"
    box = next(one for one in connection.definition["paths"][path]["post"]["parameters"] if one["name"] == "flow_id")
    flow_id = await connection.choose("ListFlows", box, name)
    begun = await connection.act(
        "StartFlow", {"items": [{"phone": phone, "facts": {"case": "CAS-4"}}]}, flow_id=flow_id
    )
    assert begun["items"][0]["run_id"] is not None

    async def noted() -> bool:
        contact = await connection.act("UpsertContact", {}, phone=phone)
        return contact["attributes"] == {"case": "CAS-4"} and contact["tags"] == ["case"]

    await eventually("what the flow noted", noted)


async def test_each_trigger_begins_its_flow_once_and_no_more_when_it_is_turned_off(
    shop: Shop, connection: Platform
) -> None:
    names = ("WhenConversationClosed", "WhenDeliveryFailed", "WhenOptedOut")
    closed, failed, opted_out = [await connection.begin_with(name) for name in names]
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    conversation = await shop.conversation_with(phone)
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 30005})
    await shop.api.post(f"/conversations/{conversation['id']}/messages", {"body": "Hello, how can we help?"})
    news = await connection.began(failed)
    assert news["data"]["message"]["error_sentence"]
    await shop.customer_texts(phone, "STOP")
    left = await connection.began(opted_out)
    assert (left["data"]["consent"]["phone"], left["data"]["consent"]["choice"]) == (phone, "opt_out")
    await shop.api.post(f"/conversations/{conversation['id']}/close", {})
    assert (await connection.began(closed))["data"]["conversation"]["id"] == conversation["id"]
    for flow in (closed, failed, opted_out):
        assert await connection.turn_off(flow) == 204
        assert await connection.turn_off(flow) == 404
        assert flow.began.empty()
