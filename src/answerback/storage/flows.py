"""Flows and their published versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from answerback.domain.flows.definition import Definition
from answerback.storage.connection import Connection, Database

SELECT = """
select f.id, f.name, f.number_id, f.draft, f.active, f.archived, f.version, f.created_at,
       (select v.definition from flow_version v where v.flow_id = f.id and v.version = f.version) as published,
       (select count(*) from flow_run r where r.flow_id = f.id and r.state <> 'ended') as under_way,
       (select s.next_at from flow_schedule s where s.flow_id = f.id and f.active) as next_at
from flow f
"""
read_definition = partial(msgspec.convert, type=Definition)


class Flow(msgspec.Struct, frozen=True):
    """`draft` is what is being worked on; `published` is what new runs follow while it is `active`. `next_at` is when a
    timed flow begins next."""

    id: int
    name: str
    number_id: int
    draft: Definition
    active: bool
    archived: bool
    version: int | None
    created_at: datetime
    published: Definition | None
    under_way: int
    next_at: datetime | None


async def list_flows(database: Database, after: int, limit: int) -> list[Flow]:
    rows = await database.fetch(SELECT + " where f.id > $1 order by f.id limit $2", after, limit)
    return [_read(row) for row in rows]


async def get_flow(database: Database, flow_id: int) -> Flow | None:
    row = await database.fetchrow(SELECT + " where f.id = $1", flow_id)
    return _read(row) if row else None


async def lock_flow(connection: Connection, flow_id: int) -> Flow | None:
    """Held until the transaction ends."""
    row = await connection.fetchrow(SELECT + " where f.id = $1 for update of f", flow_id)
    return _read(row) if row else None


async def next_flow_id(connection: Connection) -> int:
    """The id must be known before its secret is sealed."""
    number: int = await connection.fetchval("select nextval(pg_get_serial_sequence('flow', 'id'))")
    return number


async def insert_flow(
    connection: Connection, flow_id: int, name: str, *, number_id: int, draft: Definition, secret: bytes
) -> None:
    await connection.execute(
        """
        insert into flow (id, name, number_id, draft, secret) overriding system value values ($1, $2, $3, $4, $5)
        """,
        flow_id,
        name,
        number_id,
        draft,
        secret,
    )


async def update_flow(connection: Connection, flow: Flow) -> None:
    """All but what is published."""
    await connection.execute(
        "update flow set name = $2, number_id = $3, draft = $4, active = $5, archived = $6 where id = $1",
        flow.id,
        flow.name,
        flow.number_id,
        flow.draft,
        flow.active,
        flow.archived,
    )


async def publish_draft(connection: Connection, flow_id: int, user_id: int) -> int:
    """Its draft as the next version, which new runs follow; gives the number."""
    version: int = await connection.fetchval(
        """
        with made as (
            insert into flow_version (flow_id, version, definition, published_by)
            select f.id, coalesce((select max(version) from flow_version where flow_id = f.id), 0) + 1, f.draft, $2
            from flow f where f.id = $1 returning version
        )
        update flow set version = made.version, active = true from made where flow.id = $1 returning flow.version
        """,
        flow_id,
        user_id,
    )
    return version


async def read_versions(database: Database, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Definition]:
    """Published definitions by flow and version; they never change."""
    rows = await database.fetch(
        """
        select v.flow_id, v.version, v.definition from flow_version v
        join unnest($1::bigint[], $2::int[]) as w (flow_id, version) using (flow_id, version)
        """,
        [flow_id for flow_id, _ in wanted],
        [version for _, version in wanted],
    )
    return {(row["flow_id"], row["version"]): read_definition(row["definition"]) for row in rows}


@dataclass(frozen=True, slots=True)
class PublishedFlow:
    """What runs begin by and follow; how many are under way is not counted for it."""

    id: int
    name: str
    number_id: int
    version: int
    definition: Definition


PUBLISHED = """
select f.id, f.name, f.number_id, v.version, v.definition
from flow f join flow_version v on v.flow_id = f.id and v.version = f.version where f.active
"""


async def active_flows(database: Database) -> list[PublishedFlow]:
    """Those that begin runs."""
    return [read_published(row) for row in await database.fetch(PUBLISHED + " order by f.id")]


async def active_flow(database: Database, flow_id: int) -> PublishedFlow | None:
    """If it begins runs."""
    row = await database.fetchrow(PUBLISHED + " and f.id = $1", flow_id)
    return read_published(row) if row else None


async def flow_exists(database: Database, flow_id: int) -> bool:
    found: bool = await database.fetchval("select exists (select from flow where id = $1)", flow_id)
    return found


def read_published(row: Any) -> PublishedFlow:
    return PublishedFlow(**{**row, "definition": read_definition(row["definition"])})


async def delete_flow(connection: Connection, flow_id: int) -> None:
    await connection.execute("delete from flow where id = $1", flow_id)


async def was_run(database: Database, flow_id: int) -> bool:
    ran: bool = await database.fetchval("select exists (select from flow_run where flow_id = $1)", flow_id)
    return ran


@dataclass(frozen=True, slots=True)
class Address:
    """What a flow's own address is made of: its sealed secret, and how often the address was renewed."""

    secret: bytes
    turn: int


async def read_address(database: Database, flow_id: int) -> Address | None:
    row = await database.fetchrow("select secret, address_turn as turn from flow where id = $1", flow_id)
    return Address(**row) if row else None


async def renew_address(connection: Connection, flow_id: int) -> bool:
    done = await connection.fetchrow(
        "update flow set address_turn = address_turn + 1 where id = $1 returning id", flow_id
    )
    return done is not None


async def read_secret(database: Database, flow_id: int) -> bytes:
    secret: bytes = await database.fetchval("select secret from flow where id = $1", flow_id)
    return secret


def _read(row: Any) -> Flow:
    fields = dict(row)
    fields["draft"] = read_definition(fields["draft"])
    fields["published"] = read_definition(fields["published"]) if fields["published"] else None
    return Flow(**fields)
