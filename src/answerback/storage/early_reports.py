"""Delivery reports whose text is not known by its provider's id yet, and when to look for it next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class EarlyReport:
    """`body` is sealed as that of a kept webhook, `raw` as a raw exchange: each can become one as it is."""

    account_id: int
    provider_message_id: str
    body: bytes
    raw: bytes | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class DueReport(EarlyReport):
    """`attempts` counts this one."""

    id: int
    attempts: int


async def hold_reports(database: Database, reports: Sequence[EarlyReport]) -> None:
    """Due in two seconds, and whenever the result of a send names one. Those of gone accounts are passed over."""
    await database.execute(
        """
        insert into early_report (provider_account_id, provider_message_id, body, raw, received_at)
        select r.account, r.sid, r.body, r.raw, r.received_at
        from unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[], $5::timestamptz[]) with ordinality
             as r (account, sid, body, raw, received_at, ord)
        where exists (select from provider_account a where a.id = r.account)
        order by r.ord
        """,
        [one.account_id for one in reports],
        [one.provider_message_id for one in reports],
        [one.body for one in reports],
        [one.raw for one in reports],
        [one.received_at for one in reports],
    )


async def claim_early(database: Database, pauses: Sequence[float], limit: int) -> list[DueReport]:
    """Those due, the oldest first; each is due again after the pause of its attempt."""
    rows = await database.fetch(
        """
        with due as (
            select id from early_report where due_at <= now() order by due_at limit $2 for update skip locked
        )
        update early_report e
        set attempts = e.attempts + 1,
            due_at = now() + make_interval(secs => ($1::float8[])[least(e.attempts + 1, cardinality($1::float8[]))])
        from due where e.id = due.id
        returning e.id, e.attempts, e.provider_account_id as account_id, e.provider_message_id, e.body, e.raw,
                  e.received_at
        """,
        [float(pause) for pause in pauses],
        limit,
    )
    return sorted((DueReport(**row) for row in rows), key=lambda one: one.id)


async def forget_early(database: Database, ids: Sequence[int]) -> None:
    """They are applied, or kept elsewhere."""
    await database.execute("delete from early_report where id = any ($1::bigint[])", list(ids))
