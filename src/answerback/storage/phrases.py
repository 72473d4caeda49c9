"""Customers' sentences that look like an opt-out, and what people made of them."""

from dataclasses import dataclass

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class InboundText:
    """A customer's text with what consent is about."""

    body: str
    phone: str
    conversation_id: int
    contact_id: int
    number_id: int
    brand_id: int | None


async def read_inbound(database: Database, message_id: int) -> InboundText | None:
    row = await database.fetchrow(
        """
        select m.body, c.customer_phone as phone, c.id as conversation_id, c.contact_id, c.number_id, n.brand_id
        from message m join conversation c on c.id = m.conversation_id join number n on n.id = c.number_id
        where m.id = $1 and m.kind = 'inbound'
        """,
        message_id,
    )
    return InboundText(**row) if row else None


async def settle(connection: Connection, message_id: int, how: str, user_id: int) -> bool:
    """Whether this was the first answer. `how` is recorded or dismissed."""
    found: bool | None = await connection.fetchval(
        """
        insert into phrase_settled (message_id, how, user_id) values ($1, $2, $3)
        on conflict (message_id) do nothing returning true
        """,
        message_id,
        how,
        user_id,
    )
    return found or False
