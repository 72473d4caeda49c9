"""The agent's day through the API: desk, offers, writing, ending, and what agents may not see."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.storage.connection import Pool
from tests.api.people import MakePerson, Person
from tests.live.centre import Centre


@dataclass(frozen=True, slots=True)
class Shop:
    """One queue with one agent, a number, and people who are not in the queue."""

    centre: Centre
    ana: Person
    outsider: Person
    boss: Person
    queue_id: int
    number_id: int


@pytest.fixture
async def shop(pool: Pool, person: MakePerson) -> Shop:
    centre = Centre(pool)
    ana, outsider, boss = await person("agent"), await person("agent"), await person("supervisor")
    queue_id = await centre.queue(name="Support")
    await pool.execute("insert into queue_member (queue_id, user_id) values ($1, $2)", queue_id, ana.id)
    return Shop(centre, ana, outsider, boss, queue_id, await centre.number(queue_id))


async def post(person: Person, path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
    answer = await person.client.post(f"/api/v1/{path}", json=body or {})
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_the_desk_shows_what_waits_and_what_is_mine(shop: Shop) -> None:
    waiting = await shop.centre.text(shop.number_id, "Hi, my order never came")
    mine = await shop.centre.text(shop.number_id)
    await post(shop.ana, f"conversations/{mine}/pick")
    desk = (await shop.ana.client.get("/api/v1/desk")).json()
    assert [one["id"] for one in desk["my"]] == [mine]
    assert [one["id"] for one in desk["open"]] == [waiting]
    assert desk["me"]["email"] == shop.ana.user.email
    assert "use_desk" in desk["me"]["permissions"]
    assert desk["cursor"]


async def test_a_conversation_goes_through_its_whole_life(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id, "Hello")
    picked = await post(shop.ana, f"conversations/{conversation}/pick")
    assert (picked["state"], picked["agent_id"]) == ("active", shop.ana.id)
    assert (await post(shop.ana, f"conversations/{conversation}/read"))["unread"] == 0
    sent = await post(shop.ana, f"conversations/{conversation}/messages", {"body": "Looking into it"}, 201)
    assert (sent["status"], sent["author_id"], sent["origin"]) == ("queued", shop.ana.id, "api")
    await post(shop.ana, f"conversations/{conversation}/notes", {"body": "A regular"}, 201)
    until = datetime.now(UTC) + timedelta(hours=1)
    snoozed = await post(shop.ana, f"conversations/{conversation}/snooze", {"until": until.isoformat()})
    assert snoozed["state"] == "waiting"
    await post(shop.ana, f"conversations/{conversation}/pick")
    assert (await post(shop.ana, f"conversations/{conversation}/end"))["state"] == "wrap_up"
    closed = await post(shop.ana, f"conversations/{conversation}/close", {"disposition": "solved", "note": "Sent anew"})
    assert (closed["state"], closed["disposition"]) == ("closed", "solved")
    assert (await post(shop.ana, f"conversations/{conversation}/reopen"))["state"] != "closed"
    thread = (await shop.ana.client.get(f"/api/v1/conversations/{conversation}/thread")).json()["items"]
    bodies = [item["message"]["body"] for item in thread if item["kind"] == "message"]
    assert bodies == ["Hello", "Looking into it", "A regular", "Sent anew"]
    page = (await shop.ana.client.get(f"/api/v1/conversations/{conversation}/messages?limit=3")).json()
    assert [message["body"] for message in page["items"]] == bodies[:0:-1]
    rest = await shop.ana.client.get(
        f"/api/v1/conversations/{conversation}/messages", params={"cursor": page["next_cursor"]}
    )
    assert [message["body"] for message in rest.json()["items"]] == bodies[:1]


async def test_an_illegal_move_is_refused_with_its_reason_and_changes_nothing(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id)
    before = await shop.centre.row(conversation)
    refused = await shop.ana.client.post(f"/api/v1/conversations/{conversation}/end", json={})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/illegal-move")
    assert refused.json()["errors"][0]["way_out"]
    assert await shop.centre.row(conversation) == before


async def test_an_agent_sees_nothing_of_queues_they_are_not_in(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id)
    message = await shop.centre.pool.fetchval("select id from message")
    for method, path in (
        ("GET", ""), ("GET", "/thread"), ("GET", "/messages"), ("GET", "/routing-decisions"), ("POST", "/pick"),
        ("POST", "/read"), ("POST", "/end"),
    ):  # fmt: skip
        answer = await shop.outsider.client.request(method, f"/api/v1/conversations/{conversation}{path}")
        assert answer.status_code == 404, path
    for path in ("messages", "notes"):
        answer = await shop.outsider.client.post(f"/api/v1/conversations/{conversation}/{path}", json={"body": "Hi"})
        assert answer.status_code == 404
    assert (await shop.outsider.client.get(f"/api/v1/messages/{message}")).status_code == 404
    assert (await shop.outsider.client.get("/api/v1/conversations")).json()["items"] == []
    assert (await shop.boss.client.get("/api/v1/conversations")).json()["items"][0]["id"] == conversation


async def test_only_the_holder_and_supervisors_write_to_the_customer(shop: Shop, person: MakePerson) -> None:
    bo = await person("agent")
    await shop.centre.pool.execute("insert into queue_member values ($1, $2)", shop.queue_id, bo.id)
    conversation = await shop.centre.text(shop.number_id)
    path = f"/api/v1/conversations/{conversation}"
    assert (await bo.client.get(path)).json()["sending"]["reason"] == "not_holder"
    unpicked = await bo.client.post(f"{path}/messages", json={"body": "Hi"})
    assert (unpicked.status_code, "Pick it first" in unpicked.text) == (409, True)
    await post(shop.ana, f"conversations/{conversation}/pick")
    held = await bo.client.post(f"{path}/messages", json={"body": "Hi"})
    assert held.status_code == 409
    assert shop.ana.user.name in held.json()["detail"]
    assert (await shop.ana.client.get(path)).json()["sending"]["allowed"]
    assert (await shop.boss.client.post(f"{path}/messages", json={"body": "Hi"})).status_code == 201


async def test_a_text_the_gate_refuses_is_kept_shown_and_not_sent(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id, phone="+13125550188")
    await post(shop.ana, f"conversations/{conversation}/pick")
    await shop.centre.pool.execute(
        "insert into consent_entry (phone, choice, source) values ('+13125550188', 'opt_out', 'keyword')"
    )
    path = f"/api/v1/conversations/{conversation}"
    assert (await shop.ana.client.get(path)).json()["sending"]["reason"] == "opted_out"
    key = {"Idempotency-Key": "once"}
    refused = await shop.ana.client.post(f"{path}/messages", json={"body": "Hi"}, headers=key)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["type"].endswith("/send-refused")
    assert (problem["reason"], problem["message"]["status"]) == ("opted_out", "refused")
    assert "START" in problem["sentence"]
    again = await shop.ana.client.post(f"{path}/messages", json={"body": "Hi"}, headers=key)
    assert again.json() == problem
    assert await shop.centre.pool.fetchval("select count(*) from message where kind = 'outbound'") == 1
    assert await shop.centre.pool.fetchval("select count(*) from outbox") == 0
    await shop.centre.pool.execute(
        "insert into consent_entry (phone, choice, source) values ('+13125550188', 'opt_in', 'keyword')"
    )
    resent = await post(shop.ana, f"messages/{problem['message']['id']}/resend", None, 201)
    assert (resent["status"], resent["body"]) == ("queued", "Hi")


async def test_the_same_answer_sent_twice_by_a_nervous_network_goes_out_once(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id)
    await post(shop.ana, f"conversations/{conversation}/pick")
    path, key = f"/api/v1/conversations/{conversation}/messages", {"Idempotency-Key": "k"}
    calls = [shop.ana.client.post(path, json={"body": "Hi"}, headers=key) for _ in range(10)]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} == {201}
    assert await shop.centre.pool.fetchval("select count(*) from outbox") == 1


async def test_an_offer_is_accepted_once_and_only_by_whom_it_was_made_to(shop: Shop) -> None:
    holder = shop.ana
    conversation = await shop.centre.text(shop.number_id)
    await shop.centre.pool.execute(
        "update conversation set state = 'offered', agent_id = $2, offer_expires_at = now() + interval '1 min' "
        "where id = $1",
        conversation,
        holder.id,
    )
    offer = await shop.centre.pool.fetchval(
        "insert into offer (conversation_id, agent_id, reason, expires_at) "
        "values ($1, $2, 'You are free.', now() + interval '1 min') returning id",
        conversation,
        holder.id,
    )
    assert (await shop.boss.client.post(f"/api/v1/offers/{offer}/accept", json={})).status_code == 404
    answers = await asyncio.gather(*(holder.client.post(f"/api/v1/offers/{offer}/accept", json={}) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_presence_is_set_and_seen_by_colleagues(shop: Shop) -> None:
    mine = await shop.ana.client.put("/api/v1/me/presence", json={"presence": "available"})
    assert mine.json()["presence"] == "available"
    agents = (await shop.boss.client.get("/api/v1/agents")).json()["items"]
    assert {agent["id"]: agent["presence"] for agent in agents}[shop.ana.id] == "available"


async def test_a_transfer_names_a_queue_or_an_agent(shop: Shop) -> None:
    other = await shop.centre.queue(name="Sales")
    conversation = await shop.centre.text(shop.number_id)
    await post(shop.ana, f"conversations/{conversation}/pick")
    path = f"conversations/{conversation}/transfer"
    for body in ({}, {"queue_id": other, "agent_id": shop.boss.id}):
        await post(shop.ana, path, body, 422)
    await post(shop.ana, path, {"queue_id": 999_999}, 404)
    moved = await post(shop.ana, path, {"queue_id": other, "note": "Wants to buy"})
    assert (moved["state"], moved["queue"]) == ("open", "Sales")


async def test_why_nobody_is_told_with_names(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id)
    await shop.centre.pool.execute(
        """
        insert into routing_decision (conversation_id, outcome, queue_id, method, rules_version, sentence, detail)
        values ($1, 'nobody', $2, 'least_active', '1', 'Nobody can take it.', $3)
        """,
        conversation,
        shop.queue_id,
        {"order": [], "failed": [{"test": "presence", "agent_ids": [shop.ana.id], "count": 1}]},
    )
    [decision] = (await shop.ana.client.get(f"/api/v1/conversations/{conversation}/routing-decisions")).json()["items"]
    assert decision["queue"] == "Support"
    assert decision["failed"][0]["agents"] == [{"id": shop.ana.id, "name": shop.ana.user.name}]


async def test_conversations_are_listed_by_state_person_and_words(shop: Shop) -> None:
    first = await shop.centre.text(shop.number_id, "about the parcel", phone="+13125550101")
    second = await shop.centre.text(shop.number_id, "about the bill", phone="+13125550102")
    await post(shop.ana, f"conversations/{first}/pick")

    async def find(**query: Any) -> list[int]:
        page = await shop.ana.client.get("/api/v1/conversations", params=query)
        return [one["id"] for one in page.json()["items"]]

    assert await find() == [second, first]
    assert await find(state="open") == [second]
    assert await find(state=["open", "active"]) == [second, first]
    assert await find(agent_id=shop.ana.id) == [first]
    assert await find(q="parcel") == [first]
    assert await find(q="555-0102") == [second]
    assert await find(queue_id=999) == []
