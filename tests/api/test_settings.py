"""Queues, workstreams, numbers and provider accounts through the API."""

from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.storage.wakeups import Wakeups
from tests.api.people import MakePerson

TWILIO = {
    "provider": "twilio",
    "name": "Main",
    "credentials": {"account_sid": "AC" + "0" * 32, "auth_token": "secret-token-0123456789abcdefABCD"},
}


async def make(admin: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def make_number(admin: httpx.AsyncClient, address: str = "+14155550100") -> dict[str, Any]:
    queue = await make(admin, "queues", {"name": f"Queue of {address}"})
    workstream = await make(admin, "workstreams", {"name": f"Texts to {address}", "queue_id": queue["id"]})
    account = await make(admin, "provider-accounts", TWILIO)
    draft = {"address": address, "provider_account_id": account["id"], "workstream_id": workstream["id"]}
    return await make(admin, "numbers", draft)


async def test_a_queue_is_added_changed_and_removed_with_a_trail(admin: httpx.AsyncClient, pool: Pool) -> None:
    queue = await make(admin, "queues", {"name": "Support"})
    assert queue["priority_group"] == 100
    changed = await admin.patch(f"/api/v1/queues/{queue['id']}", json={"priority_group": 5})
    assert changed.json() == {**queue, "priority_group": 5}
    assert (await admin.get("/api/v1/queues")).json() == {"items": [changed.json()], "next_cursor": None}
    assert (await admin.delete(f"/api/v1/queues/{queue['id']}")).status_code == 204
    assert (await admin.get(f"/api/v1/queues/{queue['id']}")).status_code == 404
    trail = await pool.fetch("select kind, data, actor_id from event where kind like 'Queue%' order by id")
    assert [row["kind"] for row in trail] == ["QueueCreated", "QueueChanged", "QueueRemoved"]
    assert trail[1]["data"]["changes"] == {"priority_group": [100, 5]}
    assert all(row["actor_id"] for row in trail)


async def test_a_queues_members_are_set_as_a_whole(admin: httpx.AsyncClient, person: MakePerson, pool: Pool) -> None:
    ana, bo, cy = await person("agent"), await person("agent"), await person("agent")
    queue = await make(admin, "queues", {"name": "Support", "members": [ana.id, bo.id]})
    set_to = await admin.put(f"/api/v1/queues/{queue['id']}/members", json={"user_ids": [cy.id, bo.id, cy.id]})
    assert set_to.json()["members"] == [bo.id, cy.id]
    event = await pool.fetchval("select data from event where kind = 'QueueMembersChanged'")
    assert (event["joined"], event["left"]) == ([cy.id], [ana.id])


async def test_a_member_must_be_an_active_user(admin: httpx.AsyncClient, person: MakePerson, pool: Pool) -> None:
    gone = await person("agent")
    await pool.execute("update app_user set active = false where id = $1", gone.id)
    for user_id in (gone.id, 999_999):
        refused = await admin.post("/api/v1/queues", json={"name": "Support", "members": [user_id]})
        assert refused.status_code == 422
        assert str(user_id) in refused.json()["errors"][0]["problem"]


async def test_two_queues_cannot_have_one_name(admin: httpx.AsyncClient) -> None:
    await make(admin, "queues", {"name": "Support"})
    other = await make(admin, "queues", {"name": "Sales"})
    assert (await admin.post("/api/v1/queues", json={"name": "Support"})).status_code == 409
    renamed = await admin.patch(f"/api/v1/queues/{other['id']}", json={"name": "Support"})
    assert renamed.status_code == 409
    assert renamed.json()["errors"][0]["field"] == "name"


async def test_a_workstream_is_added_changed_and_removed(admin: httpx.AsyncClient) -> None:
    queue = await make(admin, "queues", {"name": "Support"})
    workstream = await make(admin, "workstreams", {"name": "Texts", "queue_id": queue["id"]})
    assert (workstream["mode"], workstream["offer_seconds"], workstream["reopen_seconds"]) == ("push", 120, 86400)
    path = f"/api/v1/workstreams/{workstream['id']}"
    assert (await admin.patch(path, json={"offer_seconds": 30})).json() == {**workstream, "offer_seconds": 30}
    assert (await admin.get(path)).json()["offer_seconds"] == 30
    assert (await admin.delete(path)).status_code == 204


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"queue_id": 999}, "queue_id"),
        ({"mode": "pick", "auto_accept": True}, "auto_accept"),
        ({"offer_seconds": 4}, "offer_seconds"),
        ({"wrap_up_capacity": "sometimes"}, "wrap_up_capacity"),
        ({"name": "  "}, "name"),
        ({"decline_limit": None}, "decline_limit"),
    ],
)
async def test_a_workstream_that_makes_no_sense_is_refused_by_field(
    admin: httpx.AsyncClient, change: dict[str, Any], field: str
) -> None:
    queue = await make(admin, "queues", {"name": "Support"})
    workstream = await make(admin, "workstreams", {"name": "Texts", "queue_id": queue["id"]})
    path = f"/api/v1/workstreams/{workstream['id']}"
    refused = await admin.patch(path, json=change)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field
    assert (await admin.get(path)).json() == workstream


async def test_what_is_in_use_cannot_be_removed_and_its_users_are_named(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    workstream = (await admin.get(f"/api/v1/workstreams/{number['workstream_id']}")).json()
    for path, user in (
        (f"queues/{workstream['queue_id']}", "workstream Texts to +14155550100"),
        (f"workstreams/{workstream['id']}", "number +14155550100"),
        (f"provider-accounts/{number['provider_account_id']}", "number +14155550100"),
    ):
        refused = await admin.delete(f"/api/v1/{path}")
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("/in-use")
        assert user in refused.json()["detail"]
    assert (await admin.delete(f"/api/v1/numbers/{number['id']}")).status_code == 204
    assert (await admin.delete(f"/api/v1/workstreams/{workstream['id']}")).status_code == 204


@pytest.mark.parametrize(
    ("written", "address", "kind", "country", "rate"),
    [
        ("(415) 555-0100", "+14155550100", "long_code", "US", 1.0),
        ("787-555-0142", "+17875550142", "long_code", "PR", 1.0),
        ("+1 416 555 0111", "+14165550111", "long_code", "CA", 1.0),
        ("888 555 0100", "+18885550100", "toll_free", "US", 3.0),
        ("12345", "12345", "short_code", "US", 100.0),
    ],
)
async def test_a_numbers_type_country_and_rate_follow_from_its_address(
    admin: httpx.AsyncClient, written: str, address: str, kind: str, country: str, rate: float
) -> None:
    number = await make_number(admin, written)
    assert (number["address"], number["type"], number["country"]) == (address, kind, country)
    assert number["parts_per_second"] == rate


@pytest.mark.parametrize(("provider", "answers"), [("twilio", True), ("telesign", False)])
async def test_who_answers_stop_follows_from_the_provider(
    admin: httpx.AsyncClient, pool: Pool, provider: str, answers: bool
) -> None:
    there = await make_number(admin, "+12065550100")
    await pool.execute("update provider_account set provider = $1", provider)
    draft = {name: there[name] for name in ("provider_account_id", "workstream_id")}
    made = (await admin.post("/api/v1/numbers", json=draft | {"address": "+14155550100"})).json()
    assert made["provider_answers_keywords"] is answers
    told = draft | {"address": "+14155550101", "provider_answers_keywords": not answers}
    assert (await admin.post("/api/v1/numbers", json=told)).json()["provider_answers_keywords"] is not answers


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"address": "hello"}, "address"),
        ({"type": "toll_free"}, "type"),
        ({"country": "PR"}, "country"),
        ({"capabilities": ["fax"]}, "capabilities[0]"),
        ({"parts_per_second": 0}, "parts_per_second"),
        ({"workstream_id": 999}, "workstream_id"),
        ({"provider_account_id": 999}, "provider_account_id"),
    ],
)
async def test_a_number_that_contradicts_itself_is_refused_by_field(
    admin: httpx.AsyncClient, change: dict[str, Any], field: str
) -> None:
    there = await make_number(admin, "+12065550100")
    draft = {
        "address": "+14155550100",
        "provider_account_id": there["provider_account_id"],
        "workstream_id": there["workstream_id"],
    }
    refused = await admin.post("/api/v1/numbers", json={**draft, **change})
    assert refused.status_code == 422, refused.text
    assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_a_number_is_changed_and_cannot_be_added_twice(admin: httpx.AsyncClient, pool: Pool) -> None:
    number = await make_number(admin)
    again = await admin.post(
        "/api/v1/numbers",
        json={key: number[key] for key in ("address", "provider_account_id", "workstream_id")},
    )
    assert again.status_code == 409
    changed = await admin.patch(
        f"/api/v1/numbers/{number['id']}",
        json={"capabilities": ["mms", "sms", "sms"], "parts_per_second": 0.5, "messaging_service_id": "MG1"},
    )
    assert changed.json()["capabilities"] == ["sms", "mms"]
    assert changed.json()["parts_per_second"] == 0.5
    cleared = await admin.patch(f"/api/v1/numbers/{number['id']}", json={"messaging_service_id": None})
    assert cleared.json()["messaging_service_id"] is None
    changes = await pool.fetchval(
        "select data -> 'changes' from event where kind = 'NumberChanged' order by id limit 1"
    )
    assert changes["parts_per_second"] == [1.0, 0.5]


async def test_secrets_are_sealed_masked_and_kept_when_they_are_left_out(admin: httpx.AsyncClient, pool: Pool) -> None:
    account = await make(admin, "provider-accounts", TWILIO)
    assert account["credentials"] == {"account_sid": "AC" + "0" * 32, "auth_token": "…ABCD"}
    assert account["api_base_url"] == "https://api.twilio.com"
    assert account["callback_urls"]["message"] == f"http://centre.test/hooks/twilio/{account['id']}/message"
    sealed = await pool.fetchval("select credentials from provider_account")
    assert b"secret-token" not in sealed
    path = f"/api/v1/provider-accounts/{account['id']}"
    renamed = await admin.patch(path, json={"name": "Other"})
    assert renamed.json()["credentials"] == account["credentials"]
    assert await pool.fetchval("select credentials from provider_account") == sealed
    rotated = await admin.patch(path, json={"credentials": {"auth_token": "another-token-0123456789-WXYZ"}})
    assert rotated.json()["credentials"] == {"account_sid": "AC" + "0" * 32, "auth_token": "…WXYZ"}
    trail = str(await pool.fetch("select data from event where kind like 'ProviderAccount%'"))
    assert "credentials.auth_token" in trail
    assert "secret-token" not in trail
    assert "another-token" not in trail


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"provider": "pigeon"}, "provider"),
        ({"credentials": {"account_sid": "AC1"}}, "credentials.auth_token"),
        ({"credentials": {**TWILIO["credentials"], "pin": "1"}}, "credentials.pin"),
        ({"credentials": {**TWILIO["credentials"], "auth_token": "caf\u00e9"}}, "credentials.auth_token"),
        ({"api_base_url": "ftp://x"}, "api_base_url"),
        ({"api_base_url": "http://[bad"}, "api_base_url"),
        ({"signature_mode": "off"}, "signature_mode"),
    ],
)
async def test_an_account_that_cannot_work_is_refused_by_field(
    admin: httpx.AsyncClient, change: dict[str, Any], field: str
) -> None:
    for path in ("/api/v1/provider-accounts", "/api/v1/provider-accounts/check"):
        refused = await admin.post(path, json={**TWILIO, **change})
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_an_account_sealed_with_a_lost_key_says_so_and_can_be_entered_again(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    account = await make(admin, "provider-accounts", TWILIO)
    await pool.execute("update provider_account set credentials = '\\x0100000000000000000000000000000000000000'")
    path = f"/api/v1/provider-accounts/{account['id']}"
    lost = (await admin.get(path)).json()
    assert lost["credentials"] == {}
    assert "ANSWERBACK_SECRET_KEY" in lost["credentials_problem"]
    entered = await admin.patch(path, json={"credentials": TWILIO["credentials"]})
    assert entered.json()["credentials"] == account["credentials"]
    assert entered.json()["credentials_problem"] is None


async def test_a_change_wakes_whoever_keeps_settings_in_memory(admin: httpx.AsyncClient, database_url: str) -> None:
    wakeups = Wakeups(database_url)
    async with wakeups.running():
        await wakeups.wait_until_listening()
        with wakeups.subscribe("config") as config, wakeups.subscribe("route") as route:
            await make(admin, "queues", {"name": "Support"})
            assert await config.wait(5)
            assert await route.wait(5)


async def test_the_setup_list_ticks_itself(admin: httpx.AsyncClient, person: MakePerson) -> None:
    async def done() -> set[str]:
        return {item["id"] for item in (await admin.get("/api/v1/setup")).json()["items"] if item["done"]}

    assert await done() == set()
    await make_number(admin)
    assert await done() == {"account", "queue", "workstream", "number"}
    agent = await person("agent")
    await make(admin, "queues", {"name": "Support", "members": [agent.id]})
    assert await done() == {"account", "queue", "workstream", "number", "agents", "members"}
