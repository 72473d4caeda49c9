"""Which phones are compared next with the provider's own opt-out list, and which of them the ledger lets through."""

from collections.abc import Sequence

from answerback.domain.consent.suppression import ERASED_PHONE
from answerback.storage.connection import Connection, Database
from answerback.storage.consent import OPTED_OUT


async def phones_to_compare(database: Database, number_id: int, limit: int) -> list[tuple[int, str]]:
    """(contact, phone) of those a number has a conversation with, after the last one compared; none: all were."""
    rows = await database.fetch(
        """
        select distinct on (c.contact_id) c.contact_id, c.customer_phone as phone
        from conversation c join number n on n.id = c.number_id
        where c.number_id = $1 and c.contact_id > n.opt_outs_compared_to and c.customer_phone <> $3
        order by c.contact_id, c.id desc limit $2
        """,
        number_id,
        limit,
        ERASED_PHONE,
    )
    return [(row["contact_id"], row["phone"]) for row in rows]


async def set_compared(connection: Connection, number_id: int, contact_id: int) -> None:
    """0 begins again."""
    await connection.execute("update number set opt_outs_compared_to = $2 where id = $1", number_id, contact_id)


async def not_opted_out(connection: Connection, number_id: int, phones: Sequence[str]) -> list[str]:
    """Those the ledger would let a number answer."""
    rows = await connection.fetch(
        f"""
        select p.phone from unnest($2::text[]) with ordinality as p (phone, ord) join number n on n.id = $1
        where not {OPTED_OUT.format(phone="p.phone", number="n")} order by p.ord
        """,
        number_id,
        list(phones),
    )
    return [row["phone"] for row in rows]
