"""Webhooks by the hour: how many had which outcome, came again, and how long they took."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from answerback.storage.connection import Database

Pace = tuple[int, str, int]
"""Account, measure, bucket; measures are outcomes, `repeated`, `retried`, and the times `handling` and `travel`."""


async def add_pace(database: Database, hits: Mapping[Pace, int], now: datetime) -> None:
    """Add to this hour's counts. Gone accounts are passed over."""
    await database.execute(
        """
        insert into webhook_pace as p (provider_account_id, hour, measure, bucket, hits)
        select r.account, date_trunc('hour', $5::timestamptz), r.measure, r.bucket, r.hits
        from unnest($1::bigint[], $2::text[], $3::smallint[], $4::bigint[]) as r (account, measure, bucket, hits)
        where exists (select from provider_account a where a.id = r.account)
        order by 1, 3, 4
        on conflict (provider_account_id, hour, measure, bucket) do update set hits = p.hits + excluded.hits
        """,
        [account for account, _, _ in hits],
        [measure for _, measure, _ in hits],
        [bucket for _, _, bucket in hits],
        list(hits.values()),
        now,
    )


async def read_pace(database: Database, account_id: int, span: timedelta) -> dict[str, dict[int, int]]:
    """Hits by measure and bucket of the last so many hours, the current one with them."""
    rows = await database.fetch(
        """
        select measure, bucket, sum(hits)::bigint as hits from webhook_pace
        where provider_account_id = $1 and hour > now() - $2::interval group by measure, bucket
        """,
        account_id,
        span,
    )
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row["measure"], {})[row["bucket"]] = row["hits"]
    return found


async def is_watched_since(database: Database, account_id: int, span: timedelta) -> bool:
    """Whether anything was counted before so long ago."""
    found: bool = await database.fetchval(
        "select exists (select from webhook_pace where provider_account_id = $1 and hour <= now() - $2::interval)",
        account_id,
        span,
    )
    return found
