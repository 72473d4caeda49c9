"""Conversations as people see them, by id. Not for decisions: those read storage/conversations.py under a lock."""

from collections.abc import Iterable

import asyncpg

from answerback.storage.connection import Database
from answerback.storage.views.shapes import ConversationView

COLUMNS = """
    c.id, c.state, c.state_since, c.number_id, n.address as number, n.name as number_name, c.workstream_id,
    w.name as workstream, c.queue_id, q.name as queue, c.contact_id, t.name as contact_name, c.customer_phone,
    n.country, t.time_zone, t.language, c.agent_id, a.name as agent_name, c.queued_at, c.offer_expires_at, c.wake_at,
    c.waiting_since, c.opened_at, c.closed_at, c.close_reason, c.disposition, c.last_message_at, c.last_direction,
    c.last_preview, c.unread, c.last_seq, c.version, n.capabilities,
    coalesce((select e.choice = 'opt_out' from consent_entry e
              where e.phone = c.customer_phone and (e.number_id is null or e.number_id = c.number_id)
              order by e.id desc limit 1), false) as opted_out
"""

JOINS = """
    join number n on n.id = c.number_id
    join workstream w on w.id = c.workstream_id
    join queue q on q.id = c.queue_id
    join contact t on t.id = c.contact_id
    left join app_user a on a.id = c.agent_id
"""

BY_ID = f"select {COLUMNS} from conversation c {JOINS} where c.id = any ($1::bigint[])"


async def conversations_by_id(connection: Database, ids: Iterable[int]) -> dict[int, ConversationView]:
    """The conversations that exist, keyed by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {row["id"]: conversation_view(row) for row in await connection.fetch(BY_ID, wanted)}


def conversation_view(row: asyncpg.Record) -> ConversationView:
    """From a row of COLUMNS."""
    return ConversationView(**row)
