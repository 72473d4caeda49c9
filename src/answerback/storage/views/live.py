"""What the live stream needs beside the rows themselves: recent events, who belongs where, whose contact it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from answerback.storage.connection import Database
from answerback.storage.events import Event

RECENT = """
    select xid::text::bigint as xid, id, kind, at, actor_id, conversation_id, contact_id, message_id, user_id, data
    from event where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid desc, id desc limit $1
"""

# A contact without a conversation in the event: the one that is not closed, else the latest.
OF_CONTACT = """
    select distinct on (contact_id) contact_id, id from conversation
    where contact_id = any ($1::bigint[]) order by contact_id, state = 'closed', id desc
"""


CLOSED_BY = """
    select distinct on (conversation_id) conversation_id, user_id from event
    where conversation_id = any ($1::bigint[]) and kind = 'ConversationClosed' order by conversation_id, id desc
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A user's name, and the queues whose members see how they are."""

    name: str
    queue_ids: frozenset[int]


async def recent_events(database: Database, limit: int) -> list[Event]:
    """The last events that no running transaction can precede, oldest first."""
    rows = await database.fetch(RECENT, limit)
    return [Event(**row) for row in reversed(rows)]


async def more_events(database: Database, xid: int, number: int) -> bool:
    """Whether anything stands behind a cursor, also what may not be read yet."""
    # In order, so that the key is probed: an unordered look reads the whole log, whose end is what is asked for.
    found = await database.fetchval(
        "select true from event where (xid, id) > ($1::text::xid8, $2::bigint) order by xid, id limit 1",
        str(xid),
        number,
    )
    return found is True


async def people_by_id(database: Database, user_ids: Iterable[int]) -> dict[int, Person]:
    rows = await database.fetch(
        """
        select u.id, u.name, array(select m.queue_id from queue_member m where m.user_id = u.id) as queue_ids
        from app_user u where u.id = any ($1::bigint[])
        """,
        list(user_ids),
    )
    return {row["id"]: Person(row["name"], frozenset(row["queue_ids"])) for row in rows}


async def queues_of(database: Database, user_id: int) -> frozenset[int]:
    rows = await database.fetch("select queue_id from queue_member where user_id = $1", user_id)
    return frozenset(row["queue_id"] for row in rows)


async def conversations_of_contacts(database: Database, contact_ids: Iterable[int]) -> dict[int, int]:
    """A conversation id for each contact that has any."""
    wanted = list(contact_ids)
    if not wanted:
        return {}
    return {row["contact_id"]: row["id"] for row in await database.fetch(OF_CONTACT, wanted)}


async def last_holders(database: Database, conversation_ids: Iterable[int]) -> dict[int, int]:
    """Who held these conversations when they were closed last."""
    wanted = list(conversation_ids)
    if not wanted:
        return {}
    rows = await database.fetch(CLOSED_BY, wanted)
    return {row["conversation_id"]: row["user_id"] for row in rows if row["user_id"] is not None}
