"""What stands beside a conversation when it is opened: how much came before, and its messages page by page."""

from collections.abc import Sequence

from answerback.storage.connection import Database


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
