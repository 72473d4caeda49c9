"""Workstreams: how the work that arrives on their numbers is handled."""

from datetime import datetime
from typing import Annotated, Literal

import asyncpg
import msgspec
from msgspec import Meta

from answerback.storage.connection import Connection, Database

SELECT = """
select id, name, mode, queue_id, offer_seconds, auto_accept, decline_limit, units, affinity, affinity_grace_seconds,
       wrap_up_capacity, wrap_up_seconds, reopen_seconds, agent_lost_rule, auto_close_open_seconds,
       auto_close_active_seconds, auto_close_waiting_seconds, auto_close_wrap_up_seconds, survey, media,
       fail_over, created_at
from workstream
"""


class Survey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question by text when an agent's work ends, answered with a figure from 1 to 5; words by language (BCP 47)."""

    active: bool = False
    questions: dict[str, str] = {}
    thanks: dict[str, str] = {}
    answer_hours: Annotated[int, Meta(ge=1, le=720, description="How long an answer counts as one.")] = 24


MediaKind = Literal["image", "audio", "video", "file"]


class MediaPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which kinds of files are taken from customers, and whether agents may send any."""

    receive: list[MediaKind] = msgspec.field(default_factory=lambda: ["image", "audio", "video", "file"])
    send: bool = True


class Workstream(msgspec.Struct, frozen=True):
    """A workstream as the API shows it; times in seconds. `queue_id` is the fallback queue."""

    id: int
    name: str
    mode: str
    queue_id: int
    offer_seconds: int
    auto_accept: bool
    decline_limit: int
    units: int
    affinity: bool
    affinity_grace_seconds: int
    wrap_up_capacity: str
    wrap_up_seconds: int
    reopen_seconds: int
    agent_lost_rule: str
    auto_close_open_seconds: int
    auto_close_active_seconds: int
    auto_close_waiting_seconds: int
    auto_close_wrap_up_seconds: int
    survey: Survey
    media: MediaPolicy
    fail_over: bool
    created_at: datetime


async def list_workstreams(connection: Database, after: int, limit: int) -> list[Workstream]:
    rows = await connection.fetch(SELECT + " where id > $1 order by id limit $2", after, limit)
    return [_workstream(row) for row in rows]


async def get_workstream(connection: Database, workstream_id: int) -> Workstream | None:
    row = await connection.fetchrow(SELECT + " where id = $1", workstream_id)
    return _workstream(row) if row else None


async def lock_workstream(connection: Connection, workstream_id: int) -> Workstream | None:
    row = await connection.fetchrow(SELECT + " where id = $1 for update", workstream_id)
    return _workstream(row) if row else None


async def insert_workstream(connection: Connection, workstream: Workstream) -> Workstream:
    """`id` and `created_at` are ignored."""
    row = await connection.fetchrow(
        """
        insert into workstream (name, mode, queue_id, offer_seconds, auto_accept, decline_limit, units, affinity,
            affinity_grace_seconds, wrap_up_capacity, wrap_up_seconds, reopen_seconds, agent_lost_rule,
            auto_close_open_seconds, auto_close_active_seconds, auto_close_waiting_seconds, auto_close_wrap_up_seconds,
            survey, media, fail_over)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        returning id, created_at
        """,
        *_values(workstream),
    )
    assert row is not None
    return msgspec.structs.replace(workstream, id=row["id"], created_at=row["created_at"])


async def update_workstream(connection: Connection, workstream: Workstream) -> None:
    await connection.execute(
        """
        update workstream set name = $1, mode = $2, queue_id = $3, offer_seconds = $4, auto_accept = $5,
            decline_limit = $6, units = $7, affinity = $8, affinity_grace_seconds = $9, wrap_up_capacity = $10,
            wrap_up_seconds = $11, reopen_seconds = $12, agent_lost_rule = $13, auto_close_open_seconds = $14,
            auto_close_active_seconds = $15, auto_close_waiting_seconds = $16, auto_close_wrap_up_seconds = $17,
            survey = $18, media = $19, fail_over = $20
        where id = $21
        """,
        *_values(workstream),
        workstream.id,
    )


def _workstream(row: asyncpg.Record) -> Workstream:
    survey, media = msgspec.convert((row["survey"], row["media"]), tuple[Survey, MediaPolicy])
    return Workstream(**{**row, "survey": survey, "media": media})


def _values(workstream: Workstream) -> list[object]:
    """Every column but id and created_at, in the order of the struct."""
    return list(msgspec.structs.astuple(workstream)[1:-1])


async def delete_workstream(connection: Connection, workstream_id: int) -> None:
    await connection.execute("delete from workstream where id = $1", workstream_id)


async def uses_of_workstream(connection: Database, workstream_id: int) -> tuple[str, ...]:
    """What needs this workstream, in words."""
    rows = await connection.fetch(
        """
        (select 'number ' || address as use from number where workstream_id = $1 order by address limit 5)
        union all
        (select 'conversations that came in through it' from conversation where workstream_id = $1 limit 1)
        """,
        workstream_id,
    )
    return tuple(row["use"] for row in rows)
