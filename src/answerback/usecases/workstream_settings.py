"""Workstreams: add, change, remove."""

from datetime import UTC, datetime

import asyncpg
import msgspec

from answerback.domain.automation.triggers import SURVEY_PLACEHOLDERS
from answerback.storage.automated_messages import read_limits
from answerback.storage.connection import Connection, Pool
from answerback.storage.event_followers import begin_following
from answerback.storage.queues import get_queue
from answerback.storage.workstreams import (
    Survey,
    Workstream,
    delete_workstream,
    insert_workstream,
    lock_workstream,
    update_workstream,
    uses_of_workstream,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.automated_settings import switch_follower, text_problems
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.fail_over import FOLLOWER as FAIL_OVER
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
            await _follow_failures(connection, created)
            await switch_follower(connection)
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
            await _follow_failures(connection, new)
            if new.survey.active != old.survey.active:
                await switch_follower(connection)
            if new != old:
                data = {"id": new.id, "name": new.name, "changes": difference(old, new)}
                await record_setting(connection, "WorkstreamChanged", actor_id, data)
            return new
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def _follow_failures(connection: Connection, workstream: Workstream) -> None:
    """Texts that fail are looked at from the first workstream on that wants another way for them."""
    if workstream.fail_over:
        await begin_following(connection, FAIL_OVER)


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
    found += await _survey_problems(connection, workstream.survey)
    return tuple(problem for problem in found if problem is not None)


async def _survey_problems(connection: Connection, survey: Survey) -> tuple[FieldProblem, ...]:
    """Words that are given must be fit to send; one that is on needs its question."""
    fallback = (await read_limits(connection)).fallback_language
    found: list[FieldProblem] = []
    if survey.active or survey.questions:
        found += text_problems("survey.questions", survey.questions, SURVEY_PLACEHOLDERS, fallback)
    if survey.thanks:
        found += text_problems("survey.thanks", survey.thanks, (), fallback)
    return tuple(found)


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another workstream", "Choose another name.")
    return Conflict("Another workstream has this name.", (problem,))
