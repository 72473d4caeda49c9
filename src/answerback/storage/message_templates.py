"""Message templates and their versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from answerback.domain.templates.slots import SlotKind
from answerback.storage.connection import Connection, Database

_VERSION = """(
    select to_jsonb(v) - 'template_id' from message_template_version v where v.template_id = t.id and v.state {state}
)"""
SELECT = f"""
select t.id, t.name, t.purpose, t.archived, t.created_at,
       {_VERSION.format(state="= 'approved'")} as approved,
       {_VERSION.format(state="in ('draft', 'rejected')")} as draft
from message_template t
"""


class TemplateSlot(msgspec.Struct, frozen=True):
    """A value that is given with each text; `sample` stands in for it in previews."""

    name: str
    kind: SlotKind
    sample: str


class TemplateVersion(msgspec.Struct, frozen=True):
    """`texts` by locale (BCP 47), with holes such as {order} or {CustomerFirstName|there}."""

    version: int
    default_locale: str
    texts: dict[str, str]
    slots: list[TemplateSlot]
    state: str
    reason: str
    written_by: int | None
    written_at: datetime
    decided_by: int | None
    decided_at: datetime | None


class MessageTemplate(msgspec.Struct, frozen=True):
    """What is sent is `approved`; `draft` is what is being worked on, or was rejected with a reason."""

    id: int
    name: str
    purpose: str
    archived: bool
    created_at: datetime
    approved: TemplateVersion | None
    draft: TemplateVersion | None


async def list_templates(database: Database, after: int, limit: int) -> list[MessageTemplate]:
    rows = await database.fetch(SELECT + " where t.id > $1 order by t.id limit $2", after, limit)
    return [_read(row) for row in rows]


async def get_template(database: Database, template_id: int) -> MessageTemplate | None:
    row = await database.fetchrow(SELECT + " where t.id = $1", template_id)
    return _read(row) if row else None


async def lock_template(connection: Connection, template_id: int) -> MessageTemplate | None:
    """Held until the transaction ends, so that changes at the same time take turns."""
    row = await connection.fetchrow(SELECT + " where t.id = $1 for update of t", template_id)
    return _read(row) if row else None


async def insert_template(connection: Connection, name: str, purpose: str) -> int:
    template_id: int = await connection.fetchval(
        "insert into message_template (name, purpose) values ($1, $2) returning id", name, purpose
    )
    return template_id


async def update_template(connection: Connection, template: MessageTemplate) -> None:
    """Name, purpose and whether it is archived."""
    await connection.execute(
        "update message_template set name = $2, purpose = $3, archived = $4 where id = $1",
        template.id,
        template.name,
        template.purpose,
        template.archived,
    )


async def write_draft(
    connection: Connection,
    template_id: int,
    default_locale: str,
    texts: dict[str, str],
    *,
    slots: Sequence[TemplateSlot],
    author_id: int,
) -> None:
    """In place of the draft or rejected version, if there is one; else the next version."""
    await connection.execute(
        """
        insert into message_template_version (template_id, version, default_locale, texts, slots, written_by)
        values ($1, coalesce(
            (select version from message_template_version where template_id = $1 and state in ('draft', 'rejected')),
            (select max(version) from message_template_version where template_id = $1) + 1, 1), $2, $3, $4, $5)
        on conflict (template_id, version) do update
        set default_locale = excluded.default_locale, texts = excluded.texts, slots = excluded.slots, state = 'draft',
            reason = '', written_by = excluded.written_by, written_at = now(), decided_by = null, decided_at = null
        """,
        template_id,
        default_locale,
        texts,
        list(slots),
        author_id,
    )


async def decide_draft(connection: Connection, template_id: int, state: str, *, reason: str, decider_id: int) -> None:
    """Approving retires the version that was approved before."""
    if state == "approved":
        await connection.execute(
            "update message_template_version set state = 'retired' where template_id = $1 and state = 'approved'",
            template_id,
        )
    await connection.execute(
        """
        update message_template_version set state = $2, reason = $3, decided_by = $4, decided_at = now()
        where template_id = $1 and state in ('draft', 'rejected')
        """,
        template_id,
        state,
        reason,
        decider_id,
    )


async def list_versions(database: Database, template_id: int) -> list[TemplateVersion]:
    """The newest first."""
    rows = await database.fetch(
        """
        select to_jsonb(v) - 'template_id' as version from message_template_version v
        where v.template_id = $1 order by v.version desc
        """,
        template_id,
    )
    return [msgspec.convert(row["version"], TemplateVersion) for row in rows]


async def delete_template(connection: Connection, template_id: int) -> None:
    await connection.execute("delete from message_template where id = $1", template_id)


def _read(row: asyncpg.Record) -> MessageTemplate:
    values: dict[str, Any] = dict(row)
    for name in ("approved", "draft"):
        values[name] = msgspec.convert(values[name], TemplateVersion | None)
    return MessageTemplate(**values)
