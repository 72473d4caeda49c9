"""`Idempotency-Key`: the same creating call again has no second effect, also at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.web.api.app import make_api
from answerback.web.api.services import Services
from tests.api.people import MakePerson
from tests.live.centre import Centre

KEY = {"Idempotency-Key": "b2c9c3f0"}


@pytest.fixture
async def impatient(services: Services, admin: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of a server that does not wait long for a first call to end."""
    transport = httpx.ASGITransport(app=make_api(replace(services, patience_seconds=0.1)))
    headers = {"Authorization": admin.headers["Authorization"]}
    async with httpx.AsyncClient(transport=transport, base_url="http://centre.test", headers=headers) as client:
        yield client


async def test_the_same_call_again_gets_the_first_answer(admin: httpx.AsyncClient, pool: Pool) -> None:
    first = await admin.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    again = await admin.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replay"] == "true"
    assert await pool.fetchval("select count(*) from queue") == 1


async def test_twenty_equal_calls_at_once_have_one_effect(admin: httpx.AsyncClient, pool: Pool) -> None:
    calls = [admin.post("/api/v1/contacts", json={"phones": ["+14155550123"]}, headers=KEY) for _ in range(20)]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert await pool.fetchval("select count(*) from event where kind = 'ContactChanged'") == 1


async def test_a_key_cannot_be_used_for_a_different_call(admin: httpx.AsyncClient, pool: Pool) -> None:
    await admin.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    for path, body in (("queues", {"name": "Sales"}), ("contacts", {"phones": ["+14155550123"]})):
        refused = await admin.post(f"/api/v1/{path}", json=body, headers=KEY)
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("/idempotency-conflict")
    assert await pool.fetchval("select count(*) from queue") == 1


async def test_keys_of_different_people_do_not_meet(admin: httpx.AsyncClient, person: MakePerson) -> None:
    other = (await person("administrator")).client
    first = await admin.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    second = await other.post("/api/v1/queues", json={"name": "Sales"}, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)


async def test_a_call_that_changed_nothing_frees_its_key(admin: httpx.AsyncClient, pool: Pool) -> None:
    for body in ({"name": ""}, {"name": "Support", "members": [999]}):
        assert (await admin.post("/api/v1/queues", json=body, headers=KEY)).status_code == 422
    assert await pool.fetchval("select count(*) from idempotency_key") == 0
    assert (await admin.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)).status_code == 201


async def test_a_first_call_that_never_ended_is_not_run_again(impatient: httpx.AsyncClient, pool: Pool) -> None:
    await impatient.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    await pool.execute("update idempotency_key set status = null, response = null")
    refused = await impatient.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    assert refused.status_code == 409
    assert "has not ended" in refused.json()["detail"]


async def test_old_keys_are_forgotten(admin: httpx.AsyncClient, pool: Pool) -> None:
    await admin.post("/api/v1/queues", json={"name": "Support"}, headers=KEY)
    await pool.execute("update idempotency_key set created_at = now() - interval '25 hours'")
    await admin.post("/api/v1/queues", json={"name": "Sales"}, headers={"Idempotency-Key": "another"})
    assert await pool.fetch("select key from idempotency_key") == [("another",)]


async def test_an_unusable_key_is_refused(admin: httpx.AsyncClient) -> None:
    refused = await admin.post("/api/v1/queues", json={"name": "A"}, headers={"Idempotency-Key": "x" * 201})
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"


async def begin_conversation(pool: Pool) -> int:
    centre = Centre(pool)
    number = await centre.number(await centre.queue(name="Support"))
    return await centre.text(number, "Hello")


async def test_a_text_whose_answer_died_with_the_server_is_found_again(
    impatient: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"/api/v1/conversations/{await begin_conversation(pool)}/messages"
    first = await impatient.post(path, json={"body": "On its way"}, headers=KEY)
    await pool.execute("update idempotency_key set status = null, response = null, created_at = now() - interval '1 s'")
    again = await impatient.post(path, json={"body": "On its way"}, headers=KEY)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert await pool.fetchval("select count(*) from message where kind = 'outbound'") == 1


async def test_a_text_that_died_before_it_was_kept_is_sent_by_the_next_call(
    impatient: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"/api/v1/conversations/{await begin_conversation(pool)}/messages"
    await impatient.post(path, json={"body": "On its way"}, headers=KEY)
    await pool.execute("delete from outbox")
    await pool.execute("delete from message where body = 'On its way'")
    await pool.execute("update idempotency_key set status = null, response = null, created_at = now() - interval '1 s'")
    again = await impatient.post(path, json={"body": "On its way"}, headers=KEY)
    assert (again.status_code, again.json()["status"]) == (201, "queued")
