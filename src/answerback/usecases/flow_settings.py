"""Flows: write, check, publish, switch on and off. What is published never changes; runs end on what they began."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.flows.checking import FlowProblem, Known, check_flow
from answerback.domain.flows.definition import Definition
from answerback.domain.flows.triggers import OnDate, Scheduled
from answerback.domain.webhooks.types import ABOUT_CAMPAIGNS, EventType
from answerback.storage.audiences import list_audiences
from answerback.storage.connection import Connection, Pool
from answerback.storage.event_followers import begin_following
from answerback.storage.flow_runs import end_run
from answerback.storage.flow_schedules import plan_next
from answerback.storage.flows import (
    Flow,
    delete_flow,
    get_flow,
    insert_flow,
    list_flows,
    lock_flow,
    next_flow_id,
    publish_draft,
    update_flow,
    was_run,
)
from answerback.storage.message_templates import list_templates
from answerback.storage.numbers import get_number, list_numbers
from answerback.storage.queues import list_queues
from answerback.storage.sealing import Sealer
from answerback.usecases.audit import record_setting
from answerback.usecases.begin_timed import next_of
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound, invalid
from answerback.usecases.webhook_settings import make_secret

EVERYTHING = 10_000
LAST_ID = 2**53
NO_BEGINNING = ABOUT_CAMPAIGNS | {EventType.TEST, EventType.OUTBOUND_SETTLED, EventType.CONTACT_ERASED}
BY_API = "api"
FOLLOWER = "flows"
"""Who follows the event log for them, from the first published flow on."""
Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Case created"])]
SomeId = Annotated[int, Meta(ge=1, le=2**53)]


class FlowDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A flow to add; it begins runs once it is published."""

    name: Name
    number_id: SomeId
    draft: Definition


class FlowChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. A changed draft acts once it is published; `active` only on what is."""

    name: Name | UnsetType = UNSET
    number_id: SomeId | UnsetType = UNSET
    draft: Definition | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class NewFlow(Flow, frozen=True, kw_only=True):
    """With the secret that signs its calls, which cannot be shown again."""

    secret: str


@dataclass(frozen=True, slots=True)
class FlowDesk:
    """What work on flows needs."""

    pool: Pool
    sealer: Sealer


def context_of(flow_id: int) -> str:
    """What a flow's sealed secret is bound to."""
    return f"flow:{flow_id}"


async def create_flow(desk: FlowDesk, draft: FlowDraft, actor_id: int) -> NewFlow | Invalid | Conflict:
    """Its draft may still have problems: they are shown by checking it, and stop its publishing."""
    problem = name_problem(draft.name)
    if problem is not None:
        return Invalid((problem,))
    secret = make_secret()
    try:
        async with desk.pool.acquire() as connection, connection.transaction():
            if await get_number(connection, draft.number_id) is None:
                return invalid("number_id", "is not a number", "Choose one from GET /api/v1/numbers.")
            flow_id = await next_flow_id(connection)
            sealed = desk.sealer.seal(secret.encode(), context_of(flow_id))
            await insert_flow(
                connection, flow_id, draft.name.strip(), number_id=draft.number_id, draft=draft.draft, secret=sealed
            )
            await record_setting(connection, "FlowCreated", actor_id, {"id": flow_id, "name": draft.name.strip()})
            flow = await get_flow(connection, flow_id)
            assert flow is not None
            return NewFlow(**msgspec.structs.asdict(flow), secret=secret)
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_flow(
    pool: Pool, flow_id: int, changes: FlowChanges, actor_id: int
) -> Flow | Invalid | NotFound | Conflict:
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_flow(connection, flow_id)
            if old is None:
                return NotFound(f"flow {flow_id}")
            new = apply_changes(old, changes)
            new = msgspec.structs.replace(new, name=new.name.strip(), active=new.active and not new.archived)
            if new.active and new.version is None:
                return invalid("active", "cannot be: it was never published", "Publish it: POST /flows/{id}/publish.")
            if await get_number(connection, new.number_id) is None:
                return invalid("number_id", "is not a number", "Choose one from GET /api/v1/numbers.")
            await update_flow(connection, new)
            if new.active and not old.active and new.published is not None:  # what passed meanwhile is not made up for
                await plan_next(connection, flow_id, next_of(new.published, datetime.now(UTC)))
            changed = difference(old, new, private=frozenset({"draft"}))
            if changed:
                data = {"id": flow_id, "name": new.name, "changes": changed}
                await record_setting(connection, "FlowChanged", actor_id, data)
            changed_flow = await get_flow(connection, flow_id)
            assert changed_flow is not None
            return changed_flow
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def find_problems(connection: Connection, definition: Definition) -> tuple[FlowProblem, ...]:
    """What is wrong with it, measured by what there is now."""
    templates = await list_templates(connection, 0, EVERYTHING)
    known = Known(
        slots_of={
            one.id: frozenset(slot.name for slot in one.approved.slots)
            for one in templates
            if one.approved is not None and not one.archived
        },
        numbers=frozenset(number.id for number in await list_numbers(connection, 0, EVERYTHING) if number.active),
        queues=frozenset(queue.id for queue in await list_queues(connection, 0, EVERYTHING)),
        flows=frozenset(flow.id for flow in await list_flows(connection, 0, EVERYTHING) if not flow.archived),
        events=frozenset(kind.value for kind in EventType if kind not in NO_BEGINNING) | {BY_API},
        audiences=frozenset(
            one.id
            for one in await list_audiences(connection, LAST_ID, EVERYTHING, archived=False)
            if one.state == "ready"
        ),
    )
    return check_flow(definition, known)


async def publish_flow(pool: Pool, flow_id: int, actor_id: int) -> Flow | Invalid | NotFound | Conflict:
    """Its draft becomes the next version and begins runs; those under way end on the version they began with."""
    async with pool.acquire() as connection, connection.transaction():
        flow = await lock_flow(connection, flow_id)
        if flow is None:
            return NotFound(f"flow {flow_id}")
        if flow.archived:
            return Conflict("This flow is archived: take it back first.")
        problems = await find_problems(connection, flow.draft)
        if problems:
            return Invalid(tuple(FieldProblem(field_of(one), one.problem, one.way_out) for one in problems))
        next_at = next_of(flow.draft, datetime.now(UTC))
        if next_at is None and isinstance(flow.draft.trigger, Scheduled | OnDate):
            way_out = "Let it begin, or be repeated, at a time to come."
            return invalid("draft.trigger.begins", "has passed, and nothing comes after it", way_out)
        version = await publish_draft(connection, flow_id, actor_id)
        await plan_next(connection, flow_id, next_at)
        await begin_following(connection, FOLLOWER)
        data = {"id": flow_id, "name": flow.name, "version": version}
        await record_setting(connection, "FlowPublished", actor_id, data)
        published = await get_flow(connection, flow_id)
        assert published is not None
        return published


def field_of(problem: FlowProblem) -> str:
    """As a path into the draft."""
    place = f"draft.steps.{problem.step}" if problem.step else "draft"
    return f"{place}.{problem.field}" if problem.field else place


async def remove_flow(pool: Pool, flow_id: int, actor_id: int) -> NotFound | InUse | None:
    """Only one that was never run; archive others."""
    async with pool.acquire() as connection, connection.transaction():
        flow = await lock_flow(connection, flow_id)
        if flow is None:
            return NotFound(f"flow {flow_id}")
        if await was_run(connection, flow_id):
            return InUse(f"flow {flow.name}", ("its runs, which stay readable",), "Archive it instead.")
        await delete_flow(connection, flow_id)
        await record_setting(connection, "FlowRemoved", actor_id, {"id": flow_id, "name": flow.name})
    return None


async def stop_run(pool: Pool, flow_id: int, run_id: int, actor_id: int) -> NotFound | None:
    async with pool.acquire() as connection, connection.transaction():
        if not await end_run(connection, flow_id, run_id):
            return NotFound(f"run {run_id} under way in flow {flow_id}")
        await record_setting(connection, "FlowRunStopped", actor_id, {"id": flow_id, "run_id": run_id})
    return None


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another flow", "Choose another name.")
    return Conflict("Another flow has this name.", (problem,))
