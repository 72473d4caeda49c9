"""How long things are kept: read, tried without doing anything, changed."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.storage.connection import Pool
from answerback.storage.retention import Removed, Retention, count_due, count_held, read_retention, write_retention
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference

Days = Annotated[int, Meta(ge=1, le=36500, examples=[730])]


class RetentionChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; null keeps for ever."""

    texts_days: Days | UnsetType | None = UNSET
    files_days: Days | UnsetType | None = UNSET
    events_days: Days | UnsetType | None = UNSET


class RetentionPreview(msgspec.Struct, frozen=True):
    """What the next run would take out with these days, and how many contacts a legal hold protects from it."""

    would_remove: Removed
    contacts_on_hold: int


async def preview_retention(pool: Pool, changes: RetentionChanges) -> RetentionPreview:
    days = apply_changes(await read_retention(pool), changes)
    kinds = {
        "texts": days.texts_days,
        "files": days.files_days,
        "events": days.events_days,
        "recipients": days.texts_days,
    }
    counts = {kind: await count_due(pool, kind, limit) for kind, limit in kinds.items() if limit is not None}
    return RetentionPreview(Removed(**counts), await count_held(pool))


async def change_retention(pool: Pool, changes: RetentionChanges, actor_id: int) -> Retention:
    async with pool.acquire() as connection, connection.transaction():
        old = await read_retention(connection)
        new = apply_changes(old, changes)
        if new != old:
            await write_retention(connection, new)
            await record_setting(connection, "RetentionChanged", actor_id, {"changes": difference(old, new)})
        return new
