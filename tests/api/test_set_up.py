"""Connecting a Twilio account to the emulator, as the set-up screens do: check, list, connect, test text."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback_emulator.app import create_app
from answerback_emulator.settings.config import Config
from answerback_emulator.world.records import Account, Number
from tests.message_stage import serving

SID, TOKEN = "AC" + "1" * 32, "0123456789abcdef0123456789abcdef"
OURS = "+14155550100"


@pytest.fixture
async def carrier() -> AsyncIterator[str]:
    """The emulator on a real socket, with one account and two numbers."""
    config = Config(
        accounts=[Account(sid=SID, auth_token=TOKEN)],
        numbers=[
            Number(phone_number=OURS, account_sid=SID, voice_url="http://calls.example/"),
            Number(phone_number="+18885550100", account_sid=SID, type="toll_free"),
        ],
    )
    async with serving(create_app(config)) as address:
        yield address


def draft(carrier: str, token: str = TOKEN) -> dict[str, Any]:
    credentials = {"account_sid": SID, "auth_token": token}
    return {"provider": "twilio", "name": "Emulator", "api_base_url": carrier, "credentials": credentials}


async def add_number(admin: httpx.AsyncClient, carrier: str, address: str = OURS) -> dict[str, Any]:
    account = (await admin.post("/api/v1/provider-accounts", json=draft(carrier))).json()
    queue = (await admin.post("/api/v1/queues", json={"name": "Support"})).json()
    workstream = (await admin.post("/api/v1/workstreams", json={"name": "Texts", "queue_id": queue["id"]})).json()
    body = {"address": address, "provider_account_id": account["id"], "workstream_id": workstream["id"]}
    answer = await admin.post("/api/v1/numbers", json=body)
    assert answer.status_code == 201, answer.text
    number: dict[str, Any] = answer.json()
    return number


async def test_right_credentials_are_found_right_before_anything_is_saved(
    admin: httpx.AsyncClient, carrier: str, pool: Pool
) -> None:
    checked = await admin.post("/api/v1/provider-accounts/check", json=draft(carrier))
    assert checked.status_code == 200
    assert all(check["ok"] for check in checked.json()["checks"])
    assert await pool.fetchval("select count(*) from provider_account") == 0


async def test_what_an_outage_would_cost_is_said_before_anything_is_saved(
    admin: httpx.AsyncClient, carrier: str
) -> None:
    customer, key = "FFFFFFFF-EEEE-DDDD-1234-AB1234567890", "c2VjcmV0IGtleQ=="
    async with httpx.AsyncClient(base_url=carrier) as emulator:
        await emulator.post("/emulator/accounts", json={"sid": customer, "provider": "telesign", "auth_token": key})
    held = {"customer_id": customer, "api_key": key}
    telesign = {**draft(carrier), "provider": "telesign", "credentials": held}
    listed, lost = [
        (await admin.post("/api/v1/provider-accounts/check", json=one)).json()["checks"][-1]
        for one in (draft(carrier), telesign)
    ]
    assert (listed["ok"], "fetched" in listed["evidence"]) == (True, True)
    assert (lost["ok"], "40 seconds" in lost["evidence"], bool(lost["fix"])) == (None, True, True)


async def test_a_wrong_token_is_found_with_what_to_do(admin: httpx.AsyncClient, carrier: str) -> None:
    checks = (await admin.post("/api/v1/provider-accounts/check", json=draft(carrier, "f" * 32))).json()["checks"]
    assert not checks[-1]["ok"]
    assert checks[-1]["fix"]
    assert "f" * 32 not in str(checks)


async def test_a_saved_account_is_checked_and_lists_its_numbers(admin: httpx.AsyncClient, carrier: str) -> None:
    account = (await admin.post("/api/v1/provider-accounts", json=draft(carrier))).json()
    path = f"/api/v1/provider-accounts/{account['id']}"
    assert all(check["ok"] for check in (await admin.post(f"{path}/check")).json()["checks"])
    available = (await admin.get(f"{path}/available-numbers")).json()["items"]
    assert {number["address"]: number["type"] for number in available} == {
        OURS: "long_code",
        "+18885550100": "toll_free",
    }


async def test_connecting_points_texts_here_and_leaves_calls_alone(admin: httpx.AsyncClient, carrier: str) -> None:
    number = await add_number(admin, carrier)
    connected = await admin.post(f"/api/v1/numbers/{number['id']}/connect")
    assert connected.status_code == 200, connected.text
    assert all(check["ok"] for check in connected.json()["checks"])
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}/available-numbers"
    there = {each["address"]: each for each in (await admin.get(path)).json()["items"]}[OURS]
    account = (await admin.get(f"/api/v1/provider-accounts/{number['provider_account_id']}")).json()
    assert there["sms_url"] == account["callback_urls"]["message"]
    assert there["voice_url"] == "http://calls.example/"
    known = (await admin.get(f"/api/v1/numbers/{number['id']}")).json()
    assert known["provider_number_id"] == there["provider_number_id"]


async def test_a_number_the_account_does_not_have_is_said_to_be_missing(admin: httpx.AsyncClient, carrier: str) -> None:
    number = await add_number(admin, carrier, "+12065550199")
    [check] = (await admin.post(f"/api/v1/numbers/{number['id']}/connect")).json()["checks"]
    assert (check["ok"], "+12065550199" in check["evidence"]) == (False, True)


async def test_a_provider_that_cannot_be_reached_is_said_so(admin: httpx.AsyncClient) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # nobody listens there
        account = await admin.post(
            "/api/v1/provider-accounts", json=draft(f"http://127.0.0.1:{closed.getsockname()[1]}")
        )
        path = f"/api/v1/provider-accounts/{account.json()['id']}"
        checks = (await admin.post(f"{path}/check")).json()["checks"]
        refused = await admin.get(f"{path}/available-numbers")
    assert [check["name"] for check in checks if not check["ok"]] == ["Auth token"]
    assert refused.status_code == 502
    assert refused.json()["type"].endswith("/provider-refused")


async def test_a_test_text_stands_in_a_thread_and_in_the_outbox_and_routes_nothing(
    admin: httpx.AsyncClient, carrier: str, pool: Pool
) -> None:
    number = await add_number(admin, carrier)
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}/test-message"
    sent = await admin.post(path, json={"number_id": number["id"], "to": "312 555 0188"})
    assert sent.status_code == 201, sent.text
    assert sent.json()["status"] == "queued"
    assert (await admin.get(f"/api/v1/messages/{sent.json()['id']}")).json() == sent.json()
    conversation = await pool.fetchrow("select state, close_reason, customer_phone from conversation")
    assert tuple(conversation) == ("closed", "not_routed", "+13125550188")
    assert await pool.fetchval("select count(*) from outbox") == 1


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ({"to": "hello"}, 422, "to"),
        ({"to": OURS}, 422, "to"),
        ({"number_id": 999, "to": "+13125550188"}, 422, "number_id"),
        ({"to": "+447911123456"}, 422, "body"),
    ],
)
async def test_a_test_text_that_cannot_go_is_refused_in_words(
    admin: httpx.AsyncClient, carrier: str, body: dict[str, Any], status: int, named: str
) -> None:
    number = await add_number(admin, carrier)
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}/test-message"
    refused = await admin.post(path, json={"number_id": number["id"], **body})
    assert refused.status_code == status
    assert refused.json()["errors"][0]["field"] == named


async def test_the_known_providers_tell_what_an_account_of_theirs_needs(admin: httpx.AsyncClient) -> None:
    items = {item["name"]: item for item in (await admin.get("/api/v1/providers")).json()["items"]}
    assert items["twilio"]["api_base_url"] == "https://api.twilio.com"
    credentials = {one["name"]: one for one in items["twilio"]["credentials"]}
    assert (credentials["auth_token"]["secret"], credentials["auth_token"]["required"]) == (True, True)
    assert (credentials["account_sid"]["secret"], credentials["api_key_sid"]["required"]) == (False, False)
