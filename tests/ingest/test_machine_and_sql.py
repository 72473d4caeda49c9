"""The move on a customer's text is written twice: in SQL for batches, in the machine for everybody else. They agree."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.domain.conversations.commands import CustomerWrote
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal
from answerback.domain.conversations.state import Conversation, Policy, State
from answerback.domain.ids import ConversationId, QueueId
from answerback.storage.connection import Pool
from answerback.storage.ingest import TextRow, ingest
from tests.message_stage import Seeded, phone, seed

COLUMNS = [field.name for field in dataclasses.fields(Conversation) if field.name != "policy"]
POLICY = [field.name for field in dataclasses.fields(Policy)]
BY_THE_CLOCK = ("state_since", "queued_at", "affinity_until", "auto_close_at", "waiting_since")


async def put(pool: Pool, seeded: Seeded, state: State, values: dict[str, Any]) -> int:
    contact = await pool.fetchval("insert into contact default values returning id")
    await pool.execute("insert into contact_phone (phone, contact_id) values ($1, $2)", phone(1), contact)
    columns = {
        "number_id": seeded.number_id,
        "workstream_id": seeded.workstream_id,
        "queue_id": seeded.queue_id,
        "contact_id": contact,
        "customer_phone": phone(1),
        "state": state.value,
        **values,
    }
    places = ", ".join(f"${place}" for place in range(1, len(columns) + 1))
    return await pool.fetchval(
        f"insert into conversation ({', '.join(columns)}) values ({places}) returning id", *columns.values()
    )


async def read(pool: Pool, conversation_id: int) -> Conversation:
    row = await pool.fetchrow(
        f"select {', '.join('c.' + column for column in COLUMNS)}, {', '.join('w.' + name for name in POLICY)}"
        " from conversation c join workstream w on w.id = c.workstream_id where c.id = $1",
        conversation_id,
    )
    values = {column: row[column] for column in COLUMNS}
    values |= {"id": ConversationId(row["id"]), "queue_id": QueueId(row["queue_id"]), "state": State(row["state"])}
    return Conversation(policy=Policy(**{name: row[name] for name in POLICY}), **values)


def starting_points(agent: int) -> dict[str, tuple[State, dict[str, Any]]]:
    now = datetime.now(UTC)
    earlier, later = now - timedelta(minutes=5), now + timedelta(minutes=5)
    held = {"agent_id": agent, "auto_close_at": later}
    return {
        "open": (State.OPEN, {"queued_at": earlier, "waiting_since": earlier}),
        "open with affinity": (State.OPEN, {"queued_at": earlier, "affinity_agent_id": agent, "affinity_until": later}),
        "offered": (State.OFFERED, {**held, "queued_at": earlier, "offer_expires_at": later}),
        "active": (State.ACTIVE, held),
        "active and asked": (State.ACTIVE, {**held, "waiting_since": earlier}),
        "waiting": (State.WAITING, held),
        "snoozed": (State.WAITING, {**held, "wake_at": later}),
        "wrap-up": (State.WRAP_UP, {**held, "capacity_until": later}),
        "closed a moment ago": (State.CLOSED, {**held, "closed_at": earlier, "close_reason": "done"}),
    }


@pytest.mark.parametrize("affinity", [True, False])
@pytest.mark.parametrize("name", list(starting_points(1)))
async def test_a_customers_text_moves_as_the_machine_says(pool: Pool, name: str, affinity: bool) -> None:
    seeded = await seed(pool)
    await pool.execute("update workstream set affinity = $1", affinity)
    state, values = starting_points(seeded.agent_id)[name]
    conversation_id = await put(pool, seeded, state, values)
    before = await read(pool, conversation_id)

    now = datetime.now(UTC)
    row = TextRow(seeded.account_id, "SM1", seeded.number_id, phone(1), "Hi", 1, "gsm_7", None, None, True, False, now)
    [new] = await ingest(pool, [row])
    after = await read(pool, conversation_id)

    expected = move(before, CustomerWrote(), now)
    assert new.conversation_id == conversation_id
    assert not isinstance(expected, Illegal)
    rough = {column: roughly(getattr(after, column), getattr(expected.conversation, column)) for column in BY_THE_CLOCK}
    assert all(rough.values()), rough
    for column in set(COLUMNS) - set(BY_THE_CLOCK) - {"version"}:
        assert getattr(after, column) == getattr(expected.conversation, column), column
    assert after.version > before.version
    said = await pool.fetch("select kind, user_id from event where conversation_id = $1 order by id", conversation_id)
    got = sorted((row["kind"], row["user_id"]) for row in said)
    assert got == sorted((event.kind.value, event.user_id) for event in expected.events)


def roughly(one: datetime | None, other: datetime | None) -> bool:
    """Both clocks ran for a moment between the two answers."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < timedelta(seconds=5)


async def test_a_conversation_closed_long_ago_is_not_reopened(pool: Pool) -> None:
    seeded = await seed(pool)
    long_ago = datetime.now(UTC) - timedelta(days=2)
    closed = await put(pool, seeded, State.CLOSED, {"closed_at": long_ago, "close_reason": "done"})

    now = datetime.now(UTC)
    row = TextRow(seeded.account_id, "SM1", seeded.number_id, phone(1), "Hi", 1, "gsm_7", None, None, True, False, now)
    [new] = await ingest(pool, [row])

    assert new.conversation_id != closed
    assert await pool.fetchval("select state from conversation where id = $1", closed) == "closed"
