"""Rules of masks. Reading a text for people asks for them within its own statement (MASKS), so they cost no query."""

import json
from functools import lru_cache
from typing import Literal

import msgspec

from answerback.domain.masking.mask import NOTHING, Masker, make_masker
from answerback.storage.connection import Connection, Database

SELECT = "select id, name, kind, pattern, applies, active from mask_rule"
MASKS = """
    (select jsonb_agg(jsonb_build_array(r.kind, r.pattern) order by r.id)::text from mask_rule r where r.active)
"""
"""All active rules, null where there are none: not correlated, so it runs once a statement."""

MaskKind = Literal["card", "ssn", "email", "pattern"]
Applies = Literal["display", "storage"]


class MaskRule(msgspec.Struct, frozen=True):
    """`applies`: covered when people see it, or already before a customer's text is stored. Either way what is covered
    is covered on every screen."""

    id: int
    name: str
    kind: MaskKind
    pattern: str
    applies: Applies
    active: bool


@lru_cache(8)
def masker_of(masks: str | None) -> Masker:
    """From MASKS."""
    return NOTHING if masks is None else make_masker([(kind, pattern) for kind, pattern in json.loads(masks)])


async def read_masker(database: Database) -> Masker:
    """What people see texts through."""
    return masker_of(await database.fetchval(f"select {MASKS}"))


async def read_storage_masker(database: Database) -> Masker:
    """What customers' texts are stored through."""
    rows = await database.fetch("select kind, pattern from mask_rule where active and applies = 'storage' order by id")
    return make_masker([(row["kind"], row["pattern"]) for row in rows]) if rows else NOTHING


async def list_rules(database: Database) -> list[MaskRule]:
    return [MaskRule(**row) for row in await database.fetch(SELECT + " order by name, id")]


async def lock_rule(connection: Connection, rule_id: int) -> MaskRule | None:
    row = await connection.fetchrow(SELECT + " where id = $1 for update", rule_id)
    return MaskRule(**row) if row else None


async def insert_rule(connection: Connection, rule: MaskRule) -> MaskRule:
    """Its id is drawn."""
    row = await connection.fetchrow(
        """
        insert into mask_rule (name, kind, pattern, applies, active) values ($1, $2, $3, $4, $5)
        returning id, name, kind, pattern, applies, active
        """,
        rule.name,
        rule.kind,
        rule.pattern,
        rule.applies,
        rule.active,
    )
    assert row is not None
    return MaskRule(**row)


async def update_rule(connection: Connection, rule: MaskRule) -> None:
    await connection.execute(
        "update mask_rule set (name, kind, pattern, applies, active) = ($2, $3, $4, $5, $6) where id = $1",
        *msgspec.structs.astuple(rule),
    )


async def delete_rule(connection: Connection, rule_id: int) -> None:
    await connection.execute("delete from mask_rule where id = $1", rule_id)
