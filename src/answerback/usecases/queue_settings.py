"""Queues and who answers them: add, change, remove."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.storage.connection import Connection, Pool
from answerback.storage.queues import (
    Queue,
    delete_queue,
    get_queue,
    insert_queue,
    known_users,
    lock_queue,
    set_members,
    update_queue,
    uses_of_queue,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.calendar_settings import calendar_problem
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Support"])]
PriorityGroup = Annotated[int, Meta(ge=0, le=10_000, description="The smaller is served first.")]
Method = Literal["highest_capacity", "round_robin", "least_active"]
Seconds = Annotated[int, Meta(ge=1, le=2_592_000, description="A first answer within this time is good service.")]
CalendarId = Annotated[int, Meta(ge=1, le=2**53, description="When it is open; null: always.")]
UserIds = Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=10_000)]


class QueueDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A queue to add; `members` are ids of users."""

    name: Name
    priority_group: PriorityGroup = 100
    assignment_method: Method = "highest_capacity"
    service_level_seconds: Seconds = 300
    calendar_id: CalendarId | None = None
    members: UserIds = []


class QueueChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; `members` replaces the whole list."""

    name: Name | UnsetType = UNSET
    priority_group: PriorityGroup | UnsetType = UNSET
    assignment_method: Method | UnsetType = UNSET
    service_level_seconds: Seconds | UnsetType = UNSET
    calendar_id: CalendarId | UnsetType | None = UNSET
    members: UserIds | UnsetType = UNSET


async def create_queue(pool: Pool, draft: QueueDraft, actor_id: int) -> Queue | Invalid | Conflict:
    queue = Queue(id=0, created_at=datetime.now(UTC), **msgspec.structs.asdict(draft))
    try:
        async with pool.acquire() as connection, connection.transaction():
            problems = await _problems(connection, queue, queue.members)
            if problems:
                return Invalid(problems)
            queue_id = await insert_queue(connection, queue)
            await set_members(connection, queue_id, queue.members)
            data = {"id": queue_id, "name": queue.name, "members": sorted(set(queue.members))}
            await record_setting(connection, "QueueCreated", actor_id, data)
            created = await get_queue(connection, queue_id)
            assert created is not None
            return created
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_queue(
    pool: Pool, queue_id: int, changes: QueueChanges, actor_id: int
) -> Queue | Invalid | NotFound | Conflict:
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_queue(connection, queue_id)
            if old is None:
                return NotFound(f"queue {queue_id}")
            wanted = apply_changes(old, changes)
            new = msgspec.structs.replace(wanted, members=sorted(set(wanted.members)))
            # Members who were made inactive meanwhile may stay; new ones must be active.
            problems = await _problems(connection, new, sorted(set(new.members) - set(old.members)))
            if problems:
                return Invalid(problems)
            await update_queue(connection, new)
            await set_members(connection, queue_id, new.members)
            await _record(connection, old, new, actor_id)
            return new
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def remove_queue(pool: Pool, queue_id: int, actor_id: int) -> NotFound | InUse | None:
    async with pool.acquire() as connection, connection.transaction():
        queue = await lock_queue(connection, queue_id)
        if queue is None:
            return NotFound(f"queue {queue_id}")
        uses = await uses_of_queue(connection, queue_id)
        if uses:
            way_out = "Give its workstreams another queue and take its members out; its past stays readable."
            return InUse(f"queue {queue.name}", uses, way_out)
        await delete_queue(connection, queue_id)
        await record_setting(connection, "QueueRemoved", actor_id, {"id": queue_id, "name": queue.name})
    return None


async def _problems(connection: Connection, queue: Queue, new_members: Sequence[int]) -> tuple[FieldProblem, ...]:
    unknown = set(new_members) - await known_users(connection, new_members)
    found = [name_problem(queue.name), await calendar_problem(connection, queue.calendar_id)] + [
        FieldProblem("members", f"has {user_id}, who is not an active user", "Choose users from GET /api/v1/users.")
        for user_id in sorted(unknown)
    ]
    return tuple(problem for problem in found if problem is not None)


async def _record(connection: Connection, old: Queue, new: Queue, actor_id: int) -> None:
    changes = difference(old, new)
    members = changes.pop("members", None)
    if changes:
        data = {"id": new.id, "name": new.name, "changes": changes}
        await record_setting(connection, "QueueChanged", actor_id, data)
    if members is not None:
        joined = sorted(set(new.members) - set(old.members))
        left = sorted(set(old.members) - set(new.members))
        data = {"id": new.id, "name": new.name, "joined": joined, "left": left}
        await record_setting(connection, "QueueMembersChanged", actor_id, data)


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another queue", "Choose another name.")
    return Conflict("Another queue has this name.", (problem,))
