"""Flows that other systems begin by calling an address: the good calls begin runs, whatever else comes in a storm."""

import asyncio
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.usecases.call_flow import MOST_CALLS
from tests.api.flowing import PATH, PHONE, make_flow
from tests.api.people import MakePerson

END = {"end": {"kind": "end"}}
SHOP = {"kind": "webhook", "phone": "trigger.customer.phone", "key": "trigger.order", "when": "trigger.total > 10"}


async def address_of(admin: httpx.AsyncClient, flow: dict[str, Any]) -> str:
    url: str = (await admin.get(f"{PATH}/{flow['id']}/address")).json()["url"]
    return url


def order(number: object, phone: str = PHONE, total: int = 20) -> dict[str, Any]:
    return {"order": number, "customer": {"phone": phone}, "total": total}


async def runs(pool: Pool) -> int:
    count: int = await pool.fetchval("select count(*) from flow_run")
    return count


async def test_a_call_begins_a_run_for_the_customer_it_names(
    admin: httpx.AsyncClient, anyone: httpx.AsyncClient, pool: Pool
) -> None:
    flow = await make_flow(admin, END, trigger=SHOP)
    answer = await anyone.post(await address_of(admin, flow), json=order(1042))
    assert answer.status_code == 202
    row = await pool.fetchrow("select id, phone, facts from flow_run")
    assert (row["id"], row["phone"]) == (answer.json()["run_id"], PHONE)
    assert row["facts"]["trigger"]["order"] == 1042


async def test_the_same_call_again_and_at_once_begins_one_run(
    admin: httpx.AsyncClient, anyone: httpx.AsyncClient, pool: Pool
) -> None:
    url = await address_of(admin, await make_flow(admin, END, trigger=SHOP))
    answers = await asyncio.gather(*(anyone.post(url, json=order(7)) for _ in range(30)))
    assert {answer.status_code for answer in answers} == {202}
    assert len([answer for answer in answers if answer.json()["run_id"] is not None]) == 1
    assert await runs(pool) == 1


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"order": 1, "total": 20}, 422, "trigger.customer.phone"),
        (order(1, phone="12"), 422, '"field":"phone"'),
        ([1, 2], 422, "body"),
        ("{", 400, "not JSON"),
        (order(1, total=5), 202, "condition"),
        (order("x" * 201), 422, "200 characters"),
        ({**order(1), "more": "x" * 70_000}, 413, "64 KB"),
    ],
)
async def test_a_call_that_begins_nothing_says_why(
    admin: httpx.AsyncClient, anyone: httpx.AsyncClient, pool: Pool, *, body: Any, status: int, says: str
) -> None:
    url = await address_of(admin, await make_flow(admin, END, trigger=SHOP))
    sent = {"content": body, "headers": {"Content-Type": "application/json"}} if body == "{" else {"json": body}
    answer = await anyone.post(url, **sent)
    assert (answer.status_code, says in answer.text, await runs(pool)) == (status, True, 0), answer.text


async def test_in_a_storm_what_came_before_the_limit_is_kept_and_the_rest_told_when(
    admin: httpx.AsyncClient, anyone: httpx.AsyncClient, pool: Pool
) -> None:
    flow = await make_flow(admin, END, trigger=SHOP)
    url = await address_of(admin, flow)
    await anyone.post(url, json=order(0))
    await pool.execute("update rate_window set hits = $1", MOST_CALLS - 20)
    calls = [anyone.post(url, json=order(number)) for number in range(1, 61)]
    answers = await asyncio.gather(*calls)
    taken = [answer for answer in answers if answer.status_code == 202]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert (len(taken), len(refused), await runs(pool)) == (20, 40, 21)
    assert all(0 < int(answer.headers["Retry-After"]) <= 900 for answer in refused)
    assert refused[0].json()["errors"][0]["field"] == "flow_id"


async def test_an_address_opens_only_its_flow_and_only_until_it_is_renewed(
    admin: httpx.AsyncClient, anyone: httpx.AsyncClient, pool: Pool, person: MakePerson
) -> None:
    flow = await make_flow(admin, END, trigger=SHOP)
    url = await address_of(admin, flow)
    assert (await anyone.post(url + "x", json=order(1))).status_code == 404
    assert (await anyone.post(url.replace(f"/{flow['id']}/", "/999/"), json=order(1))).status_code == 404
    renewed = (await admin.post(f"{PATH}/{flow['id']}/address")).json()["url"]
    assert (await anyone.post(url, json=order(1))).status_code == 404
    assert (await anyone.post(renewed, json=order(1))).status_code == 202
    await admin.patch(f"{PATH}/{flow['id']}", json={"active": False})
    assert (await anyone.post(renewed, json=order(2))).status_code == 409
    assert await runs(pool) == 1
    agent = (await person("agent")).client
    assert (await agent.get(f"{PATH}/{flow['id']}/address")).status_code == 403


async def test_a_flow_that_begins_otherwise_has_no_open_door(
    admin: httpx.AsyncClient, anyone: httpx.AsyncClient, pool: Pool
) -> None:
    flow = await make_flow(admin, END)
    assert (await anyone.post(await address_of(admin, flow), json=order(1))).status_code == 409
    assert await runs(pool) == 0
