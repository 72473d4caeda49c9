"""Saved filters, names, and what becomes of audiences that are no longer needed."""

from typing import Annotated

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.audiences.conditions import Filter, filter_problem
from answerback.storage.audience_filters import count_filter, list_filtered
from answerback.storage.audiences import (
    Audience,
    AudienceMember,
    delete_audience,
    get_audience,
    insert_filter,
    lock_audience,
    update_audience,
    users_of,
)
from answerback.storage.connection import Pool
from answerback.usecases.audience_upload import name_taken
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, InUse, Invalid, NotFound, invalid

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Spring customers"])]
SAMPLE = 10


class FilterDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A filter to save."""

    name: Name
    filter: Filter


class AudienceChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. Members never change: make another audience."""

    name: Name | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class FilterPreview(msgspec.Struct, frozen=True):
    """Whom a filter finds right now; `sample` holds the first ten."""

    members: int
    sample: list[AudienceMember]


async def create_filter(pool: Pool, draft: FilterDraft, user_id: int) -> Audience | Invalid | Conflict:
    name = draft.name.strip()
    unnamed = name_problem(name)
    if unnamed is not None:
        return Invalid((unnamed,))
    if (problem := filter_problem(draft.filter)) is not None:
        return invalid("filter", "is not complete", problem)
    try:
        async with pool.acquire() as connection, connection.transaction():
            audience_id = await insert_filter(connection, name, draft.filter, user_id)
            data = {"id": audience_id, "name": name, "filter": msgspec.to_builtins(draft.filter)}
            await record_setting(connection, "AudienceCreated", user_id, data)
            audience = await get_audience(connection, audience_id)
            assert audience is not None
            return audience
    except asyncpg.UniqueViolationError:
        return name_taken()


async def preview_filter(pool: Pool, wanted: Filter) -> FilterPreview | Invalid:
    if (problem := filter_problem(wanted)) is not None:
        return invalid("filter", "is not complete", problem)
    return FilterPreview(await count_filter(pool, wanted), await list_filtered(pool, wanted, 0, SAMPLE))


async def change_audience(
    pool: Pool, audience_id: int, changes: AudienceChanges, user_id: int
) -> Audience | NotFound | Invalid | Conflict:
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_audience(connection, audience_id)
            if old is None:
                return NotFound(f"audience {audience_id}")
            new = apply_changes(old, changes)
            new = msgspec.structs.replace(new, name=new.name.strip())
            unnamed = name_problem(new.name)
            if unnamed is not None:
                return Invalid((unnamed,))
            await update_audience(connection, new)
            if changed := difference(old, new):
                data = {"id": audience_id, "name": new.name, "changes": changed}
                await record_setting(connection, "AudienceChanged", user_id, data)
            return new
    except asyncpg.UniqueViolationError:
        return name_taken()


async def remove_audience(pool: Pool, audience_id: int, user_id: int) -> NotFound | InUse | None:
    """With its members; an import that is under way ends. Refused where a campaign or flow writes to it."""
    async with pool.acquire() as connection, connection.transaction():
        audience = await lock_audience(connection, audience_id)
        if audience is None:
            return NotFound(f"audience {audience_id}")
        users = await users_of(connection, audience_id)
        if users:
            return InUse(f"The audience {audience.name}", tuple(users), "Archive it instead: it is no longer offered.")
        await delete_audience(connection, audience_id)
        await record_setting(connection, "AudienceRemoved", user_id, {"id": audience_id, "name": audience.name})
    return None
