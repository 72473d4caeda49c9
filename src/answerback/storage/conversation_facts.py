"""What stands beside a conversation when it is opened: whether it may be written in, and how much came before."""

from collections.abc import Sequence

from answerback.storage.connection import Database
from answerback.storage.messages import ConversationFacts


async def read_facts(connection: Database, conversation_id: int) -> ConversationFacts | None:
    """As storage/messages.py locks it, but only looked at."""
    row = await connection.fetchrow(
        """
        select c.id, c.state, c.contact_id, c.customer_phone, c.agent_id, c.last_seq, c.number_id,
               n.type as number_type, n.country as number_country, n.active as number_active, n.capabilities,
               n.provider_account_id, a.provider, a.active as account_active,
               exists (select from blocked_phone b where b.phone = c.customer_phone) as blocked
        from conversation c join number n on n.id = c.number_id join provider_account a on a.id = n.provider_account_id
        where c.id = $1
        """,
        conversation_id,
    )
    return ConversationFacts(**{**row, "capabilities": frozenset(row["capabilities"])}) if row else None


async def count_earlier(connection: Database, conversation_id: int, contact_id: int) -> int:
    """Conversations with the same contact before this one."""
    count: int = await connection.fetchval(
        "select count(*) from conversation where contact_id = $1 and id < $2", contact_id, conversation_id
    )
    return count


async def message_page(connection: Database, conversation_id: int, before_seq: int, limit: int) -> Sequence[int]:
    """Ids of one conversation's messages, the newest first."""
    rows = await connection.fetch(
        "select id from message where conversation_id = $1 and seq < $2 order by seq desc limit $3",
        conversation_id,
        before_seq,
        limit,
    )
    return [row["id"] for row in rows]


async def conversation_of_message(connection: Database, message_id: int) -> int | None:
    conversation_id: int | None = await connection.fetchval(
        "select conversation_id from message where id = $1", message_id
    )
    return conversation_id
