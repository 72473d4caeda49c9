"""What administrators look at: the event log, webhook counts, kept webhooks; and the description of the API."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from answerback.providers.contract import InboundText
from answerback.storage.connection import Pool
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.keep_webhook import keep, seal_text
from answerback.web.api.services import Services
from tests.api.event_log import logged
from tests.api.people import MakePerson


async def test_the_event_log_is_read_from_both_ends_without_gap_or_repeat(admin: httpx.AsyncClient) -> None:
    for number in range(7):
        await admin.post("/api/v1/queues", json={"name": f"Queue {number}"})

    async def walk(order: str) -> list[int]:
        ids: list[int] = []
        after = None
        while True:
            query = {"order": order, "limit": 3, "kind": "QueueCreated"} | ({"after": after} if after else {})
            page = (await admin.get("/api/v1/events", params=query)).json()
            ids += [event["data"]["id"] for event in page["items"]]
            after = page["next_cursor"]
            if after is None:
                return ids

    await logged(admin, "QueueCreated", 7)
    oldest = await walk("oldest")
    assert len(oldest) == 7
    assert oldest == sorted(oldest)
    assert await walk("newest") == oldest[::-1]


async def test_an_event_names_who_did_it(admin: httpx.AsyncClient) -> None:
    await admin.post("/api/v1/queues", json={"name": "Support"})
    [event] = await logged(admin, "QueueCreated")
    assert event["actor_name"] == "administrator 1"


async def test_the_audit_is_filtered_by_who_and_when_and_leaves_the_desk_out(
    admin: httpx.AsyncClient, person: MakePerson
) -> None:
    other = await person("administrator")
    await admin.post("/api/v1/queues", json={"name": "Support"})
    await other.client.post("/api/v1/queues", json={"name": "Sales"})
    await other.client.put("/api/v1/me/presence", json={"presence": "busy"})
    await logged(admin, "QueueCreated", 2)

    async def kinds(**query: Any) -> list[str]:
        answer = await admin.get("/api/v1/events", params={"audit": "true", "actor_id": other.id, **query})
        assert answer.status_code == 200, answer.text
        return [event["kind"] for event in answer.json()["items"]]

    await logged(admin, "PresenceChanged")
    assert await kinds() == ["QueueCreated"]
    assert await kinds(order="newest", since="2020-01-01T00:00:00Z") == ["QueueCreated"]
    assert await kinds(until="2020-01-01T00:00:00Z") == []
    assert await kinds(kind="UserChanged") == []


async def make_account(admin: httpx.AsyncClient) -> int:
    credentials = {"account_sid": "AC" + "0" * 32, "auth_token": "f" * 32}
    body = {"provider": "twilio", "name": "Main", "credentials": credentials}
    account_id: int = (await admin.post("/api/v1/provider-accounts", json=body)).json()["id"]
    return account_id


async def test_webhook_counts_are_summed_over_days(admin: httpx.AsyncClient, pool: Pool) -> None:
    account_id = await make_account(admin)
    await pool.execute(
        """
        insert into webhook_tally (provider_account_id, door, outcome, reason, day, hits, last_at)
        values ($1, 'message', 'accepted', '', current_date, 5, now()),
               ($1, 'message', 'accepted', '', current_date - 1, 4, now() - interval '1 day'),
               ($1, 'message', 'refused', 'bad signature', current_date, 2, now()),
               ($1, 'message', 'refused', 'bad signature', current_date - 40, 9, now() - interval '40 days')
        """,
        account_id,
    )
    seen = (await admin.get(f"/api/v1/provider-accounts/{account_id}/webhooks")).json()
    assert {(tally["outcome"], tally["hits"]) for tally in seen["tallies"]} == {("accepted", 9), ("refused", 2)}
    assert seen["last_accepted_at"]


async def test_a_kept_webhook_is_replayed_once_its_cause_is_repaired(
    admin: httpx.AsyncClient, services: Services, pool: Pool
) -> None:
    account_id = await make_account(admin)
    text = InboundText("SM" + "1" * 32, "+14155550100", "+13125550188", "Hello")
    received = ReceivedText(account_id, 0, text, datetime.now(UTC))
    await keep(pool, [seal_text(services.sealer, received, "unknown_number")] * 2)
    first, second = (await admin.get("/api/v1/kept-webhooks")).json()["items"]
    assert "Hello" not in str(first)
    path = f"/api/v1/kept-webhooks/{first['id']}"
    unrepaired = await admin.post(f"{path}/replay")
    assert (unrepaired.status_code, "add the number" in unrepaired.json()["detail"]) == (409, True)
    await add_number(admin, account_id)
    replayed = await admin.post(f"{path}/replay")
    assert (replayed.status_code, replayed.json()["outcome"]) == (200, "replayed")
    assert await pool.fetchval("select body from message") == "Hello"
    assert (await admin.post(f"{path}/replay")).status_code == 404
    dropped = await admin.post(f"/api/v1/kept-webhooks/{second['id']}/drop")
    assert dropped.json()["outcome"] == "dropped"
    assert (await admin.get("/api/v1/kept-webhooks?outcome=kept")).json()["items"] == []


async def add_number(admin: httpx.AsyncClient, account_id: int) -> None:
    queue = (await admin.post("/api/v1/queues", json={"name": "Support"})).json()
    workstream = (await admin.post("/api/v1/workstreams", json={"name": "Texts", "queue_id": queue["id"]})).json()
    body = {"address": "+14155550100", "provider_account_id": account_id, "workstream_id": workstream["id"]}
    assert (await admin.post("/api/v1/numbers", json=body)).status_code == 201


async def test_the_description_is_open_to_all_and_complete(anyone: httpx.AsyncClient) -> None:
    document = (await anyone.get("/api/v1/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    operations: list[dict[str, Any]] = [
        operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids)) > 50
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]
        assert "401" in operation["responses"]
    body = document["components"]["schemas"]["QueueDraft"]
    assert body["additionalProperties"] is False
    assert body["properties"]["priority_group"]["minimum"] == 0


async def test_the_docs_page_needs_neither_scripts_nor_the_internet(anyone: httpx.AsyncClient) -> None:
    page = await anyone.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "POST" in page.text
    assert "Send a text" in page.text
    assert "<script" not in page.text
    assert "http://" not in page.text.replace("http://centre.test", "")
    assert "https://" not in page.text.replace("https://answerback.dev/problems/", "").replace(
        "https://api.twilio.com", ""
    )


async def test_the_desktops_types_are_made_from_this_description(anyone: httpx.AsyncClient) -> None:
    """If this fails: `make types`."""
    kept = json.loads((Path(__file__).parents[2] / "ui" / "openapi.json").read_text(encoding="utf-8"))
    document = (await anyone.get("/api/v1/openapi.json")).json()
    assert kept["components"]["schemas"] == document["components"]["schemas"]
