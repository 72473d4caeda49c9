"""What `ingest_texts` does to a conversation is what the state machine says a customer's text does.

The function moves whole batches in the database; the machine is where the rules are read. This holds them together.
"""

import dataclasses
from datetime import datetime, timedelta

import pytest

from answerback.domain.conversations.closing import NOT_ROUTED
from answerback.domain.conversations.commands import CustomerWrote
from answerback.domain.conversations.holding import FAR_FUTURE
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal, Moved
from answerback.domain.conversations.state import HELD, Conversation, State
from answerback.storage.connection import Connection, Pool
from answerback.storage.conversations import COLUMNS, lock_conversations
from tests.message_stage import Seeded, phone

AGO = timedelta(hours=1)
COMPARED = [name for name in COLUMNS if name != "version"]  # a reopened conversation counts two writes as two versions


async def stand(connection: Connection, seeded: Seeded, state: State, **columns: object) -> int:
    """A conversation in `state` since an hour ago, as the machine would have left it, with `columns` set besides."""
    now: datetime = await connection.fetchval("select now()")
    contact = await connection.fetchval("insert into contact default values returning id")
    await connection.execute("insert into contact_phone (phone, contact_id) values ($1, $2)", phone(1), contact)
    row: dict[str, object] = {
        "number_id": seeded.number_id,
        "workstream_id": seeded.workstream_id,
        "queue_id": seeded.queue_id,
        "contact_id": contact,
        "customer_phone": phone(1),
        "state": state.value,
        "state_since": now - AGO,
        "agent_id": seeded.agent_id if state in HELD or state is State.CLOSED else None,
        "queued_at": None if state is State.CLOSED else now - 2 * AGO,
        "offer_expires_at": now + AGO if state is State.OFFERED else None,
        "capacity_until": FAR_FUTURE if state is State.WRAP_UP else None,
        "auto_close_at": None if state is State.CLOSED else now + AGO,
        "closed_at": now - AGO if state is State.CLOSED else None,
        "close_reason": "agent" if state is State.CLOSED else None,
    }
    for name, value in columns.items():
        row[name] = now + value if isinstance(value, timedelta) else value
    places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
    return await connection.fetchval(
        f"insert into conversation ({', '.join(row)}) values ({places}) returning id", *row.values()
    )


async def write_as_customer(connection: Connection, seeded: Seeded) -> None:
    await connection.fetch(
        "select * from ingest_texts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [seeded.account_id], ["SM1"], [seeded.number_id], [phone(1)], ["Hello"], [1],
        ["gsm_7"], [None], [None], [True], [False],
    )  # fmt: skip


async def read(connection: Connection, conversation_id: int) -> tuple[Conversation, list[tuple[str, int | None]]]:
    (locked,) = await lock_conversations(connection, [conversation_id])
    events = await connection.fetch("select kind, user_id from event where conversation_id = $1", conversation_id)
    return locked.conversation, sorted(((row["kind"], row["user_id"]) for row in events), key=str)


async def set_policy(connection: Connection, seeded: Seeded, *, affinity: bool, reopen_seconds: int = 86_400) -> None:
    await connection.execute(
        "update workstream set affinity = $2, reopen_seconds = $3, affinity_grace_seconds = 77,"
        " auto_close_open_seconds = 1000, auto_close_active_seconds = 2000 where id = $1",
        seeded.workstream_id,
        affinity,
        reopen_seconds,
    )


@pytest.mark.parametrize("affinity", [True, False], ids=["affinity", "no affinity"])
@pytest.mark.parametrize(
    ("state", "columns"),
    [
        (State.OPEN, {}),
        (State.OPEN, {"waiting_since": -AGO, "affinity_until": AGO}),
        (State.OFFERED, {}),
        (State.ACTIVE, {}),
        (State.ACTIVE, {"waiting_since": -AGO}),
        (State.WAITING, {}),
        (State.WAITING, {"wake_at": AGO, "waiting_since": -AGO}),
        (State.WRAP_UP, {}),
        (State.CLOSED, {}),
        (State.CLOSED, {"agent_id": None}),
        (State.CLOSED, {"disposition": "solved"}),
    ],
    ids=str,
)
async def test_a_text_moves_a_conversation_as_the_machine_does(
    pool: Pool, seeded: Seeded, state: State, columns: dict[str, object], affinity: bool
) -> None:
    if "affinity_until" in columns:
        columns = {**columns, "affinity_agent_id": seeded.agent_id}
    async with pool.acquire() as connection, connection.transaction():
        await set_policy(connection, seeded, affinity=affinity)
        conversation_id = await stand(connection, seeded, state, **columns)
        before, _ = await read(connection, conversation_id)
        expected = move(before, CustomerWrote(), await connection.fetchval("select now()"))
        await write_as_customer(connection, seeded)
        after, told = await read(connection, conversation_id)
    assert isinstance(expected, Moved)
    assert {name: getattr(after, name) for name in COMPARED} == {
        name: getattr(expected.conversation, name) for name in COMPARED
    }
    assert told == sorted(((event.kind.value, event.user_id) for event in expected.events), key=str)
    assert after.version > before.version


@pytest.mark.parametrize(
    ("columns", "reopen_seconds"),
    [({"closed_at": -timedelta(days=2)}, 86_400), ({"close_reason": NOT_ROUTED}, 86_400), ({}, 0)],
    ids=["too long ago", "never routed", "window of zero"],
)
async def test_where_the_machine_refuses_the_text_starts_a_new_conversation(
    pool: Pool, seeded: Seeded, columns: dict[str, object], reopen_seconds: int
) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await set_policy(connection, seeded, affinity=True, reopen_seconds=reopen_seconds)
        old_id = await stand(connection, seeded, State.CLOSED, **columns)
        before, _ = await read(connection, old_id)
        assert isinstance(move(before, CustomerWrote(), await connection.fetchval("select now()")), Illegal)
        await write_as_customer(connection, seeded)
        after, told = await read(connection, old_id)
        new_id = await connection.fetchval("select id from conversation where id <> $1", old_id)
        new, opening = await read(connection, new_id)
    assert (after, told) == (before, [])
    assert (new.state, new.queued_at, new.agent_id) == (State.OPEN, new.waiting_since, None)
    assert opening == [("ConversationOpened", None), ("MessageReceived", None)]


def test_every_column_that_a_move_may_change_is_compared() -> None:
    assert set(COMPARED) | {"version", "policy"} == {field.name for field in dataclasses.fields(Conversation)}
