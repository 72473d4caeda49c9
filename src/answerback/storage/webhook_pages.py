"""What the webhook doors saw, for administrators: counts, and requests kept for repair (never their contents)."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Database

KEPT = """
select id, provider_account_id, door, reason, received_at, replayed_at, outcome from webhook_kept
"""


class Tally(msgspec.Struct, frozen=True):
    """How often one door had one outcome in the last thirty days."""

    door: str
    outcome: str
    reason: str
    hits: int
    last_at: datetime


class KeptView(msgspec.Struct, frozen=True):
    """A webhook that could not be taken in. `outcome`: kept, replayed or dropped; refused is a sample
    of what was not let in."""

    id: int
    provider_account_id: int
    door: str
    reason: str
    received_at: datetime
    replayed_at: datetime | None
    outcome: str


async def list_tallies(connection: Database, account_id: int) -> list[Tally]:
    rows = await connection.fetch(
        """
        select door, outcome, reason, sum(hits)::bigint as hits, max(last_at) as last_at
        from webhook_tally where provider_account_id = $1 and day > current_date - 30
        group by door, outcome, reason order by max(last_at) desc
        """,
        account_id,
    )
    return [Tally(**row) for row in rows]


async def list_kept(connection: Database, outcome: str | None, before: int, limit: int) -> list[KeptView]:
    rows = await connection.fetch(
        KEPT + " where ($1::text is null or outcome = $1) and id < $2 order by id desc limit $3",
        outcome,
        before,
        limit,
    )
    return [KeptView(**row) for row in rows]


async def get_kept(connection: Database, kept_id: int) -> KeptView | None:
    row = await connection.fetchrow(KEPT + " where id = $1", kept_id)
    return KeptView(**row) if row else None
