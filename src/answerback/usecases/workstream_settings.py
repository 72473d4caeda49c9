"""Workstreams: add, change, remove."""

from datetime import UTC, datetime

import asyncpg
import msgspec

from answerback.storage.connection import Connection, Pool
from answerback.storage.queues import get_queue
from answerback.storage.workstreams import (
    Workstream,
    delete_workstream,
    insert_workstream,
    lock_workstream,
    update_workstream,
    uses_of_workstream,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound
from answerback.usecases.workstream_shapes import WorkstreamChanges, WorkstreamDraft


async def create_workstream(pool: Pool, draft: WorkstreamDraft, actor_id: int) -> Workstream | Invalid | Conflict:
    workstream = Workstream(id=0, created_at=datetime.now(UTC), **msgspec.structs.asdict(draft))
    try:
        async with pool.acquire() as connection, connection.transaction():
            problems = await _problems(connection, workstream)
            if problems:
                return Invalid(problems)
            created = await insert_workstream(connection, workstream)
            data = {"id": created.id, "name": created.name}
            await record_setting(connection, "WorkstreamCreated", actor_id, data)
            return created
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_workstream(
    pool: Pool, workstream_id: int, changes: WorkstreamChanges, actor_id: int
) -> Workstream | Invalid | NotFound | Conflict:
    """Conversations under way follow the new rules from their next move on."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_workstream(connection, workstream_id)
            if old is None:
                return NotFound(f"workstream {workstream_id}")
            new = apply_changes(old, changes)
            problems = await _problems(connection, new)
            if problems:
                return Invalid(problems)
            await update_workstream(connection, new)
            if new != old:
                data = {"id": new.id, "name": new.name, "changes": difference(old, new)}
                await record_setting(connection, "WorkstreamChanged", actor_id, data)
            return new
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def remove_workstream(pool: Pool, workstream_id: int, actor_id: int) -> NotFound | InUse | None:
    async with pool.acquire() as connection, connection.transaction():
        workstream = await lock_workstream(connection, workstream_id)
        if workstream is None:
            return NotFound(f"workstream {workstream_id}")
        uses = await uses_of_workstream(connection, workstream_id)
        if uses:
            way_out = "Give its numbers another workstream; its past conversations stay readable."
            return InUse(f"workstream {workstream.name}", uses, way_out)
        await delete_workstream(connection, workstream_id)
        data = {"id": workstream_id, "name": workstream.name}
        await record_setting(connection, "WorkstreamRemoved", actor_id, data)
    return None


async def _problems(connection: Connection, workstream: Workstream) -> tuple[FieldProblem, ...]:
    found = [name_problem(workstream.name)]
    if await get_queue(connection, workstream.queue_id) is None:
        found.append(FieldProblem("queue_id", "is not a queue", "Choose one from GET /api/v1/queues, or add it first."))
    if workstream.mode == "pick" and workstream.auto_accept:
        way_out = "Set auto_accept to false, or mode to push."
        found.append(FieldProblem("auto_accept", "needs offers, and in mode pick nothing is offered", way_out))
    return tuple(problem for problem in found if problem is not None)


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another workstream", "Choose another name.")
    return Conflict("Another workstream has this name.", (problem,))
