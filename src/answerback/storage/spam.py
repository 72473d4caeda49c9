"""How many texts a phone sent lately, for blocking those who flood us; and whom a person has forgiven."""

from answerback.storage.connection import Connection, Database


async def count_lately(database: Database, phone: str, minutes: int, most: int) -> int:
    """Texts from this phone to any number of ours within so many minutes and since it was last forgiven, up to `most`
    for each conversation."""
    count: int = await database.fetchval(
        """
        select count(*) from contact_phone k
        join conversation c on c.contact_id = k.contact_id and c.customer_phone = k.phone
        cross join lateral (
            select m.kind, m.created_at from message m where m.conversation_id = c.id
            order by m.seq desc limit $3 * 2) m
        where k.phone = $1 and m.kind = 'inbound'
          and m.created_at > greatest(now() - make_interval(mins => $2),
                                      (select p.at from spam_pardon p where p.phone = $1))
        """,
        phone,
        minutes,
        most,
    )
    return count


async def latest_conversation(connection: Connection, phone: str) -> int | None:
    """Where a note about this phone is seen."""
    found: int | None = await connection.fetchval(
        """
        select c.id from contact_phone k join conversation c on c.contact_id = k.contact_id
        where k.phone = $1 order by c.state = 'closed', c.id desc limit 1
        """,
        phone,
    )
    return found


async def forgive(connection: Connection, phone: str) -> None:
    await connection.execute(
        "insert into spam_pardon (phone) values ($1) on conflict (phone) do update set at = now()", phone
    )
