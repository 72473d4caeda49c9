"""Sends whose fate is unknown, and when to ask the provider about them next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class UnclearSend:
    """`attempts` counts this one. `dealt`: a person has sent it again or left it."""

    message_id: int
    number_id: int
    phone: str
    body: str
    since: datetime
    attempts: int
    dealt: bool


async def claim_unclear(database: Database, pauses: Sequence[float], limit: int) -> list[UnclearSend]:
    """Those due; each is due again after the pause of its attempt, and given up after the last."""
    rows = await database.fetch(
        """
        with due as (
            select message_id from unclear_send where due_at <= now() order by due_at limit $2 for update skip locked
        ), taken as (
            update unclear_send u
            set attempts = u.attempts + 1,
                due_at = now() + make_interval(secs => ($1::float8[])[least(u.attempts + 1, cardinality($1::float8[]))])
            from due where u.message_id = due.message_id
            returning u.message_id, u.since, u.attempts
        )
        select t.message_id, coalesce(m.from_number_id, c.number_id) as number_id, c.customer_phone as phone, m.body,
               t.since, t.attempts, exists (select from failed_text_done d where d.message_id = m.id) as dealt
        from taken t join message m on m.id = t.message_id join conversation c on c.id = m.conversation_id
        where m.status = 'unclear' and m.provider_message_id is null
        """,
        [float(pause) for pause in pauses],
        limit,
    )
    return [UnclearSend(**row) for row in rows]


async def forget_settled(database: Database, most_attempts: int) -> None:
    """Drop what has become clear meanwhile, and what was asked about often enough: that stays unclear, and shown."""
    await database.execute(
        """
        delete from unclear_send u using message m
        where m.id = u.message_id and (m.status <> 'unclear' or u.attempts >= $1)
        """,
        most_attempts,
    )


async def known_ids(database: Database, account_id: int, provider_ids: Sequence[str]) -> set[str]:
    """Those that already belong to a message of ours."""
    rows = await database.fetch(
        "select provider_message_id from message"
        " where provider_account_id = $1 and provider_message_id = any ($2::text[])",
        account_id,
        list(provider_ids),
    )
    return {row["provider_message_id"] for row in rows}
