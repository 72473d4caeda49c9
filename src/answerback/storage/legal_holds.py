"""Legal holds: while one stands on a contact, nothing of theirs is erased, not by order and not by age."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select h.id, h.contact_id, h.reason, h.set_at, s.name as set_by, h.release_reason, h.released_at, r.name as released_by
from legal_hold h left join app_user s on s.id = h.set_by left join app_user r on r.id = h.released_by
"""


class LegalHold(msgspec.Struct, frozen=True):
    """`released_at` null: it holds. `set_by` and `released_by` are names."""

    id: int
    contact_id: int
    reason: str
    set_at: datetime
    set_by: str | None
    release_reason: str
    released_at: datetime | None
    released_by: str | None


async def read_holds(database: Database, contact_id: int) -> list[LegalHold]:
    """The newest first, released ones too."""
    rows = await database.fetch(SELECT + " where h.contact_id = $1 order by h.id desc limit 100", contact_id)
    return [LegalHold(**row) for row in rows]


async def hold_on(database: Database, contact_id: int) -> LegalHold | None:
    """The one that stands."""
    row = await database.fetchrow(SELECT + " where h.contact_id = $1 and h.released_at is null", contact_id)
    return LegalHold(**row) if row else None


async def insert_hold(connection: Connection, contact_id: int, reason: str, user_id: int) -> None:
    """The contact's row is locked: one hold at a time."""
    await connection.execute(
        "insert into legal_hold (contact_id, reason, set_by) values ($1, $2, $3)", contact_id, reason, user_id
    )


async def end_hold(connection: Connection, contact_id: int, reason: str, user_id: int) -> bool:
    """Whether there was one."""
    status: str = await connection.execute(
        """
        update legal_hold set released_at = now(), release_reason = $2, released_by = $3
        where contact_id = $1 and released_at is null
        """,
        contact_id,
        reason,
        user_id,
    )
    return status == "UPDATE 1"
