"""The snapshot an agent's screen starts from, consistent with the cursor it carries.

Which list a conversation stands in is a pure rule of its row, the same one the screen applies to live events; it is
written down in docs/reference/live.md.
"""

from answerback.storage.connection import Connection
from answerback.storage.events import current_cursor
from answerback.storage.views.conversations import COLUMNS, JOINS, conversation_view
from answerback.storage.views.people import agents, offers_by_id
from answerback.storage.views.shapes import (
    AgentView,
    ConversationView,
    DeskView,
    MeView,
    NumberRef,
    QueueRef,
    Reader,
)

CLOSED_SHOWN = 100

MY = f"""
    select {COLUMNS} from conversation c {JOINS}
    where c.agent_id = $1 and c.state in ('active', 'waiting', 'wrap_up')
    order by c.id
"""

OPEN = f"""
    select {COLUMNS} from conversation c {JOINS}
    where c.state = 'open' and ($2 or c.queue_id in (select queue_id from queue_member where user_id = $1))
    order by c.queued_at, c.id
"""

CLOSED = f"""
    select {COLUMNS} from conversation c {JOINS}
    where c.state = 'closed' and c.agent_id = $1 and c.closed_at > now() - interval '24 hours'
    order by c.closed_at desc, c.id desc limit {CLOSED_SHOWN}
"""

PENDING = "select id from offer where agent_id = $1 and state = 'pending' order by id"

QUEUES = """
    select id, name from queue
    where $2 or id in (select queue_id from queue_member where user_id = $1) order by name, id
"""

COLLEAGUES = """
    select distinct m.user_id from queue_member m
    where m.queue_id in (select queue_id from queue_member where user_id = $1)
"""


async def desk(connection: Connection, reader: Reader) -> DeskView:
    """Everything on the reader's desk, in one REPEATABLE READ transaction. Call it outside of a transaction."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        cursor = await current_cursor(connection)
        scope = (reader.user_id, reader.sees_all)
        people = await visible_agents(connection, reader)
        return DeskView(
            cursor=cursor,
            me=await _me(connection, reader),
            my=await _conversations(connection, MY, reader.user_id),
            open=await _conversations(connection, OPEN, *scope),
            closed=await _conversations(connection, CLOSED, reader.user_id),
            offers=list((await offers_by_id(connection, await _pending(connection, reader))).values()),
            agents=list(people.values()),
            queues=[QueueRef(*row) for row in await connection.fetch(QUEUES, *scope)],
            numbers=[
                NumberRef(*row) for row in await connection.fetch("select id, address, name from number order by id")
            ],
        )


async def visible_agents(connection: Connection, reader: Reader) -> dict[int, AgentView]:
    """Everybody for those who see all, else the reader and the members of the reader's queues."""
    if reader.sees_all:
        return await agents(connection)
    colleagues = {row["user_id"] for row in await connection.fetch(COLLEAGUES, reader.user_id)}
    return await agents(connection, colleagues | {reader.user_id})


async def _me(connection: Connection, reader: Reader) -> MeView:
    view = (await agents(connection, [reader.user_id]))[reader.user_id]
    email: str = await connection.fetchval("select email from app_user where id = $1", reader.user_id)
    fields = {name: getattr(view, name) for name in AgentView.__struct_fields__}
    return MeView(**fields, email=email, permissions=list(reader.permissions))


async def _conversations(connection: Connection, statement: str, *scope: object) -> list[ConversationView]:
    return [conversation_view(row) for row in await connection.fetch(statement, *scope)]


async def _pending(connection: Connection, reader: Reader) -> list[int]:
    return [row["id"] for row in await connection.fetch(PENDING, reader.user_id)]
