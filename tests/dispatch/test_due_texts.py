"""Scheduled texts whose time has come: many at once, each asked as if those before it had left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from answerback.domain.sending.gate import About, Purpose
from answerback.storage.connection import Pool
from answerback.usecases.drafts import Draft, Queued
from answerback.usecases.queue_texts import queue_texts
from answerback.usecases.release_texts import cancel_text, release_due_texts
from tests.message_stage import Seeded, phone, seed

LATER = Draft(
    "Your order is on its way.",
    Purpose.PROACTIVE,
    "api",
    about=About.INFORMATIONAL,
    send_at=datetime.now(UTC) + timedelta(hours=2),
)
PEOPLE = [phone(place) for place in range(5)]


async def schedule(pool: Pool, seeded: Seeded, *texts: tuple[str, Draft]) -> list[int]:
    """And their time has come."""
    await pool.execute("update sending_rules set courtesy_hours = false")
    await pool.execute(
        "insert into consent_entry (phone, choice, source)"
        " select phone, 'opt_in', 'form' from unnest($1::text[]) as p (phone)",
        sorted({each for each, _ in texts}),
    )
    async with pool.acquire() as connection, connection.transaction():
        outcomes = await queue_texts(connection, seeded.number_id, texts)
    await pool.execute("update outbox set due_at = now() where state = 'scheduled'")
    await pool.execute("update proactive_send set at = now() where at > now()")
    return [one.message_id for one in outcomes if isinstance(one, Queued)]


async def told(pool: Pool) -> list[tuple[Any, ...]]:
    rows = await pool.fetch(
        """
        select c.customer_phone, m.seq, m.status, m.error_class, o.state, c.last_seq, c.last_preview
        from message m join conversation c on c.id = m.conversation_id left join outbox o on o.message_id = m.id
        order by m.id
        """
    )
    return [tuple(row) for row in rows]


async def test_texts_that_are_due_stand_at_the_end_of_their_threads_in_their_order(pool: Pool) -> None:
    seeded = await seed(pool)
    again = replace(LATER, body="It is there.")
    await schedule(pool, seeded, (PEOPLE[0], LATER), (PEOPLE[1], LATER), (PEOPLE[0], again))
    assert not await release_due_texts(pool)
    assert await told(pool) == [
        (PEOPLE[0], 3, "queued", None, "queued", 4, "It is there."),
        (PEOPLE[1], 2, "queued", None, "queued", 2, "Your order is on its way."),
        (PEOPLE[0], 4, "queued", None, "queued", 4, "It is there."),
    ]
    kinds = await pool.fetch("select kind, count(*) from event group by kind order by kind")
    assert [tuple(row) for row in kinds] == [("MessageQueued", 3), ("MessageScheduled", 3)]


async def test_of_many_that_are_due_as_many_leave_as_the_cap_still_lets(pool: Pool) -> None:
    seeded = await seed(pool)
    await pool.execute("update number set daily_cap = 2")
    await schedule(pool, seeded, *((each, LATER) for each in PEOPLE))
    await pool.execute("insert into blocked_phone (phone) values ($1)", PEOPLE[0])
    await release_due_texts(pool)
    assert [(status, error, state) for _, _, status, error, state, *_ in await told(pool)] == [
        ("refused", "blocked", None),
        ("queued", None, "queued"),
        ("queued", None, "queued"),
        ("scheduled", None, "scheduled"),
        ("scheduled", None, "scheduled"),
    ]
    assert await pool.fetchval("select min(due_at) > now() from outbox where state = 'scheduled'")


async def test_a_text_does_not_count_itself_among_those_the_customer_got_unasked(pool: Pool) -> None:
    seeded = await seed(pool)
    await pool.execute("update sending_rules set own_cap_texts = 1, own_cap_hours = 24")
    await schedule(pool, seeded, (PEOPLE[0], LATER))
    await release_due_texts(pool)
    assert [status for _, _, status, *_ in await told(pool)] == ["queued"]


async def test_of_two_that_are_due_for_one_customer_one_leaves_and_one_waits_for_its_own_day(pool: Pool) -> None:
    seeded = await seed(pool)
    await schedule(pool, seeded, (PEOPLE[0], LATER), (PEOPLE[0], LATER))
    await pool.execute("update sending_rules set own_cap_texts = 1, own_cap_hours = 24")
    await release_due_texts(pool)
    assert [status for _, _, status, *_ in await told(pool)] == ["queued", "scheduled"]


async def test_a_text_of_today_does_not_wait_for_one_of_tomorrow(pool: Pool) -> None:
    seeded = await seed(pool)
    await schedule(pool, seeded, (PEOPLE[0], LATER))
    async with pool.acquire() as connection, connection.transaction():
        tomorrow = replace(LATER, send_at=datetime.now(UTC) + timedelta(hours=26))
        await queue_texts(connection, seeded.number_id, [(PEOPLE[0], tomorrow)])
    await pool.execute("update sending_rules set own_cap_texts = 1, own_cap_hours = 24")
    await release_due_texts(pool)
    assert [status for _, _, status, *_ in await told(pool)] == ["queued", "scheduled"]


async def test_a_text_that_was_taken_back_is_not_counted(pool: Pool) -> None:
    seeded = await seed(pool)
    await pool.execute("update sending_rules set own_cap_texts = 1, own_cap_hours = 24")
    [message_id] = await schedule(pool, seeded, (PEOPLE[0], LATER))
    await cancel_text(pool, message_id, seeded.agent_id)
    async with pool.acquire() as connection, connection.transaction():
        now = replace(LATER, send_at=None)
        [outcome] = await queue_texts(connection, seeded.number_id, [(PEOPLE[0], now)])
    assert isinstance(outcome, Queued)
