"""A customer is erased: nothing of who they were or what was said is left, and their STOP still counts."""

import asyncio
from functools import partial

import httpx
import pytest

from answerback.storage.connection import Pool
from tests.api.customer import MARK, PHONE, Known, make_known_customer, tables_that_know_phones, where_left
from tests.api.people import MakePerson
from tests.message_stage import eventually

DIGITS = PHONE.removeprefix("+")
SUPPRESSION = {"consent_entry", "blocked_phone"}
"""Where a phone may stay after its customer is erased: so that it is left alone."""


@pytest.fixture
async def customer(admin: httpx.AsyncClient, pool: Pool) -> Known:
    return await make_known_customer(admin, pool)


async def erase(admin: httpx.AsyncClient, contact: int, status: int = 200, **order: object) -> dict[str, object]:
    body = {"phone": "(787) 555-0142", "keep_proof": False, **order}
    answer = await admin.post(f"/api/v1/contacts/{contact}/erasure", json=body)
    assert answer.status_code == status, answer.text
    told: dict[str, object] = answer.json()
    return told


async def test_every_table_that_knows_phones_knew_this_one(customer: Known, pool: Pool) -> None:
    """A new table with phones belongs into tests/api/customer.py, and into storage/erasure.py."""
    assert await tables_that_know_phones(pool) <= await where_left(pool, DIGITS)


async def test_nothing_of_an_erased_customer_is_left_but_the_opt_out(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    told = await erase(admin, customer.contact)

    assert await where_left(pool, MARK) == set()
    assert await where_left(pool, DIGITS) == SUPPRESSION
    assert told["opt_outs_kept"] == 1
    [line] = await pool.fetch("select * from consent_entry")
    assert (line["choice"], line["source"], line["number_id"]) == ("opt_out", "keyword", customer.number["id"])
    assert (line["words"], line["proof"], line["message_id"]) == ("", {}, None)
    assert line["at"].year == 2025


async def test_the_proof_of_consent_stays_where_that_is_asked(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    await erase(admin, customer.contact, keep_proof=True)
    assert await where_left(pool, MARK) == {"consent_entry"}
    assert await pool.fetchval("select count(*) from consent_entry") == 2


async def test_what_only_counts_stays(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await erase(admin, customer.contact)
    rows = await pool.fetch("select kind, status, body, provider_message_id, removed_at from message order by id")
    assert [(row["kind"], row["status"]) for row in rows] == [
        ("inbound", "received"), ("note", "noted"), ("outbound", "delivered"), ("outbound", "failed")
    ]  # fmt: skip
    assert all(row["provider_message_id"] and row["removed_at"] for row in rows)
    assert (await pool.fetchrow("select score from survey"))["score"] == 5


async def test_audiences_lose_them_and_count_one_less(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await erase(admin, customer.contact)
    assert await pool.fetchval("select members from audience") == 1
    assert await pool.fetchval("select phone from audience_member") == "+12125550199"


async def test_a_campaign_that_has_not_texted_them_does_not(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    await erase(admin, customer.contact)
    row = await pool.fetchrow("select phone, state, reason from campaign_recipient")
    assert tuple(row) == ("erased 2", "stopped", "erased")
    assert await pool.fetchval("select stopped from campaign_number") == 1


async def test_an_open_conversation_ends_and_what_waits_to_leave_does_not_leave(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    message = await pool.fetchval(
        """
        insert into message (conversation_id, seq, kind, origin, body, parts, status, status_rank)
        values ($1, 5, 'outbound', 'agent', 'soon', 1, 'scheduled', -10) returning id
        """,
        customer.open,
    )
    await pool.execute(
        """
        insert into outbox (message_id, number_id, conversation_id, lane, parts, state, due_at, gate)
        select $1, number_id, id, 0, 1, 'scheduled', now() + interval '1 day', 'x' from conversation where id = $2
        """,
        message,
        customer.open,
    )
    await erase(admin, customer.contact)
    assert await pool.fetchval("select status from message where id = $1", message) == "canceled"
    assert await pool.fetchval("select count(*) from outbox") == 0
    kept = await pool.fetchrow("select state, close_reason from conversation where id = $1", customer.open)
    assert (kept["state"], kept["close_reason"]) == ("closed", "erased")
    kinds = {row["kind"] for row in await pool.fetch("select kind from event")}
    assert {"ContactErased", "ConversationClosed", "MessageCanceled"} <= kinds


async def test_a_text_that_is_leaving_is_waited_for(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await pool.execute(
        """
        insert into outbox (message_id, number_id, conversation_id, lane, parts, state, gate)
        select m.id, c.number_id, c.id, 0, 1, 'sending', 'x'
        from message m join conversation c on c.id = m.conversation_id order by m.id desc limit 1
        """
    )
    told = await erase(admin, customer.contact, 409)
    assert "leaving" in str(told["detail"])
    assert "message" in await where_left(pool, MARK)


async def test_erasing_again_does_nothing_more(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    first = await erase(admin, customer.contact)
    again = await erase(admin, customer.contact)
    assert again["removed"] == {}
    assert again["erased_at"] == first["erased_at"]
    assert await pool.fetchval("select count(*) from event where kind = 'ContactErased'") == 1


async def test_a_wrong_phone_erases_nobody(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    told = await erase(admin, customer.contact, 422, phone="+17875550143")
    assert "one of their phones" in str(told["errors"])
    assert await pool.fetchval("select erased_at from contact where id = $1", customer.contact) is None


async def test_a_legal_hold_forbids_it_and_says_why(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    holds = f"/api/v1/contacts/{customer.contact}/legal-holds"
    assert (await admin.post(holds, json={"reason": " "})).status_code == 422
    assert (await admin.post(holds, json={"reason": "Complaint 2026-114"})).status_code == 201
    assert (await admin.post(holds, json={"reason": "Another"})).status_code == 409
    told = await erase(admin, customer.contact, 409)
    assert "Complaint 2026-114" in str(told["detail"])
    assert "message" in await where_left(pool, MARK)

    released = await admin.post(f"{holds}/release", json={"reason": "Settled"})
    [hold] = released.json()["items"]
    assert (hold["reason"], hold["release_reason"]) == ("Complaint 2026-114", "Settled")
    assert hold["released_at"]
    assert (await admin.post(f"{holds}/release", json={"reason": "Again"})).status_code == 409
    await erase(admin, customer.contact)
    assert (await admin.post(holds, json={"reason": "Too late"})).status_code == 409


async def test_who_writes_again_is_somebody_new_and_still_opted_out(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    await erase(admin, customer.contact)
    made = await admin.post("/api/v1/contacts", json={"phones": [PHONE]})
    assert made.status_code == 201
    assert made.json()["id"] != customer.contact
    assert made.json()["conversations"] == []
    query = {"phone": PHONE, "number_id": customer.number["id"]}
    states = (await admin.get("/api/v1/consent/states", params=query)).json()["items"]
    assert {one["standing"] for one in states} == {"out"}


async def test_an_erased_contact_is_not_found_by_search_nor_changed(admin: httpx.AsyncClient, customer: Known) -> None:
    await erase(admin, customer.contact)
    assert (await admin.get("/api/v1/contacts")).json()["items"] == []
    assert (await admin.get(f"/api/v1/contacts/{customer.contact}")).json()["erased_at"]
    assert (await admin.patch(f"/api/v1/contacts/{customer.contact}", json={"name": "Maria"})).status_code == 409
    assert (await admin.post("/api/v1/contacts/999/erasure", json={"phone": PHONE})).status_code == 404


async def test_bytes_that_others_use_too_stay(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await pool.execute(
        """
        insert into media (state, content_type, blob_hash, size) select 'stored', 'image/png', hash, 9 from media_blob
        """
    )
    await erase(admin, customer.contact)
    assert await pool.fetchval("select count(*) from media_blob") == 1


async def test_only_administrators_erase_hold_and_export(person: MakePerson, customer: Known) -> None:
    for role in ("agent", "supervisor"):
        other = (await person(role)).client
        at = f"/api/v1/contacts/{customer.contact}"
        assert (await other.post(f"{at}/erasure", json={"phone": PHONE})).status_code == 403
        assert (await other.post(f"{at}/legal-holds", json={"reason": "x"})).status_code == 403
        assert (await other.get(f"{at}/export")).status_code == 403
        assert (await other.get("/api/v1/evidence", params={"phone": PHONE})).status_code == 403


async def test_nothing_can_be_sent_in_what_is_left(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await erase(admin, customer.contact)
    await pool.execute("update conversation set closed_at = now(), state_since = now() where id = $1", customer.open)
    reopened = await admin.post(f"/api/v1/conversations/{customer.open}/reopen")
    sent = await admin.post(f"/api/v1/conversations/{customer.open}/messages", json={"body": "Hello again"})
    assert reopened.status_code >= 400
    assert sent.status_code >= 400, sent.text
    failed = await pool.fetchval("select id from message where status = 'failed'")
    assert (await admin.post(f"/api/v1/messages/{failed}/resend")).status_code >= 400
    flow = await pool.fetchval("select id from flow")
    await admin.post(f"/api/v1/flows/{flow}/runs", json={"items": [{"contact_id": customer.contact}]})
    assert await pool.fetchval("select count(*) from outbox") == 0
    assert await pool.fetchval("select count(*) from flow_run where state <> 'ended'") == 0


async def test_an_erasure_that_breaks_off_leaves_everything_and_is_done_again(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    before = await where_left(pool, MARK)
    async with pool.acquire() as other, other.transaction():
        await other.execute("select from voice_call for update")  # so that it stands still half-way
        erasing = asyncio.create_task(erase(admin, customer.contact, 503))
        await eventually(partial(_waits, pool))
        await pool.fetch(f"select pg_terminate_backend(pid) {WAITING}")
        await erasing
    assert await where_left(pool, MARK) == before
    assert (await erase(admin, customer.contact))["removed"]
    assert await where_left(pool, MARK) == set()


WAITING = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


async def _waits(pool: Pool) -> bool:
    found: bool = await pool.fetchval(f"select exists (select {WAITING})")
    return found
