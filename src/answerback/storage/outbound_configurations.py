"""Outbound configurations: what texts that other systems order are sent with."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select c.id, c.name, c.template_id, t.purpose, array(
           select n.number_id from outbound_configuration_number n where n.configuration_id = c.id order by n.number_id
       ) as number_ids, c.show_in_timeline, c.active, c.created_at
from outbound_configuration c join message_template t on t.id = c.template_id
"""


class OutboundConfiguration(msgspec.Struct, frozen=True):
    """`purpose` is its template's. Not `show_in_timeline`: its texts stand in the thread as a line that opens."""

    id: int
    name: str
    template_id: int
    purpose: str
    number_ids: list[int]
    show_in_timeline: bool
    active: bool
    created_at: datetime


async def list_configurations(database: Database, after: int, limit: int) -> list[OutboundConfiguration]:
    rows = await database.fetch(SELECT + " where c.id > $1 order by c.id limit $2", after, limit)
    return [OutboundConfiguration(**row) for row in rows]


async def get_configuration(database: Database, configuration_id: int) -> OutboundConfiguration | None:
    row = await database.fetchrow(SELECT + " where c.id = $1", configuration_id)
    return OutboundConfiguration(**row) if row else None


async def lock_configuration(connection: Connection, configuration_id: int) -> OutboundConfiguration | None:
    """Held until the transaction ends."""
    row = await connection.fetchrow(SELECT + " where c.id = $1 for update of c", configuration_id)
    return OutboundConfiguration(**row) if row else None


async def insert_configuration(connection: Connection, name: str, template_id: int, *, show_in_timeline: bool) -> int:
    """Without its numbers."""
    configuration_id: int = await connection.fetchval(
        "insert into outbound_configuration (name, template_id, show_in_timeline) values ($1, $2, $3) returning id",
        name,
        template_id,
        show_in_timeline,
    )
    return configuration_id


async def update_configuration(connection: Connection, configuration: OutboundConfiguration) -> None:
    """Without its numbers."""
    await connection.execute(
        "update outbound_configuration set name = $2, template_id = $3, show_in_timeline = $4, active = $5"
        " where id = $1",
        configuration.id,
        configuration.name,
        configuration.template_id,
        configuration.show_in_timeline,
        configuration.active,
    )


async def write_numbers(connection: Connection, configuration_id: int, number_ids: Sequence[int]) -> None:
    """These and no others."""
    await connection.execute("delete from outbound_configuration_number where configuration_id = $1", configuration_id)
    await connection.execute(
        "insert into outbound_configuration_number (configuration_id, number_id) select $1, unnest($2::bigint[])",
        configuration_id,
        list(number_ids),
    )


async def delete_configuration(connection: Connection, configuration_id: int) -> None:
    await connection.execute("delete from outbound_configuration where id = $1", configuration_id)


async def was_sent_with(connection: Connection, configuration_id: int) -> bool:
    """Whether any text was ordered with it."""
    found: bool = await connection.fetchval(
        "select exists (select from outbound_message where configuration_id = $1)", configuration_id
    )
    return found


async def active_numbers(database: Database, number_ids: Sequence[int]) -> list[int]:
    """Those of them that are in use, in order."""
    rows = await database.fetch(
        "select id from number where id = any ($1::bigint[]) and active order by id", list(number_ids)
    )
    return [row["id"] for row in rows]
