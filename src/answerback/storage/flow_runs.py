"""Runs of flows: begun once for each trigger, claimed when due, written back in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class Beginning:
    """A run to begin. `key` names what it begins by: the same key begins one run of a flow, ever."""

    flow_id: int
    version: int
    contact_id: int
    phone: str
    number_id: int
    key: str
    alone: bool
    first: str
    facts: dict[str, Any]


@dataclass(slots=True)
class Run:
    """A run under the hands of a runner, which changes it and writes it back."""

    id: int
    flow_id: int
    version: int
    contact_id: int
    phone: str
    number_id: int
    state: str
    step: str | None
    resume_at: datetime | None
    facts: dict[str, Any]
    places: int
    tries: int
    call_place: int
    outcome: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a run's diary."""

    run_id: int
    place: int
    step: str
    kind: str
    what: str
    message_id: int | None = None


class FlowRun(msgspec.Struct, frozen=True):
    """A run as people see it."""

    id: int
    flow_id: int
    version: int
    contact_id: int
    contact_name: str
    phone: str
    state: str
    step: str | None
    resume_at: datetime | None
    outcome: str | None
    problem: str
    began_at: datetime
    ended_at: datetime | None


class DiaryLine(msgspec.Struct, frozen=True):
    place: int
    step: str
    kind: str
    what: str
    message_id: int | None
    at: datetime


CLAIM = """
select id, flow_id, version, contact_id, phone, number_id, state, step, resume_at, facts, places, tries, call_place
from flow_run where state <> 'ended' and resume_at <= now()
order by resume_at limit $1 for update skip locked
"""


async def begin_runs(connection: Connection, beginnings: Sequence[Beginning]) -> list[int]:
    """Ids of those that began; a key that was used, or a contact who is in the flow already, begins nothing."""
    rows = await connection.fetch(
        """
        insert into flow_run (flow_id, version, contact_id, phone, number_id, trigger_key, alone, step, facts, state,
                              resume_at)
        select b.flow_id, b.version, b.contact_id, b.phone, b.number_id, b.key, b.alone, b.first, b.facts, 'ready',
               now()
        from unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::bool[], $8::text[],
                    $9::jsonb[]) as b (flow_id, version, contact_id, phone, number_id, key, alone, first, facts)
        on conflict do nothing returning id
        """,
        [one.flow_id for one in beginnings],
        [one.version for one in beginnings],
        [one.contact_id for one in beginnings],
        [one.phone for one in beginnings],
        [one.number_id for one in beginnings],
        [one.key for one in beginnings],
        [one.alone for one in beginnings],
        [one.first for one in beginnings],
        [one.facts for one in beginnings],
    )
    return [row["id"] for row in rows]


async def claim_due(connection: Connection, limit: int) -> list[Run]:
    """Held by this transaction; other runners pass them by."""
    return [Run(**row) for row in await connection.fetch(CLAIM, limit)]


async def lock_runs(connection: Connection, run_ids: Sequence[int], state: str) -> list[Run]:
    """Those still in that state, held by this transaction."""
    rows = await connection.fetch(
        CLAIM.partition("from")[0]
        + "from flow_run where id = any ($1::bigint[]) and state = $2 order by id for update",
        run_ids,
        state,
    )
    return [Run(**row) for row in rows]


async def save_runs(connection: Connection, runs: Sequence[Run], diary: Sequence[Line]) -> None:
    """Two statements, whatever their number."""
    await connection.execute(
        """
        update flow_run r
        set state = n.state, step = n.step, resume_at = n.resume_at, facts = n.facts, places = n.places,
            tries = n.tries, call_place = n.call_place, outcome = n.outcome, problem = n.problem,
            ended_at = case when n.state = 'ended' then now() end
        from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::jsonb[], $6::int[], $7::int[],
                    $8::text[], $9::text[], $10::int[])
            as n (id, state, step, resume_at, facts, places, tries, outcome, problem, call_place)
        where r.id = any ($1::bigint[]) and r.id = n.id   -- the array forces the primary key
        """,
        [run.id for run in runs],
        [run.state for run in runs],
        [run.step for run in runs],
        [run.resume_at for run in runs],
        [run.facts for run in runs],
        [run.places for run in runs],
        [run.tries for run in runs],
        [run.outcome for run in runs],
        [run.problem for run in runs],
        [run.call_place for run in runs],
    )
    await connection.execute(
        """
        insert into flow_run_step (run_id, place, step, kind, what, message_id)
        select * from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[])
        """,
        [line.run_id for line in diary],
        [line.place for line in diary],
        [line.step for line in diary],
        [line.kind for line in diary],
        [line.what for line in diary],
        [line.message_id for line in diary],
    )


async def listeners_of(connection: Connection, contact_ids: Sequence[int]) -> dict[tuple[int, int], list[int]]:
    """Runs that wait for a customer's text, by contact and number; the oldest first."""
    rows = await connection.fetch(
        """
        select id, contact_id, number_id from flow_run
        where contact_id = any ($1::bigint[]) and state = 'listening' order by id
        """,
        contact_ids,
    )
    found: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        found.setdefault((row["contact_id"], row["number_id"]), []).append(row["id"])
    return found


async def end_runs_of(connection: Connection, contact_ids: Sequence[int], outcome: str, problem: str) -> int:
    """All that are under way for these contacts; how many."""
    if not contact_ids:
        return 0
    rows = await connection.fetch(
        """
        update flow_run set state = 'ended', step = null, resume_at = null, outcome = $2, problem = $3, ended_at = now()
        where contact_id = any ($1::bigint[]) and state <> 'ended' returning id
        """,
        contact_ids,
        outcome,
        problem,
    )
    return len(rows)


async def end_run(connection: Connection, flow_id: int, run_id: int) -> bool:
    """By a person; whether it was under way."""
    row = await connection.fetchrow(
        """
        update flow_run set state = 'ended', step = null, resume_at = null, outcome = 'stopped', ended_at = now()
        where id = $1 and flow_id = $2 and state <> 'ended' returning id
        """,
        run_id,
        flow_id,
    )
    return row is not None


async def list_runs(database: Database, flow_id: int, before: int, limit: int) -> list[FlowRun]:
    """The newest first."""
    rows = await database.fetch(
        """
        select r.id, r.flow_id, r.version, r.contact_id, t.name as contact_name, r.phone, r.state, r.step, r.resume_at,
               r.outcome, r.problem, r.began_at, r.ended_at
        from flow_run r join contact t on t.id = r.contact_id
        where r.flow_id = $1 and r.id < $2 order by r.id desc limit $3
        """,
        flow_id,
        before,
        limit,
    )
    return [FlowRun(**row) for row in rows]


async def read_diary(database: Database, flow_id: int, run_id: int) -> list[DiaryLine]:
    rows = await database.fetch(
        """
        select s.place, s.step, s.kind, s.what, s.message_id, s.at
        from flow_run_step s join flow_run r on r.id = s.run_id
        where s.run_id = $1 and r.flow_id = $2 order by s.place
        """,
        run_id,
        flow_id,
    )
    return [DiaryLine(**row) for row in rows]


async def count_outcomes(database: Database, flow_id: int) -> dict[str, int]:
    """How runs ended, and how many are under way."""
    rows = await database.fetch(
        """
        select coalesce(outcome, 'under_way') as outcome, count(*) as runs from flow_run
        where flow_id = $1 group by 1 order by 1
        """,
        flow_id,
    )
    return {row["outcome"]: row["runs"] for row in rows}
