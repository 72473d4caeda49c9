"""Many texts at once end as the same rows as one after another: whatever the gate says, and whatever they use up."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.domain.sending.gate import About, Deferred, Purpose
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import contact_of, contacts_of, thread_of
from answerback.storage.messages import lock_conversation
from answerback.usecases.drafts import Draft, Queued, RefusedText
from answerback.usecases.queue_text import queue_text
from answerback.usecases.queue_texts import queue_texts
from tests.message_stage import Seeded, phone, seed

LETTER = Draft("Your order is on its way.", Purpose.PROACTIVE, "campaign", about=About.INFORMATIONAL, subject="Spring")
AGREED, WROTE, SILENT, BLOCKED, GONE, KNOWN = map(phone, range(6))
LONG = replace(LETTER, body="A long story. " * 12)

MANY: list[tuple[str, Draft]] = [
    (AGREED, LETTER),
    (WROTE, replace(LETTER, author_id=1, origin="api", subject="")),
    (SILENT, LETTER),
    (BLOCKED, LETTER),
    (GONE, replace(LETTER, body="¿Qué? 你好")),
    (KNOWN, LONG),
    (AGREED, replace(LETTER, body="")),
    (AGREED, replace(LETTER, send_at=datetime.now(UTC) + timedelta(hours=3))),
    (KNOWN, replace(LETTER, origin="flow", about=None)),
    (WROTE, replace(LETTER, purpose=Purpose.REPLY, origin="agent", author_id=1, about=None, body="Yes?")),
    (KNOWN, replace(LETTER, patient=True)),
    (KNOWN, replace(LETTER, subject="Summer")),
    (WROTE, replace(LETTER, purpose=Purpose.AUTOMATED, origin="automated", about=None)),
    (phone(7), replace(LETTER, patient=True)),
    (phone(8), LETTER),
    (AGREED, LONG),
]
ROWS = {
    "contact_phone": "select phone, contact_id from contact_phone order by phone",
    "conversation": "select * from conversation order by id",
    "message": "select * from message order by id",
    "outbox": "select * from outbox order by message_id",
    "proactive_send": "select * from proactive_send order by message_id",
    "event": "select * from event order by id",
}
LIMITS = {
    "none": "select 1",
    "their_own_cap": "update sending_rules set own_cap_texts = 2, own_cap_hours = 24",
    "a_daily_cap": "update number set daily_cap = 6",
    "a_weekly_cap_of_which_much_is_gone": "update number set weekly_cap = 5",
    "a_budget": "update number set price_per_part = 0.05, monthly_budget = 0.33",
    "a_number_switched_off": "update number set active = false",
    "a_number_without_texts": "update number set capabilities = '{voice}'",
}
Way = Callable[[Connection, int, Sequence[tuple[str, Draft]]], Awaitable[list[Any]]]


async def one_by_one(connection: Connection, number_id: int, texts: Sequence[tuple[str, Draft]]) -> list[Any]:
    outcomes = []
    for each, draft in texts:
        contact = await contact_of(connection, each)
        facts = await lock_conversation(connection, await thread_of(connection, number_id, contact, each))
        assert facts is not None
        outcomes.append(await queue_text(connection, facts, draft))
    return outcomes


async def say(pool: Pool, who: str, choice: str, source: str) -> None:
    await pool.execute("insert into consent_entry (phone, choice, source) values ($1, $2, $3)", who, choice, source)


async def people(pool: Pool, seeded: Seeded) -> None:
    await pool.execute("update sending_rules set courtesy_hours = false")
    for each in (AGREED, WROTE, KNOWN, phone(7), phone(8)):
        await say(pool, each, "opt_in", "form")
    await say(pool, GONE, "opt_out", "keyword")
    await pool.execute("insert into blocked_phone (phone, reason) values ($1, '')", BLOCKED)
    await pool.execute(
        "insert into number_usage (number_id, day, parts, texts) values ($1, current_date, 1, 1)", seeded.number_id
    )
    async with pool.acquire() as connection:
        await contact_of(connection, KNOWN)
        contact = await contact_of(connection, WROTE)
        await connection.execute(
            """
            insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id,
                                      waiting_since, unread, last_seq, last_inbound_at, last_message_at, last_preview)
            values ($1, $2, $3, $4, $5, 'active', $6, now(), 2, 2, now(), now(), 'Anybody?')
            """,
            seeded.number_id,
            seeded.workstream_id,
            seeded.queue_id,
            contact,
            WROTE,
            seeded.agent_id,
        )


async def what_it_leaves(pool: Pool, seeded: Seeded, way: Way) -> dict[str, Any]:
    """The rows and outcomes, told so that two runs can be compared; then everything is as it was."""
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            texts = [(each, replace(draft, author_id=draft.author_id and seeded.agent_id)) for each, draft in MANY]
            outcomes = await way(connection, seeded.number_id, texts)
            rows = {name: [dict(row) for row in await connection.fetch(query)] for name, query in ROWS.items()}
            return tell(rows, await connection.fetchval("select now()")) | {
                "outcomes": [outcome_of(one) for one in outcomes]
            }
        finally:
            await transaction.rollback()


def tell(rows: dict[str, list[dict[str, Any]]], now: datetime) -> dict[str, Any]:
    """Ids by their order, times by their distance from now in steps of ten minutes."""
    orders = {
        "conversation": {row["id"]: place for place, row in enumerate(rows["conversation"])},
        "message": {row["id"]: place for place, row in enumerate(rows["message"])},
        "contact": {row["contact_id"]: row["phone"] for row in rows["contact_phone"]},
    }
    whose = {"contact_id": "contact", "conversation_id": "conversation", "message_id": "message"}

    def plain(table: str, name: str, value: Any) -> Any:
        if isinstance(value, datetime):
            return round((value - now).total_seconds() / 600)
        if value is not None and name in whose:
            return orders[whose[name]][value]
        if name == "id":
            return orders.get(table, {}).get(value)
        if isinstance(value, dict) and "until" in value:
            return value | {"until": plain(table, "until", datetime.fromisoformat(value["until"]))}
        return None if name == "xid" else value

    return {
        table: [{name: plain(table, name, value) for name, value in row.items()} for row in found]
        for table, found in rows.items()
    }


def outcome_of(outcome: Queued | RefusedText | Deferred) -> object:
    match outcome:
        case Queued(_, due_at, deferred):
            return "queued", due_at is not None, deferred and deferred.sentence
        case RefusedText(_, refusal):
            return "refused", refusal.reason, refusal.sentence
        case Deferred():
            return "deferred", outcome.reason


@pytest.mark.parametrize("limit", LIMITS)
async def test_many_at_once_leave_the_rows_that_one_after_another_leave(pool: Pool, limit: str) -> None:
    seeded = await seed(pool)
    await people(pool, seeded)
    await pool.execute(LIMITS[limit])
    singly = await what_it_leaves(pool, seeded, one_by_one)
    at_once = await what_it_leaves(pool, seeded, queue_texts)
    for name, rows in singly.items():
        assert json.dumps(at_once[name], default=str, indent=1) == json.dumps(rows, default=str, indent=1), name
    kinds = {one[0] for one in at_once["outcomes"]}
    assert kinds == ({"refused"} if "number_" in limit else {"queued", "refused"})


async def test_what_a_cap_still_lets_through_is_counted_within_the_batch(pool: Pool) -> None:
    seeded = await seed(pool)
    await people(pool, seeded)
    await pool.execute("update number set daily_cap = 3")
    async with pool.acquire() as connection, connection.transaction():
        outcomes = await queue_texts(
            connection, seeded.number_id, [(each, LETTER) for each in (AGREED, WROTE, KNOWN, phone(7))]
        )
    assert [type(one) for one in outcomes] == [Queued, Queued, RefusedText, RefusedText]


async def test_who_wants_to_wait_by_themselves_get_no_row_for_a_text_that_may_not_leave_yet(pool: Pool) -> None:
    seeded = await seed(pool)
    await people(pool, seeded)
    await pool.execute("update sending_rules set own_cap_texts = 1, own_cap_hours = 24")
    async with pool.acquire() as connection, connection.transaction():
        texts = [(AGREED, LETTER), (SILENT, LETTER), (AGREED, LETTER), (KNOWN, LETTER)]
        outcomes = await queue_texts(connection, seeded.number_id, texts, keep_deferred=False)
    assert [type(one) for one in outcomes] == [Queued, RefusedText, Deferred, Queued]
    assert await pool.fetchval("select count(*) from message") == 3
    assert outcomes[2].until > datetime.now(UTC) + timedelta(hours=23)


async def test_another_phone_of_a_contact_gets_its_own_thread(pool: Pool) -> None:
    seeded = await seed(pool)
    await people(pool, seeded)
    other = phone(8)
    await pool.execute(
        "insert into contact_phone (phone, contact_id) select $1, contact_id from contact_phone where phone = $2",
        other,
        WROTE,
    )
    async with pool.acquire() as connection, connection.transaction():
        (outcome,) = await queue_texts(connection, seeded.number_id, [(other, LETTER)])
        assert isinstance(outcome, Queued)
    texted = await pool.fetchval(
        "select c.customer_phone from message m join conversation c on c.id = m.conversation_id where m.id = $1",
        outcome.message_id,
    )
    assert texted == other


async def test_no_texts_are_no_rows(pool: Pool) -> None:
    seeded = await seed(pool)
    async with pool.acquire() as connection, connection.transaction():
        assert await queue_texts(connection, seeded.number_id, []) == []
        with pytest.raises(LookupError):
            await queue_texts(connection, 10**9, [(AGREED, LETTER)])


@pytest.mark.parametrize("known", [False, True])
async def test_batches_at_once_to_the_same_phones_know_of_each_other(pool: Pool, known: bool) -> None:
    seeded = await seed(pool)
    await pool.execute("update sending_rules set courtesy_hours = false, own_cap_texts = 1, own_cap_hours = 24")
    agreed = [phone(place) for place in range(100, 150)]
    for each in agreed:
        await say(pool, each, "opt_in", "form")
    if known:
        async with pool.acquire() as connection:
            await contacts_of(connection, agreed)

    async def send(phones: Sequence[str]) -> list[Any]:
        async with pool.acquire() as connection, connection.transaction():
            texts = [(each, LETTER) for each in phones]
            return await queue_texts(connection, seeded.number_id, texts, keep_deferred=False)

    outcomes = await asyncio.gather(send(agreed), send(agreed[::-1]), send(agreed))
    kinds = Counter(type(one) for batch in outcomes for one in batch)
    assert kinds == {Queued: 50, Deferred: 100}
    assert await pool.fetchval("select count(*) from conversation") == 50
    assert await pool.fetchval("select count(*) from contact") == 50
