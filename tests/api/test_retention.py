"""How long words, files and news are kept: tried before it is switched on, done in batches, and no hold is broken."""

from typing import Any

import httpx
import pytest

from answerback.storage import retention
from answerback.storage.connection import Pool
from answerback.workers.retention import RetentionWorker
from tests.api.customer import MARK, PHONE, Known, make_known_customer, where_left

PATH = "/api/v1/retention"
FOR_EVER = {"texts_days": None, "files_days": None, "events_days": None}


@pytest.fixture
async def customer(admin: httpx.AsyncClient, pool: Pool) -> Known:
    """Somebody who was last heard of a hundred days ago."""
    known = await make_known_customer(admin, pool)
    for table, column in (
        ("message", "created_at"), ("media", "created_at"), ("event", "at"), ("survey", "asked_at"),
        ("automated_text", "happened_at"), ("conversation", "last_message_at"),
    ):  # fmt: skip
        await pool.execute(f"update {table} set {column} = now() - interval '100 days'")
    await pool.execute("update flow_run set ended_at = now() - interval '100 days', state = 'ended'")
    await pool.execute("delete from automated_text where outcome = 'due'")
    await pool.execute(
        "insert into event (kind, conversation_id, at) values ('MessageReceived', $1, now() - interval '100 days')",
        known.closed,
    )
    return known


async def set_days(admin: httpx.AsyncClient, **days: int | None) -> dict[str, Any]:
    answer = await admin.patch(PATH, json=days)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def words_left(pool: Pool) -> int:
    count: int = await pool.fetchval("select count(*) from message where body <> ''")
    return count


async def test_everything_is_kept_for_ever_until_somebody_says_otherwise(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    assert (await admin.get(PATH)).json() == FOR_EVER
    await RetentionWorker(pool).tick()
    assert await words_left(pool) == 4


async def test_what_would_go_is_counted_before_it_goes(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    tried = {"texts_days": 90, "files_days": 90, "events_days": 90}
    told = (await admin.post(f"{PATH}/preview", json=tried)).json()
    assert told == {"would_remove": {"texts": 4, "files": 1, "events": 1, "recipients": 0}, "contacts_on_hold": 0}
    later = (await admin.post(f"{PATH}/preview", json={"texts_days": 101})).json()
    assert later["would_remove"] == {"texts": 0, "files": 0, "events": 0, "recipients": 0}
    assert (await admin.get(PATH)).json() == FOR_EVER
    assert await words_left(pool) == 4


async def test_old_words_go_and_the_ledger_and_what_people_did_stay(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    audit = await pool.fetchval("select count(*) from event where conversation_id is null")
    assert await set_days(admin, texts_days=90, files_days=90, events_days=90) == {
        "texts_days": 90,
        "files_days": 90,
        "events_days": 90,
    }
    await RetentionWorker(pool).tick()

    left = await where_left(pool, MARK)
    assert left.isdisjoint({"message", "media", "survey", "automated_text", "flow_run", "flow_run_step"})
    assert "consent_entry" in left
    assert await pool.fetchval("select count(*) from media_blob") == 0
    assert await pool.fetchval("select count(*) from event where conversation_id is not null") == 0
    assert await pool.fetchval("select count(*) from event where conversation_id is null") == audit + 2
    said = await pool.fetchval("select data from event where kind = 'AgedRemoved'")
    assert said == {"texts": 4, "files": 1, "events": 1, "recipients": 0}
    assert await pool.fetchval("select count(*) from message where removed_at is not null") == 4

    await RetentionWorker(pool).tick()
    assert await pool.fetchval("select count(*) from event where kind = 'AgedRemoved'") == 1


async def test_what_is_younger_stays(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await pool.execute("update message set created_at = now() where seq = 2")
    await set_days(admin, texts_days=90)
    await RetentionWorker(pool).tick()
    assert await words_left(pool) == 1
    assert await pool.fetchval("select count(*) from media_blob") == 1


async def test_a_legal_hold_keeps_everything_until_it_is_released(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    holds = f"/api/v1/contacts/{customer.contact}/legal-holds"
    assert (await admin.post(holds, json={"reason": "Complaint 2026-114"})).status_code == 201
    told = (await admin.post(f"{PATH}/preview", json={"texts_days": 90})).json()
    assert told == {"would_remove": {"texts": 0, "files": 0, "events": 0, "recipients": 0}, "contacts_on_hold": 1}
    await set_days(admin, texts_days=90, files_days=90, events_days=90)
    await RetentionWorker(pool).tick()
    assert await words_left(pool) == 4
    assert await pool.fetchval("select count(*) from event where conversation_id = $1", customer.closed) == 1

    assert (await admin.post(f"{holds}/release", json={"reason": "Settled"})).status_code == 200
    await RetentionWorker(pool).tick()
    assert await words_left(pool) == 0


async def test_a_text_that_waits_to_leave_keeps_its_words(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    await pool.execute(
        """
        insert into outbox (message_id, number_id, conversation_id, lane, parts, state, due_at, gate)
        select m.id, c.number_id, c.id, 0, 1, 'scheduled', now() + interval '1 day', 'x'
        from message m join conversation c on c.id = m.conversation_id where m.seq = 3
        """
    )
    await set_days(admin, texts_days=90)
    await RetentionWorker(pool).tick()
    assert await words_left(pool) == 1


async def test_a_run_that_breaks_off_goes_on_where_it_was(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    await pool.execute(
        """
        insert into message (conversation_id, seq, kind, origin, body, parts, status, status_rank, created_at)
        select $1, 10 + n, 'inbound', 'customer', 'text ' || n, 1, 'received', 0, now() - interval '95 days'
        from generate_series(1, 4500) n
        """,
        customer.closed,
    )
    await set_days(admin, texts_days=90)
    async with pool.acquire() as connection:
        removed, more = await retention.remove_texts(connection, 90)
    assert (removed, more) == (retention.BATCH, True)
    await RetentionWorker(pool).tick()
    assert await words_left(pool) == 0
    assert await pool.fetchval("select data ->> 'texts' from event where kind = 'AgedRemoved'") == str(
        4504 - retention.BATCH
    )


async def test_days_are_checked_and_each_change_is_noted(admin: httpx.AsyncClient, pool: Pool) -> None:
    assert (await admin.patch(PATH, json={"texts_days": 0})).status_code == 422
    await set_days(admin, texts_days=730)
    assert (await set_days(admin, texts_days=None)) == FOR_EVER
    noted = await pool.fetch("select data from event where kind = 'RetentionChanged' order by id")
    assert [row["data"]["changes"] for row in noted] == [{"texts_days": [None, 730]}, {"texts_days": [730, None]}]
    assert PHONE not in str(noted)


async def test_an_upload_that_was_not_sent_goes_after_a_day(admin: httpx.AsyncClient, pool: Pool) -> None:
    for content in (b"old", b"new"):
        file = {"file": ("a.png", content, "image/png")}
        assert (await admin.post("/api/v1/media", files=file)).status_code == 201
    await pool.execute(
        "update media set created_at = now() - interval '25 hours' where id = (select min(id) from media)"
    )
    await RetentionWorker(pool).tick()
    assert [row["bytes"] for row in await pool.fetch("select bytes from media_blob")] == [b"new"]
    assert await pool.fetchval("select count(*) from media") == 1
