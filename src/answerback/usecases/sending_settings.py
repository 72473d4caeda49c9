"""Changes the centre's own rules for sending, and its brands."""

from typing import Annotated

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.storage.brands import (
    Brand,
    delete_brand,
    get_brand,
    has_entries,
    insert_brand,
    rename_brand,
    set_numbers,
)
from answerback.storage.connection import Connection, Pool
from answerback.storage.numbers import get_number
from answerback.storage.sending_rules import SendingRules, read_sending_rules, write_sending_rules
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound, invalid

Texts = Annotated[int, Meta(ge=1, le=1000)]


class SendingRulesChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; what is left out stays."""

    courtesy_hours: bool | UnsetType = UNSET
    own_cap_texts: Texts | UnsetType | None = UNSET
    own_cap_hours: Annotated[int, Meta(ge=1, le=720)] | UnsetType = UNSET
    confirm_days: Annotated[int, Meta(ge=1, le=90)] | UnsetType = UNSET
    spam_texts: Annotated[int, Meta(ge=5, le=10000)] | UnsetType | None = UNSET
    spam_minutes: Annotated[int, Meta(ge=1, le=1440)] | UnsetType = UNSET


class BrandDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A brand with its numbers; a number belongs to one brand at a time and leaves the one it was in."""

    name: Annotated[str, Meta(min_length=1, max_length=200, examples=["Acme Shoes"])]
    number_ids: Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=1000)] = []


class BrandChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; `number_ids` replaces the whole."""

    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    number_ids: Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=1000)] | UnsetType = UNSET


async def change_sending_rules(pool: Pool, changes: SendingRulesChanges, actor_id: int) -> SendingRules:
    async with pool.acquire() as connection, connection.transaction():
        old = await read_sending_rules(connection)
        new = apply_changes(old, changes)
        await write_sending_rules(connection, new)
        if new != old:
            await record_setting(connection, "SendingRulesChanged", actor_id, {"changes": difference(old, new)})
        return new


async def keep_brand(
    pool: Pool, brand_id: int | None, draft: BrandDraft, actor_id: int
) -> Brand | Invalid | NotFound | Conflict:
    """Adds one (no id), or gives one its new name and numbers."""
    name = draft.name.strip()
    if not name:
        return invalid("name", "is empty", "Give the name customers know.")
    try:
        async with pool.acquire() as connection, connection.transaction():
            problem = await _number_problem(connection, draft.number_ids)
            if problem is not None:
                return problem
            if brand_id is not None and await get_brand(connection, brand_id) is None:
                return NotFound(f"brand {brand_id}")
            return await _write(connection, brand_id, name, draft.number_ids, actor_id=actor_id)
    except asyncpg.UniqueViolationError:
        taken = FieldProblem("name", "is taken", "Choose another name, or change that brand.")
        return Conflict("There is a brand with this name already.", (taken,))


async def change_brand(
    pool: Pool, brand_id: int, changes: BrandChanges, actor_id: int
) -> Brand | Invalid | NotFound | Conflict:
    brand = await get_brand(pool, brand_id)
    if brand is None:
        return NotFound(f"brand {brand_id}")
    new = apply_changes(brand, changes)
    return await keep_brand(pool, brand_id, BrandDraft(new.name, new.number_ids), actor_id)


async def _write(
    connection: Connection, brand_id: int | None, name: str, number_ids: list[int], *, actor_id: int
) -> Brand:
    kind = "BrandCreated" if brand_id is None else "BrandChanged"
    if brand_id is None:
        brand_id = await insert_brand(connection, name)
    else:
        await rename_brand(connection, brand_id, name)
    await set_numbers(connection, brand_id, number_ids)
    await record_setting(connection, kind, actor_id, {"id": brand_id, "name": name, "number_ids": number_ids})
    kept = await get_brand(connection, brand_id)
    assert kept is not None
    return kept


async def remove_brand(pool: Pool, brand_id: int, actor_id: int) -> NotFound | InUse | None:
    async with pool.acquire() as connection, connection.transaction():
        brand = await get_brand(connection, brand_id)
        if brand is None:
            return NotFound(f"brand {brand_id}")
        if await has_entries(connection, brand_id):
            way_out = "Take its numbers out instead: what customers said about it must stay readable."
            return InUse(f"brand {brand.name}", ("entries of the consent ledger",), way_out)
        await delete_brand(connection, brand_id)
        await record_setting(connection, "BrandRemoved", actor_id, {"id": brand_id, "name": brand.name})
    return None


async def _number_problem(connection: Connection, number_ids: list[int]) -> Invalid | None:
    for place, number_id in enumerate(number_ids):
        if await get_number(connection, number_id) is None:
            return invalid(f"number_ids[{place}]", "is not a number of ours", "Choose from GET /api/v1/numbers.")
    return None
