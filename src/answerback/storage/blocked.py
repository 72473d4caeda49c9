"""Phones that are blocked: their texts are kept but go to nobody, and nothing is sent to them."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database


class BlockedPhone(msgspec.Struct, frozen=True):
    phone: str
    reason: str
    user_id: int | None
    at: datetime


async def list_blocked(connection: Database, after: str, limit: int) -> list[BlockedPhone]:
    rows = await connection.fetch(
        "select phone, reason, user_id, at from blocked_phone where phone > $1 order by phone limit $2", after, limit
    )
    return [BlockedPhone(**row) for row in rows]


async def block(connection: Connection, phone: str, reason: str, user_id: int | None) -> BlockedPhone | None:
    """`user_id` None: the centre by itself. None when it is blocked already."""
    row = await connection.fetchrow(
        """
        insert into blocked_phone (phone, reason, user_id) values ($1, $2, $3)
        on conflict (phone) do nothing returning phone, reason, user_id, at
        """,
        phone,
        reason,
        user_id,
    )
    return BlockedPhone(**row) if row else None


async def unblock(connection: Connection, phone: str) -> bool:
    """Whether it was blocked."""
    return await connection.fetchval("delete from blocked_phone where phone = $1 returning true", phone) or False


async def any_blocked(connection: Database, phones: list[str]) -> bool:
    found: bool = await connection.fetchval(
        "select exists (select from blocked_phone where phone = any ($1::text[]))", phones
    )
    return found


async def contact_with(connection: Database, phone: str) -> int | None:
    """The contact that has this phone, for the event's sake."""
    contact_id: int | None = await connection.fetchval("select contact_id from contact_phone where phone = $1", phone)
    return contact_id
