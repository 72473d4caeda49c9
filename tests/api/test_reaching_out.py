"""Texts that wait for their time, conversations we begin, and what consent lets through, by the API."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.storage.connection import Pool
from answerback.workers.clock import Clock
from tests.api.people import MakePerson, Person
from tests.live.centre import Centre

CUSTOMER, STRANGER = "+12125550188", "+12125550199"


@dataclass(frozen=True, slots=True)
class Shop:
    centre: Centre
    ana: Person
    boss: Person
    number_id: int

    @property
    def pool(self) -> Pool:
        return self.centre.pool

    async def held(self, phone: str = CUSTOMER) -> int:
        conversation = await self.centre.text(self.number_id, phone=phone)
        await post(self.ana, f"conversations/{conversation}/pick")
        return conversation


@pytest.fixture
async def shop(pool: Pool, person: MakePerson) -> Shop:
    centre = Centre(pool)
    ana, boss = await person("agent"), await person("administrator")
    queue_id = await centre.queue(name="Support")
    await pool.execute("insert into queue_member (queue_id, user_id) values ($1, $2)", queue_id, ana.id)
    # Any hour will do for most of these tests; the hours have tests of their own.
    await pool.execute("update sending_rules set courtesy_hours = false")
    return Shop(centre, ana, boss, await centre.number(queue_id))


async def post(person: Person, path: str, body: Any = None, status: int = 200) -> Any:
    answer = await person.client.post(f"/api/v1/{path}", json=body or {})
    assert answer.status_code == status, answer.text
    return answer.json()


async def may_start(shop: Shop) -> None:
    changed = await shop.boss.client.patch(f"/api/v1/users/{shop.ana.id}", json={"granted": ["start_conversation"]})
    assert changed.status_code == 200, changed.text


async def opt_in(shop: Shop, phone: str, purpose: str = "all") -> None:
    words = {"words": "Please text me", "purpose": purpose}
    await post(shop.ana, "consent", {"phone": phone, "choice": "opt_in", **words}, 201)


def later(minutes: int = 60) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


async def test_a_scheduled_text_waits_is_shown_with_its_time_and_leaves_when_it_has_come(shop: Shop) -> None:
    conversation = await shop.held()
    text = await post(
        shop.ana, f"conversations/{conversation}/messages", {"body": "Good morning", "send_at": later()}, 201
    )
    assert text["status"] == "scheduled"
    assert text["due_at"] is not None
    now = await post(shop.ana, f"conversations/{conversation}/messages", {"body": "One moment"}, 201)
    assert now["status"] == "queued"  # nothing waits behind a scheduled text
    clock = Clock(shop.pool)
    await clock.tick()
    assert await shop.pool.fetchval("select count(*) from outbox where state = 'queued'") == 1

    await shop.pool.execute("update outbox set due_at = now() where state = 'scheduled'")
    await clock.tick()

    sent = (await shop.ana.client.get(f"/api/v1/messages/{text['id']}")).json()
    assert (sent["status"], sent["due_at"]) == ("queued", None)
    assert sent["seq"] > now["seq"]  # it stands where it left
    assert await shop.pool.fetchval("select count(*) from outbox where state = 'queued'") == 2


async def test_a_scheduled_text_can_be_taken_back_once(shop: Shop) -> None:
    conversation = await shop.held()
    text = await post(shop.ana, f"conversations/{conversation}/messages", {"body": "Later", "send_at": later()}, 201)
    assert (await post(shop.ana, f"messages/{text['id']}/cancel"))["status"] == "canceled"
    await post(shop.ana, f"messages/{text['id']}/cancel", status=409)
    assert await shop.pool.fetchval("select count(*) from outbox") == 0


async def test_a_scheduled_text_passes_the_gate_again_when_its_time_has_come(shop: Shop) -> None:
    conversation = await shop.held()
    texts = f"conversations/{conversation}/messages"
    text = await post(shop.ana, texts, {"body": "Later", "send_at": later()}, 201)
    await shop.pool.execute("update number set active = false")
    await shop.pool.execute("update outbox set due_at = now()")
    await Clock(shop.pool).tick()
    found = (await shop.ana.client.get(f"/api/v1/messages/{text['id']}")).json()
    assert (found["status"], found["error_class"]) == ("refused", "number_inactive")


@pytest.mark.parametrize("how", ["stop", "block"])
async def test_who_opts_out_or_is_blocked_does_not_get_what_was_scheduled_before(shop: Shop, how: str) -> None:
    conversation = await shop.held()
    texts = f"conversations/{conversation}/messages"
    text = await post(shop.ana, texts, {"body": "Later", "send_at": later()}, 201)
    if how == "stop":
        await post(shop.ana, "consent", {"phone": CUSTOMER, "choice": "opt_out", "words": "On the phone"}, 201)
    else:
        await post(shop.boss, "blocked-phones", {"phone": CUSTOMER}, 201)
    found = (await shop.ana.client.get(f"/api/v1/messages/{text['id']}")).json()
    assert found["status"] == "refused"
    assert await shop.pool.fetchval("select count(*) from outbox") == 0


@pytest.mark.parametrize("minutes", [-5, 60 * 24 * 400])
async def test_a_time_to_send_lies_ahead_and_not_too_far(shop: Shop, minutes: int) -> None:
    conversation = await shop.held()
    body = {"body": "Later", "send_at": later(minutes)}
    problem = await post(shop.ana, f"conversations/{conversation}/messages", body, 422)
    assert problem["errors"][0]["field"] == "send_at"


async def test_an_agent_may_not_begin_a_conversation_unless_that_was_granted(shop: Shop) -> None:
    text = {"number_id": shop.number_id, "to": STRANGER, "body": "Hello"}
    refused = await post(shop.ana, "conversations", text, 403)
    assert "An administrator can allow it to you" in refused["detail"]
    await may_start(shop)
    await opt_in(shop, STRANGER)
    started = await post(shop.ana, "conversations", text, 201)
    assert (started["conversation"]["state"], started["conversation"]["agent_id"]) == ("active", shop.ana.id)
    assert started["message"]["status"] == "queued"
    decision = await shop.pool.fetchval("select decision from message where id = $1", started["message"]["id"])
    assert (decision["purpose"], decision["about"]) == ("proactive", "informational")
    assert await shop.pool.fetchval("select count(*) from proactive_send where phone = $1", STRANGER) == 1
    again = await post(shop.ana, "conversations", text, 409)
    assert "write there" in again["detail"]


async def test_a_stranger_is_not_texted_and_a_refusal_leaves_nothing_behind(shop: Shop) -> None:
    await may_start(shop)
    text = {"number_id": shop.number_id, "to": STRANGER, "body": "Hello"}
    refused = await post(shop.ana, "conversations", text, 422)
    assert refused["type"].endswith("/send-refused")
    assert refused["reason"] == "no_consent"
    assert await shop.pool.fetchval("select count(*) from conversation") == 0
    assert await shop.pool.fetchval("select count(*) from contact") == 0
    promotion = await post(shop.ana, "conversations", {**text, "about": "promotional"}, 422)
    assert "promotional" in promotion["sentence"]


async def test_an_agent_begins_only_from_numbers_of_their_queues(shop: Shop) -> None:
    await may_start(shop)
    await opt_in(shop, STRANGER)
    other = await shop.centre.number(await shop.centre.queue(name="Sales"))
    text = {"number_id": other, "to": STRANGER, "body": "Hello"}
    assert (await post(shop.ana, "conversations", text, 422))["errors"][0]["field"] == "number_id"
    await post(shop.boss, "conversations", text, 201)


async def test_the_gate_can_be_asked_for_many_without_sending(shop: Shop) -> None:
    await opt_in(shop, STRANGER)
    await post(shop.boss, "blocked-phones", {"phone": "+12125550111"}, 201)
    noon = datetime.now(UTC).replace(hour=17, minute=0) + timedelta(days=1)
    check = {"number_id": shop.number_id, "to": [STRANGER, "+12125550111", "+12125550122", "nonsense", "+442079460958"]}
    said = (await post(shop.ana, "send-checks", {**check, "at": noon.isoformat()}))["items"]
    assert [one["sending"]["reason"] for one in said] == [
        None, "blocked", "no_consent", "bad_phone", "destination_not_allowed"
    ]  # fmt: skip
    assert all(one["sending"]["sentence"] and one["sending"]["rule"] for one in said[1:])
    night = (noon + timedelta(hours=13)).isoformat()
    promotion = {**check, "to": [STRANGER], "about": "promotional", "at": night}
    held = (await post(shop.ana, "send-checks", promotion))["items"][0]["sending"]
    assert held["reason"] == "quiet_hours"
    assert held["until"] > night
    assert held["source"].startswith("47 CFR")
    assert await shop.pool.fetchval("select count(*) from message") == 0


async def test_a_double_opt_in_is_asked_by_text_and_counts_only_once_confirmed(shop: Shop) -> None:
    order = {
        "phone": STRANGER,
        "number_id": shop.number_id,
        "words": "Signed up at the fair",
        "proof": {"url": "https://example.org/f"},
    }
    entry = await post(shop.ana, "consent/requests", order, 201)
    assert (entry["choice"], entry["source"], entry["purpose"]) == ("pending", "form", "promotional")
    assert entry["proof"] == {"url": "https://example.org/f"}
    request = await shop.pool.fetchval("select body from message where kind = 'outbound'")
    assert "reply YES" in request
    where = f"consent/states?phone=%2B{STRANGER[1:]}&number_id={shop.number_id}"
    states = (await shop.ana.client.get(f"/api/v1/{where}")).json()["items"]
    assert {one["purpose"]: one["standing"] for one in states} == {
        "conversation": "none", "informational": "none", "promotional": "pending"
    }  # fmt: skip
    await post(shop.ana, "consent", {"phone": STRANGER, "choice": "opt_out", "words": "By phone"}, 201)
    refused = await post(shop.ana, "consent/requests", order, 422)
    assert refused["reason"] == "opted_out"


async def test_a_sentence_that_looks_like_an_opt_out_is_marked_and_a_person_decides(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id, "Hi. Please stop texting me! Thanks", phone=CUSTOMER)
    await post(shop.ana, f"conversations/{conversation}/pick")
    [text] = (await shop.ana.client.get(f"/api/v1/conversations/{conversation}/messages")).json()["items"]
    mark = text["opt_out"]
    assert text["body"][mark["start"] : mark["end"]] == "Please stop texting me!"
    assert await shop.pool.fetchval("select count(*) from consent_entry") == 0
    path = f"messages/{text['id']}/opt-out-suggestion"
    assert (await post(shop.ana, path, {"record": True}))["opt_out"] is None
    [entry] = (await shop.ana.client.get("/api/v1/consent")).json()["items"]
    assert (entry["choice"], entry["words"], entry["source"]) == ("opt_out", "Please stop texting me!", "agent")
    await post(shop.ana, path, {"record": False}, 409)


async def test_a_dismissed_suggestion_changes_nothing(shop: Shop) -> None:
    conversation = await shop.centre.text(shop.number_id, "Stop texting my old number", phone=CUSTOMER)
    await post(shop.ana, f"conversations/{conversation}/pick")
    message = await shop.pool.fetchval("select id from message")
    assert (await post(shop.ana, f"messages/{message}/opt-out-suggestion", {"record": False}))["opt_out"] is None
    assert await shop.pool.fetchval("select count(*) from consent_entry") == 0
