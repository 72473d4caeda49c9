"""Rules of masks: added, changed, removed, and tried on a text before any of it."""

from typing import Annotated

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.masking.mask import make_masker
from answerback.domain.masking.pattern import BadPattern, read_pattern
from answerback.storage.connection import Pool
from answerback.storage.mask_rules import (
    Applies,
    MaskKind,
    MaskRule,
    delete_rule,
    insert_rule,
    list_rules,
    lock_rule,
    update_rule,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound, invalid

Name = Annotated[str, Meta(min_length=1, max_length=100, examples=["Card numbers"])]
Pattern = Annotated[
    str,
    Meta(
        max_length=300,
        description=r"Of kind `pattern`: characters, classes such as [A-Z0-9], \d \w \s \b, {n} or {n,m} up to 64, ?, "
        "and | between whole alternatives.",
        examples=[r"ACC-\d{6}"],
    ),
]
TAKEN = Conflict("There is a mask with this name already.", (FieldProblem("name", "is taken", "Choose another name."),))


class MaskDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`card` covers card numbers but their last four, `ssn` social security numbers, `email` addresses. What applies at
    `storage` is gone for good: no permission reveals it."""

    name: Name
    kind: MaskKind
    pattern: Pattern = ""
    applies: Applies = "display"
    active: bool = True


class MaskChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different."""

    name: Name | UnsetType = UNSET
    kind: MaskKind | UnsetType = UNSET
    pattern: Pattern | UnsetType = UNSET
    applies: Applies | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class MaskTrial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text, seen through all active masks and, if given, one that is not saved yet."""

    text: Annotated[str, Meta(max_length=5000)]
    kind: MaskKind | None = None
    pattern: Pattern = ""


class Covered(msgspec.Struct, frozen=True):
    text: str


async def create_mask(pool: Pool, draft: MaskDraft, actor_id: int) -> MaskRule | Invalid | Conflict:
    rule = MaskRule(0, draft.name.strip(), draft.kind, draft.pattern, draft.applies, draft.active)
    problem = _problem(rule.kind, rule.pattern)
    if problem is not None:
        return problem
    try:
        async with pool.acquire() as connection, connection.transaction():
            made = await insert_rule(connection, rule)
            await record_setting(connection, "MaskRuleCreated", actor_id, {"id": made.id, "name": made.name})
            return made
    except asyncpg.UniqueViolationError:
        return TAKEN


async def change_mask(
    pool: Pool, rule_id: int, changes: MaskChanges, actor_id: int
) -> MaskRule | Invalid | NotFound | Conflict:
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_rule(connection, rule_id)
            if old is None:
                return NotFound(f"mask {rule_id}")
            new = apply_changes(old, changes)
            problem = _problem(new.kind, new.pattern)
            if problem is not None:
                return problem
            if new != old:
                await update_rule(connection, new)
                data = {"id": rule_id, "name": new.name, "changes": difference(old, new)}
                await record_setting(connection, "MaskRuleChanged", actor_id, data)
            return new
    except asyncpg.UniqueViolationError:
        return TAKEN


async def remove_mask(pool: Pool, rule_id: int, actor_id: int) -> NotFound | None:
    async with pool.acquire() as connection, connection.transaction():
        rule = await lock_rule(connection, rule_id)
        if rule is None:
            return NotFound(f"mask {rule_id}")
        await delete_rule(connection, rule_id)
        await record_setting(connection, "MaskRuleRemoved", actor_id, {"id": rule_id, "name": rule.name})
    return None


async def try_masks(pool: Pool, trial: MaskTrial) -> Covered | Invalid:
    rules: list[tuple[str, str]] = [(rule.kind, rule.pattern) for rule in await list_rules(pool) if rule.active]
    if trial.kind is not None:
        problem = _problem(trial.kind, trial.pattern)
        if problem is not None:
            return problem
        rules.append((trial.kind, trial.pattern))
    return Covered(make_masker(rules).cover(trial.text))


def _problem(kind: str, pattern: str) -> Invalid | None:
    if kind != "pattern":
        return None
    read = read_pattern(pattern)
    if not isinstance(read, BadPattern):
        return None
    return invalid("pattern", f"cannot be used at character {read.at + 1}", f"It {read.sentence}.")
