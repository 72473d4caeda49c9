"""Conversations that we begin: found if there is one already, else made in the hands of whoever writes."""

from dataclasses import dataclass

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation that is not closed, and who has it."""

    id: int
    state: str
    agent_id: int | None
    agent_name: str | None


async def find_standing(database: Database, number_id: int, phone: str) -> Standing | None:
    """The one with this phone's contact on this number that is not closed; there is at most one."""
    row = await database.fetchrow(
        """
        select c.id, c.state, c.agent_id, a.name as agent_name
        from contact_phone p join conversation c on c.contact_id = p.contact_id and c.number_id = $1
        left join app_user a on a.id = c.agent_id
        where p.phone = $2 and c.state <> 'closed'
        """,
        number_id,
        phone,
    )
    return Standing(**row) if row else None


async def begin(connection: Connection, number_id: int, contact_id: int, phone: str, *, agent_id: int) -> int:
    """Active, held by the agent who writes. Raises a unique violation when somebody was faster."""
    conversation_id: int = await connection.fetchval(
        """
        insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id,
                                  auto_close_at)
        select n.id, w.id, w.queue_id, $2, $3, 'active', $4, now() + make_interval(secs => w.auto_close_active_seconds)
        from number n join workstream w on w.id = n.workstream_id where n.id = $1
        returning id
        """,
        number_id,
        contact_id,
        phone,
        agent_id,
    )
    return conversation_id


async def works_on(database: Database, number_id: int, user_id: int) -> bool:
    """Whether texts to this number come to a queue of this person."""
    found: bool = await database.fetchval(
        """
        select exists (select from number n join workstream w on w.id = n.workstream_id
                       join queue_member m on m.queue_id = w.queue_id where n.id = $1 and m.user_id = $2)
        """,
        number_id,
        user_id,
    )
    return found
