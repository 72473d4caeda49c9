"""Outbound configurations: add, change, remove. Each says from where and in which words ordered texts are sent."""

from collections.abc import Sequence
from typing import Annotated

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.storage.connection import Connection, Pool
from answerback.storage.message_templates import get_template
from answerback.storage.numbers import get_number
from answerback.storage.outbound_configurations import (
    OutboundConfiguration,
    delete_configuration,
    get_configuration,
    insert_configuration,
    lock_configuration,
    update_configuration,
    was_sent_with,
    write_numbers,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Order shipped"])]
SomeId = Annotated[int, Meta(ge=1, le=2**53)]
NumberIds = Annotated[
    list[SomeId], Meta(min_length=1, max_length=50, description="One, or several to spread over.", examples=[[1]])
]


class OutboundConfigurationDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A configuration to add. A customer hears from the number they know, else from one of those given."""

    name: Name
    number_ids: NumberIds
    template_id: SomeId
    show_in_timeline: bool = True


class OutboundConfigurationChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; `number_ids` replace the whole."""

    name: Name | UnsetType = UNSET
    number_ids: NumberIds | UnsetType = UNSET
    template_id: SomeId | UnsetType = UNSET
    show_in_timeline: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


async def create_configuration(
    pool: Pool, draft: OutboundConfigurationDraft, actor_id: int
) -> OutboundConfiguration | Invalid | Conflict:
    name, number_ids = draft.name.strip(), sorted(set(draft.number_ids))
    try:
        async with pool.acquire() as connection, connection.transaction():
            problems = await _problems(connection, name, number_ids, draft.template_id)
            if problems:
                return Invalid(problems)
            made = await insert_configuration(
                connection, name, draft.template_id, show_in_timeline=draft.show_in_timeline
            )
            await write_numbers(connection, made, number_ids)
            await record_setting(connection, "OutboundConfigurationCreated", actor_id, {"id": made, "name": name})
            configuration = await get_configuration(connection, made)
            assert configuration is not None
            return configuration
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_configuration(
    pool: Pool, configuration_id: int, changes: OutboundConfigurationChanges, actor_id: int
) -> OutboundConfiguration | Invalid | NotFound | Conflict:
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_configuration(connection, configuration_id)
            if old is None:
                return NotFound(f"outbound configuration {configuration_id}")
            new = apply_changes(old, changes)
            new = msgspec.structs.replace(new, name=new.name.strip(), number_ids=sorted(set(new.number_ids)))
            added = set(new.number_ids) - set(old.number_ids)
            template_id = None if new.template_id == old.template_id else new.template_id
            problems = await _problems(connection, new.name, sorted(added), template_id)
            if problems:
                return Invalid(problems)
            await update_configuration(connection, new)
            if new.number_ids != old.number_ids:
                await write_numbers(connection, configuration_id, new.number_ids)
            changed = difference(old, new)
            if changed:
                data = {"id": configuration_id, "name": new.name, "changes": changed}
                await record_setting(connection, "OutboundConfigurationChanged", actor_id, data)
            written = await get_configuration(connection, configuration_id)
            assert written is not None
            return written
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def remove_configuration(pool: Pool, configuration_id: int, actor_id: int) -> NotFound | InUse | None:
    """Only one that no text was ordered with: what was sent must stay readable."""
    async with pool.acquire() as connection, connection.transaction():
        old = await lock_configuration(connection, configuration_id)
        if old is None:
            return NotFound(f"outbound configuration {configuration_id}")
        if await was_sent_with(connection, configuration_id):
            way_out = "Switch it off instead."
            return InUse(f"outbound configuration {old.name}", ("texts that were ordered with it",), way_out)
        await delete_configuration(connection, configuration_id)
        data = {"id": configuration_id, "name": old.name}
        await record_setting(connection, "OutboundConfigurationRemoved", actor_id, data)
    return None


async def _problems(
    connection: Connection, name: str, number_ids: Sequence[int], template_id: int | None
) -> tuple[FieldProblem, ...]:
    """Of what is new: what was chosen before may be switched off or archived meanwhile."""
    unnamed = name_problem(name)
    problems = [unnamed] if unnamed else []
    for number_id in number_ids:
        if await get_number(connection, number_id) is None:
            problems.append(
                FieldProblem("number_ids", f"has {number_id}, which is no number", "Choose from GET /api/v1/numbers.")
            )
    template = await get_template(connection, template_id) if template_id is not None else None
    if template_id is not None and (template is None or template.archived or template.approved is None):
        what = "is not a template" if template is None else "is archived or was never approved"
        way_out = "Choose an approved one from GET /api/v1/message-templates."
        problems.append(FieldProblem("template_id", what, way_out))
    return tuple(problems)


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another outbound configuration", "Choose another name.")
    return Conflict("Another outbound configuration has this name.", (problem,))
