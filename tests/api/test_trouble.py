"""Texts that did not arrive and breakers that are open, through the API."""

from typing import Any

import httpx

from answerback.storage.breakers import note_closed, note_open
from answerback.storage.connection import Pool
from tests.api.people import MakePerson
from tests.api.test_settings import make_number


async def failed_text(pool: Pool, number: dict[str, Any], body: str, **changes: Any) -> int:
    """A reply that did not arrive, in an open conversation; gives its id."""
    contact = await pool.fetchval("insert into contact (name) values ('Mara') returning id")
    conversation = await pool.fetchval(
        """
        insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, last_seq,
                                  last_inbound_at)
        select $1, w.id, w.queue_id, $3, '+1212' || (2000000 + $3::bigint), 'open', 1, now()
        from workstream w where w.id = $2
        returning id
        """,
        number["id"],
        number["workstream_id"],
        contact,
    )
    message: int = await pool.fetchval(
        """
        insert into message (conversation_id, seq, kind, origin, provider_account_id, body, parts, encoding, status,
                             status_rank, error_code, error_class, error_sentence)
        values ($1, 1, 'outbound', 'agent', $2, $3, 1, 'gsm_7', $4, 9, '30003', $5, 'The phone could not be reached.')
        returning id
        """,
        conversation,
        number["provider_account_id"],
        body,
        changes.get("status", "undelivered"),
        changes.get("error_class", "unreachable"),
    )
    return message


async def listed(client: httpx.AsyncClient, query: str = "") -> list[str]:
    answer = await client.get(f"/api/v1/failed-messages{query}")
    assert answer.status_code == 200, answer.text
    return [item["body"] for item in answer.json()["items"]]


async def test_what_did_not_arrive_is_listed_newest_first_with_its_reason(
    admin: httpx.AsyncClient, pool: Pool, person: MakePerson
) -> None:
    number = await make_number(admin)
    await failed_text(pool, number, "one")
    await failed_text(pool, number, "two", error_class="filtered")
    await failed_text(pool, number, "refused by the gate", status="refused")
    assert await listed(admin) == ["two", "one"]
    assert await listed(admin, "?error_class=filtered") == ["two"]
    assert await listed(admin, f"?number_id={number['id'] + 1}") == []
    first = (await admin.get("/api/v1/failed-messages?limit=1")).json()
    assert await listed(admin, f"?cursor={first['next_cursor']}") == ["one"]
    [text] = first["items"]
    assert text["error_sentence"] == "The phone could not be reached."
    assert (text["contact_name"], text["number_id"]) == ("Mara", number["id"])
    assert text["number"] == number["address"]
    assert text["account"]
    message = (await admin.get(f"/api/v1/messages/{text['message_id']}")).json()
    assert (message["failed_number"], message["failed_account"]) == (text["number"], text["account"])
    assert (await admin.get("/api/v1/trouble")).json()["failed"] == 2
    supervisor, agent = await person("supervisor"), await person("agent")
    assert await listed(supervisor.client) == ["two", "one"]
    assert (await agent.client.get("/api/v1/failed-messages")).status_code == 403


async def test_texts_are_sent_again_once_and_leave_the_list(admin: httpx.AsyncClient, pool: Pool) -> None:
    number = await make_number(admin)
    ids = [await failed_text(pool, number, body) for body in ("one", "two")]
    await pool.execute("update conversation set state = 'closed', closed_at = now(), close_reason = 'auto_closed'")

    answer = await admin.post("/api/v1/failed-messages/retry", json={"message_ids": [*ids, ids[0], 999_999]})

    results = answer.json()["items"]
    assert [one["message_id"] for one in results] == [*ids, 999_999]
    assert [one["problem"] for one in results] == [None, None, "There is no such text any more."]
    assert await listed(admin) == []
    queued = await pool.fetch("select body, status from message where id = any ($1)", [r["sent_as"] for r in results])
    assert [tuple(row) for row in queued] == [("one", "queued"), ("two", "queued")]
    again = (await admin.post("/api/v1/failed-messages/retry", json={"message_ids": ids[:1]})).json()["items"]
    assert "sent again already" in again[0]["problem"]
    assert await pool.fetchval("select count(*) from outbox") == 2
    assert await pool.fetchval("select count(*) from conversation where state = 'closed'") == 2


async def test_a_retry_that_the_gate_refuses_says_why_and_stays_listed(admin: httpx.AsyncClient, pool: Pool) -> None:
    number = await make_number(admin)
    message = await failed_text(pool, number, "one")
    await admin.patch(f"/api/v1/numbers/{number['id']}", json={"active": False})
    answer = await admin.post("/api/v1/failed-messages/retry", json={"message_ids": [message]})
    assert "switched off" in answer.json()["items"][0]["problem"]
    assert await listed(admin) == ["one"]


async def test_texts_are_left_be_and_may_still_be_sent_again_from_their_thread(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    number = await make_number(admin)
    message = await failed_text(pool, number, "one")
    left = await admin.post("/api/v1/failed-messages/leave", json={"message_ids": [message]})
    assert left.json() == {"left": 1}
    assert (await admin.post("/api/v1/failed-messages/leave", json={"message_ids": [message]})).json() == {"left": 0}
    assert await listed(admin) == []
    assert (await admin.post(f"/api/v1/messages/{message}/resend")).status_code == 201


async def test_open_breakers_are_shown_with_what_waits_and_gone_when_closed(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    number = await make_number(admin)
    account = number["provider_account_id"]
    async with pool.acquire() as connection:
        for seconds in (5, 50):
            await note_open(connection, "a dispatcher", account, None, reason="It answers 503.", seconds=seconds)
        [breaker] = (await admin.get("/api/v1/trouble")).json()["breakers"]
        assert (breaker["provider_account_id"], breaker["number_id"], breaker["waiting"]) == (account, None, 0)
        assert breaker["reason"] == "It answers 503."
        await note_closed(connection, "a dispatcher", account, None)
        await note_closed(connection, "a dispatcher", account, None)
    assert (await admin.get("/api/v1/trouble")).json()["breakers"] == []
    kinds = await pool.fetch("select kind from event where kind like 'Breaker%' order by xid, id")
    assert [row["kind"] for row in kinds] == ["BreakerOpened", "BreakerClosed"]
