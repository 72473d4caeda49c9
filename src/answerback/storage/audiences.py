"""Audiences: lists from files and saved filters, each one row; members and problems are read page by page."""

from datetime import datetime
from typing import Any, Literal

import asyncpg
import msgspec

from answerback.domain.audiences.columns import Layout, Mapping
from answerback.domain.audiences.conditions import Filter
from answerback.storage.connection import Connection, Database

SELECT = """
select id, name, kind, state, archived, filter, layout, mapping, bytes, bytes_done, lines, members, duplicates,
       problems, notes, created_by, created_at, ready_at
from audience
"""
NAMED_BY_FLOW = """
select f.id, f.name from flow f
left join flow_version v on v.flow_id = f.id and v.version = f.version
where not f.archived and (f.draft -> 'trigger' ->> 'audience_id' = {audience}::text
      or v.definition -> 'trigger' ->> 'audience_id' = {audience}::text
      or exists (select from flow_occurrence o
                 where o.audience_id = {audience} and o.flow_id = f.id and o.state = 'beginning'))
"""
State = Literal["uploaded", "importing", "ready", "failed"]


class Audience(msgspec.Struct, frozen=True):
    """`lines`, `members`, `duplicates`, `problems`, `notes` count what was read so far; of a filter they are 0.

    `uploaded` lists wait for their columns to be chosen; `failed` ones gave no member.
    """

    id: int
    name: str
    kind: Literal["list", "filter"]
    state: State
    archived: bool
    filter: Filter | None
    layout: Layout | None
    mapping: Mapping | None
    bytes: int
    bytes_done: int
    lines: int
    members: int
    duplicates: int
    problems: int
    notes: int
    created_by: int | None
    created_at: datetime
    ready_at: datetime | None


class AudienceMember(msgspec.Struct, frozen=True):
    """`place` is the line of the file; of a filter, the contact's id."""

    place: int
    phone: str
    locale: str | None
    values: dict[str, str]


class AudienceProblem(msgspec.Struct, frozen=True):
    """`problem` and `duplicate` lines were left out, `note` ones were taken. `value` is clipped."""

    id: int
    line: int
    column: str
    kind: Literal["problem", "duplicate", "note"]
    value: str
    sentence: str


async def list_audiences(database: Database, before: int, limit: int, *, archived: bool) -> list[Audience]:
    """The newest first."""
    rows = await database.fetch(
        SELECT + " where id < $1 and (not archived or $3) order by id desc limit $2", before, limit, archived
    )
    return [_read(row) for row in rows]


async def get_audience(database: Database, audience_id: int) -> Audience | None:
    row = await database.fetchrow(SELECT + " where id = $1", audience_id)
    return _read(row) if row else None


async def uploaded_with(database: Database, user_id: int, client_key: str) -> int | None:
    """The list that an earlier call with this key has made."""
    found: int | None = await database.fetchval(
        "select id from audience where created_by = $1 and client_key = $2", user_id, client_key
    )
    return found


async def lock_audience(connection: Connection, audience_id: int) -> Audience | None:
    """Held until the transaction ends, so that changes at the same time take turns."""
    row = await connection.fetchrow(SELECT + " where id = $1 for update", audience_id)
    return _read(row) if row else None


async def insert_filter(connection: Connection, name: str, wanted: Filter, user_id: int) -> int:
    audience_id: int = await connection.fetchval(
        """
        insert into audience (name, kind, filter, created_by, ready_at) values ($1, 'filter', $2, $3, now())
        returning id
        """,
        name,
        wanted,
        user_id,
    )
    return audience_id


async def update_audience(connection: Connection, audience: Audience) -> None:
    """Name, and whether it is archived."""
    await connection.execute(
        "update audience set name = $2, archived = $3 where id = $1", audience.id, audience.name, audience.archived
    )


async def users_of(connection: Connection, audience_id: int) -> list[str]:
    """Who writes to it, such as "campaign Spring": campaigns, and flows whose draft, published version or times under
    way name it. The first few of each."""
    rows = await connection.fetch(
        f"""
        (select 'campaign ' || name as name from campaign where audience_id = $1 order by id limit 5)
        union all
        (select 'flow ' || name from ({NAMED_BY_FLOW.format(audience="$1::bigint")}) named order by id limit 5)
        """,
        audience_id,
    )
    return [row["name"] for row in rows]


async def delete_audience(connection: Connection, audience_id: int) -> None:
    """What `users_of` names must be gone."""
    await connection.execute("delete from audience where id = $1", audience_id)


async def list_members(database: Database, audience_id: int, after: int, limit: int) -> list[AudienceMember]:
    """Of a list, in the order of the file."""
    rows = await database.fetch(
        """
        select place, phone, locale, "values" from audience_member
        where audience_id = $1 and place > $2 order by place limit $3
        """,
        audience_id,
        after,
        limit,
    )
    return [AudienceMember(**row) for row in rows]


async def list_problems(database: Database, audience_id: int, after: int, limit: int) -> list[AudienceProblem]:
    """In the order they were found."""
    rows = await database.fetch(
        """
        select id, line, "column", kind, value, sentence from audience_problem
        where audience_id = $1 and id > $2 order by id limit $3
        """,
        audience_id,
        after,
        limit,
    )
    return [AudienceProblem(**row) for row in rows]


def _read(row: asyncpg.Record) -> Audience:
    values: dict[str, Any] = dict(row)
    for name, kind in (("filter", Filter), ("layout", Layout), ("mapping", Mapping)):
        values[name] = msgspec.convert(values[name], kind | None)
    return Audience(**values)
