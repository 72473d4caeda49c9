"""Calls as decisions need them: made once whatever is told how often, found under a lock, moved on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Connection, Database

COLUMNS = """
    id, provider_account_id, number_id, contact_id, conversation_id, direction, phone, agent_id, status, status_rank,
    handled, started_at, answered_at
"""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call, locked until the transaction ends. `handled` "" for one of ours; `phone` "" where withheld."""

    id: int
    provider_account_id: int
    number_id: int
    contact_id: int | None
    conversation_id: int | None
    direction: str
    phone: str
    agent_id: int | None
    status: str
    status_rank: int
    handled: str
    started_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call about to be stored. `provider_call_id` None: about to be placed."""

    provider_account_id: int
    provider_call_id: str | None
    number_id: int
    direction: str
    phone: str
    status: str
    status_rank: int
    handled: str = ""
    contact_id: int | None = None
    conversation_id: int | None = None
    agent_id: int | None = None
    client_key: str | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a call stands from now on. `ended` and `answered`: from this moment, where it was not before."""

    status: str
    status_rank: int
    answered: bool = False
    ended: bool = False
    duration_seconds: int | None = None
    trouble: str = ""


async def add_call(connection: Connection, call: NewCall) -> int | None:
    """Its id; None where the provider's call is here already."""
    call_id: int | None = await connection.fetchval(
        """
        insert into voice_call (provider_account_id, provider_call_id, number_id, direction, phone, status, status_rank,
                                handled, contact_id, conversation_id, agent_id, client_key, started_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, least(coalesce($13, now()), now()))
        on conflict (provider_account_id, provider_call_id) where provider_call_id is not null do nothing
        returning id
        """,
        call.provider_account_id,
        call.provider_call_id,
        call.number_id,
        call.direction,
        call.phone,
        call.status,
        call.status_rank,
        call.handled,
        call.contact_id,
        call.conversation_id,
        call.agent_id,
        call.client_key,
        call.started_at,
    )
    return call_id


async def lock_call(
    connection: Connection, account_id: int, provider_call_id: str, our_call_id: int | None
) -> CallRow | None:
    """By our id where the news names it, else by the provider's."""
    by_ours = "id = $2 and provider_account_id = $1 and direction = 'outbound'"
    by_theirs = "provider_call_id = $2 and provider_account_id = $1"
    row = await connection.fetchrow(
        f"select {COLUMNS} from voice_call where {by_theirs if our_call_id is None else by_ours} for update",
        account_id,
        provider_call_id if our_call_id is None else our_call_id,
    )
    return CallRow(**row) if row else None


async def lock_call_by_id(connection: Connection, call_id: int) -> CallRow:
    row = await connection.fetchrow(f"select {COLUMNS} from voice_call where id = $1 for update", call_id)
    assert row is not None
    return CallRow(**row)


async def place_in_thread(connection: Connection, call_id: int, contact_id: int, conversation_id: int) -> None:
    await connection.execute(
        "update voice_call set contact_id = $2, conversation_id = $3 where id = $1",
        call_id,
        contact_id,
        conversation_id,
    )


async def move_call(connection: Connection, call_id: int, progress: Progress) -> None:
    await connection.execute(
        """
        update voice_call set status = $2, status_rank = $3,
            answered_at = case when $4 then coalesce(answered_at, now()) else answered_at end,
            ended_at = case when $5 then coalesce(ended_at, now()) else ended_at end,
            duration_seconds = coalesce($6, case when $5 and answered_at is not null
                                                 then extract(epoch from now() - answered_at)::int end),
            trouble = case when $7 = '' then trouble else $7 end
        where id = $1
        """,
        call_id,
        progress.status,
        progress.status_rank,
        progress.answered,
        progress.ended,
        progress.duration_seconds,
        progress.trouble,
    )


async def bind_call(connection: Connection, call_id: int, provider_call_id: str) -> None:
    """The provider's name for a call of ours, once it is known."""
    await connection.execute(
        "update voice_call set provider_call_id = $2 where id = $1 and provider_call_id is null",
        call_id,
        provider_call_id,
    )


async def note_text_back(connection: Connection, call_id: int, message_id: int) -> None:
    await connection.execute("update voice_call set text_back_id = $2 where id = $1", call_id, message_id)


async def last_text_back(connection: Connection, number_id: int, phone: str) -> datetime | None:
    """When the number last texted this caller back."""
    at: datetime | None = await connection.fetchval(
        "select max(started_at) from voice_call where number_id = $1 and phone = $2 and text_back_id is not null",
        number_id,
        phone,
    )
    return at


async def find_placed(database: Database, agent_id: int, client_key: str) -> int | None:
    """The call that this agent has placed with this key."""
    found: int | None = await database.fetchval(
        "select id from voice_call where agent_id = $1 and client_key = $2", agent_id, client_key
    )
    return found


async def read_outgoing(database: Database, call_id: int) -> tuple[str, str, str] | None:
    """Customer's phone, our number and status of a call of ours."""
    row = await database.fetchrow(
        "select c.phone, n.address, c.status from voice_call c join number n on n.id = c.number_id"
        " where c.id = $1 and c.direction = 'outbound'",
        call_id,
    )
    return (row["phone"], row["address"], row["status"]) if row else None


async def read_status(database: Database, account_id: int, provider_call_id: str) -> str | None:
    status: str | None = await database.fetchval(
        "select status from voice_call where provider_account_id = $1 and provider_call_id = $2",
        account_id,
        provider_call_id,
    )
    return status


async def claim_silent(connection: Connection, statuses: Sequence[str], seconds: int) -> list[CallRow]:
    """Calls of which nothing was heard for longer than any lasts; locked, those that others hold left out."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS} from voice_call
        where ended_at is null and status = any ($1::text[]) and started_at < now() - make_interval(secs => $2)
        order by id limit 100 for update skip locked
        """,
        statuses,
        seconds,
    )
    return [CallRow(**row) for row in rows]
