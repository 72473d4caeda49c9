"""Timed flows: when each begins next, each time that came, and for whom it begins runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from answerback.domain.flows.definition import Definition
from answerback.storage.connection import Connection, Database
from answerback.storage.flows import PublishedFlow, read_definition, read_published


@dataclass(frozen=True, slots=True)
class DueFlow:
    """A flow whose time has come, held by this transaction."""

    flow_id: int
    version: int
    next_at: datetime
    published: Definition


@dataclass(frozen=True, slots=True)
class Opened:
    """A time that came, with what became of it at once: beginning, or missed because it is too late."""

    flow_id: int
    version: int
    at: datetime
    state: str
    skipped: int


@dataclass(frozen=True, slots=True)
class Beginners:
    """An occurrence under way, held by this transaction: contacts after `reached` are still to be looked at.

    `flow` is as it was when the time came; `active` whether it still begins runs; `tag` or `audience_id`
    are whom a person chose.
    """

    id: int
    flow: PublishedFlow
    at: datetime
    reached: int
    active: bool
    tag: str | None
    audience_id: int | None


class FlowOccurrence(msgspec.Struct, frozen=True):
    """A time that came: beginning, done, stopped (the flow was switched off meanwhile), or missed (too late).

    `skipped` earlier times passed while nothing ran; `began` runs came of it. With a `tag` or an
    audience a person began it for these.
    """

    id: int
    version: int
    at: datetime
    state: str
    skipped: int
    began: int
    ended_at: datetime | None
    tag: str | None
    audience_id: int | None
    audience_name: str | None


OCCURRENCE = """
select o.id, o.version, o.at, o.state, o.skipped, o.began, o.ended_at, o.tag, o.audience_id, a.name as audience_name
from flow_occurrence o left join audience a on a.id = o.audience_id
"""


async def plan_next(connection: Connection, flow_id: int, next_at: datetime | None) -> None:
    await connection.execute(
        """
        insert into flow_schedule (flow_id, next_at) values ($1, $2)
        on conflict (flow_id) do update set next_at = excluded.next_at
        """,
        flow_id,
        next_at,
    )


async def lock_due(connection: Connection, limit: int) -> tuple[datetime, list[DueFlow]]:
    """The database's time, and the flows whose time has come; other nodes pass them by."""
    rows = await connection.fetch(
        """
        select s.flow_id, v.version, s.next_at, v.definition, now() as now
        from flow_schedule s join flow f on f.id = s.flow_id
        join flow_version v on v.flow_id = f.id and v.version = f.version
        where s.next_at <= now() and f.active order by s.next_at limit $1 for update of s skip locked
        """,
        limit,
    )
    due = [DueFlow(row["flow_id"], row["version"], row["next_at"], read_definition(row["definition"])) for row in rows]
    return (rows[0]["now"] if rows else datetime.max), due


async def open_occurrences(connection: Connection, opened: Sequence[Opened]) -> None:
    """Each time of a flow once."""
    await connection.execute(
        """
        insert into flow_occurrence (flow_id, version, at, state, skipped, ended_at)
        select flow_id, version, at, state, skipped, case when state = 'missed' then now() end
        from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::text[], $5::int[])
             as o (flow_id, version, at, state, skipped)
        on conflict (flow_id, at) do nothing
        """,
        [one.flow_id for one in opened],
        [one.version for one in opened],
        [one.at for one in opened],
        [one.state for one in opened],
        [one.skipped for one in opened],
    )


async def lock_beginning(connection: Connection) -> Beginners | None:
    """The oldest occurrence that no other node has under its hands."""
    row = await connection.fetchrow(
        """
        select o.id as occurrence_id, o.at, o.reached, o.tag, o.audience_id, f.active,
               f.id, f.name, f.number_id, v.version, v.definition
        from flow_occurrence o join flow f on f.id = o.flow_id
        join flow_version v on v.flow_id = o.flow_id and v.version = o.version
        where o.state = 'beginning' order by o.id limit 1 for update of o skip locked
        """
    )
    if row is None:
        return None
    fields = dict(row)
    occurrence_id, at, reached = fields.pop("occurrence_id"), fields.pop("at"), fields.pop("reached")
    active, tag, audience_id = fields.pop("active"), fields.pop("tag"), fields.pop("audience_id")
    return Beginners(occurrence_id, read_published(fields), at, reached, active, tag, audience_id)


async def move_on(connection: Connection, occurrence_id: int, *, reached: int, began: int, state: str) -> None:
    """How far it has come; `began` are added."""
    await connection.execute(
        """
        update flow_occurrence
        set reached = $2, began = began + $3, state = $4, ended_at = case when $4 <> 'beginning' then now() end
        where id = $1
        """,
        occurrence_id,
        reached,
        began,
        state,
    )


async def open_for_many(
    connection: Connection, flow: PublishedFlow, *, tag: str | None, audience_id: int | None, user_id: int
) -> FlowOccurrence:
    """A person's own occurrence, now."""
    occurrence_id = await connection.fetchval(
        """
        insert into flow_occurrence (flow_id, version, at, state, tag, audience_id, begun_by)
        values ($1, $2, clock_timestamp(), 'beginning', $3, $4, $5) returning id
        """,
        flow.id,
        flow.version,
        tag,
        audience_id,
        user_id,
    )
    row = await connection.fetchrow(OCCURRENCE + " where o.id = $1", occurrence_id)
    assert row is not None
    return FlowOccurrence(**row)


async def count_tagged(database: Database, tag: str) -> int:
    """Contacts that have it."""
    count: int = await database.fetchval(
        "select count(*) from contact where tags <> '{}' and tags @> array[$1::text]", tag
    )
    return count


async def contacts_tagged(connection: Connection, tag: str, after: int, limit: int) -> list[int]:
    """In the order of their ids."""
    rows = await connection.fetch(
        """
        select id from contact where tags <> '{}' and tags @> array[$1] and id > $2 order by id limit $3
        """,
        tag,
        after,
        limit,
    )
    return [row["id"] for row in rows]


async def contacts_dated(
    connection: Connection, attribute: str, day: date, after: int, *, yearly: bool, limit: int
) -> list[int]:
    """Whose attribute holds this day; `yearly`: this day of any year, 29 February on the 28th where there is none."""
    days = [day.isoformat()[5:]] if yearly else [day.isoformat()]
    if yearly and (day.month, day.day) == (2, 28) and (day.year % 4 or (day.year % 100 == 0 and day.year % 400)):
        days.append("02-29")
    rows = await connection.fetch(
        """
        select id from contact
        where id > $2 and attributes ? $1 and attributes ->> $1 ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[T ])'
          and substr(attributes ->> $1, case when $4 then 6 else 1 end, case when $4 then 5 else 10 end)
              = any ($3::text[])
        order by id limit $5
        """,
        attribute,
        after,
        days,
        yearly,
        limit,
    )
    return [row["id"] for row in rows]


async def list_occurrences(database: Database, flow_id: int, before: int, limit: int) -> list[FlowOccurrence]:
    """The newest first."""
    rows = await database.fetch(
        OCCURRENCE + " where o.flow_id = $1 and o.id < $2 order by o.id desc limit $3",
        flow_id,
        before,
        limit,
    )
    return [FlowOccurrence(**row) for row in rows]
