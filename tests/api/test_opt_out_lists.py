"""Opt-outs that Azure knows and we do not are found by the daily look, written down, and hold texts back."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx
import pytest

from answerback.domain.ids import AccountId
from answerback.providers.acs.client import Client
from answerback.providers.acs.tokens import Tokens
from answerback.providers.contract import Account as Opened
from answerback.storage.connection import Pool
from answerback_emulator.app import create_app
from answerback_emulator.settings.config import Config
from answerback_emulator.world.records import Account, Number
from tests.message_stage import serving

RESOURCE, KEY = "shop-azure", base64.b64encode(b"an access key of thirty-two bytes").decode()
OURS, OUT, IN = "+18335550100", "+14255550101", "+14255550102"


@pytest.fixture
async def azure() -> AsyncIterator[str]:
    config = Config(
        accounts=[Account(sid=RESOURCE, provider="acs", auth_token=KEY)],
        numbers=[Number(phone_number=OURS, account_sid=RESOURCE, provider="acs", type="toll_free")],
    )
    async with serving(create_app(config)) as address:
        yield address


async def put(azure: str, action: str, *phones: str) -> None:
    """What another system of the centre, or the carrier, did at Azure."""
    async with aiohttp.ClientSession() as session:
        client = Client(session, Opened(AccountId(1), "acs", {"access_key": KEY}, azure), Tokens())
        recipients = [{"to": phone} for phone in phones]
        question = {"from": OURS, "recipients": recipients}
        answer = await client.post(f"/sms/optouts:{action}?api-version=2026-01-23", question)
        assert answer.status == 200, answer.document


async def centre(admin: httpx.AsyncClient, azure: str, pool: Pool) -> dict[str, Any]:
    held = {"access_key": KEY, "webhook_key": "a-key-of-the-tests-0123456789"}
    draft = {"provider": "acs", "name": "Azure", "api_base_url": azure, "credentials": held}
    account = await admin.post("/api/v1/provider-accounts", json=draft)
    assert account.status_code == 201, account.text
    queue = (await admin.post("/api/v1/queues", json={"name": "Support"})).json()
    stream = (await admin.post("/api/v1/workstreams", json={"name": "Texts", "queue_id": queue["id"]})).json()
    body = {"address": OURS, "provider_account_id": account.json()["id"], "workstream_id": stream["id"]}
    number: dict[str, Any] = (await admin.post("/api/v1/numbers", json=body)).json()
    for phone in (OUT, IN):
        contact = (await admin.post("/api/v1/contacts", json={"phones": [phone]})).json()["id"]
        await pool.execute(
            """
            insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at)
            values ($1, $2, $3, $4, $5, 'closed', now())
            """,
            number["id"], stream["id"], queue["id"], contact, phone,
        )  # fmt: skip
    return number


async def look(admin: httpx.AsyncClient, number: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post(f"/api/v1/provider-accounts/{number['provider_account_id']}/check")
    assert answer.status_code == 200, answer.text
    [check] = [one for one in answer.json()["checks"] if one["name"] == "Opt-outs at the provider"]
    found: dict[str, Any] = check
    return found


async def test_an_opt_out_that_only_the_provider_knew_is_written_down_once(
    admin: httpx.AsyncClient, azure: str, pool: Pool
) -> None:
    number = await centre(admin, azure, pool)
    await put(azure, "add", OUT)
    check = await look(admin, number)
    assert (check["ok"], check["evidence"]) == (True, "2 phones compared with the ledger, 1 new opt-outs written down.")
    [entry] = (await admin.get("/api/v1/consent")).json()["items"]
    assert (entry["phone"], entry["choice"], entry["source"]) == (OUT, "opt_out", "provider")
    assert entry["number_id"] == number["id"]
    query = {"phone": OUT, "number_id": number["id"]}
    states = (await admin.get("/api/v1/consent/states", params=query)).json()["items"]
    assert {one["standing"] for one in states} == {"out"}

    assert (await look(admin, number))["evidence"] == "2 phones compared with the ledger, 0 new opt-outs written down."
    assert len((await admin.get("/api/v1/consent")).json()["items"]) == 1


async def test_who_is_in_again_there_is_not_opted_in_here(admin: httpx.AsyncClient, azure: str, pool: Pool) -> None:
    """Only the customer lifts an opt-out."""
    number = await centre(admin, azure, pool)
    await put(azure, "add", OUT)
    await look(admin, number)
    await put(azure, "remove", OUT)
    await look(admin, number)
    assert [one["choice"] for one in (await admin.get("/api/v1/consent")).json()["items"]] == ["opt_out"]
