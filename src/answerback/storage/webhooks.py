"""What knocked at the webhook doors: counted by day, and kept whole where a person can repair it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class Tallied:
    """How often one door had one outcome since the last count was written."""

    account_id: int
    door: str
    outcome: str
    reason: str
    hits: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KeptWebhook:
    """`body` is sealed; `url` and `headers` hold nothing personal. Outcome refused: only a sample."""

    account_id: int
    door: str
    reason: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    outcome: str = "kept"


async def add_tallies(database: Database, tallies: Sequence[Tallied]) -> list[Tallied]:
    """Add to the day's counts; gives those counted for the first time that day. Gone accounts are passed over."""
    fresh = await database.fetch(
        """
        insert into webhook_tally as t (provider_account_id, door, outcome, reason, day, hits, last_at)
        select r.account, r.door, r.outcome, r.reason, (r.last_at at time zone 'UTC')::date, r.hits, r.last_at
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[])
             as r (account, door, outcome, reason, hits, last_at)
        where exists (select from provider_account a where a.id = r.account)
        order by 1, 2, 3, 4
        on conflict (provider_account_id, door, outcome, reason, day)
        do update set hits = t.hits + excluded.hits, last_at = greatest(t.last_at, excluded.last_at)
        returning provider_account_id, door, outcome, reason, xmax = 0 as is_new
        """,
        [tally.account_id for tally in tallies],
        [tally.door for tally in tallies],
        [tally.outcome for tally in tallies],
        [tally.reason for tally in tallies],
        [tally.hits for tally in tallies],
        [tally.last_at for tally in tallies],
    )
    new = {tuple(row)[:4] for row in fresh if row["is_new"]}
    return [tally for tally in tallies if (tally.account_id, tally.door, tally.outcome, tally.reason) in new]


async def touch_inbound(database: Database, last_at: Mapping[int, datetime]) -> None:
    """Note when each account last brought a text."""
    await database.execute(
        """
        update provider_account a set last_inbound_at = greatest(a.last_inbound_at, r.at)
        from unnest($1::bigint[], $2::timestamptz[]) as r (account, at) where a.id = r.account
        """,
        list(last_at),
        list(last_at.values()),
    )


async def keep_webhooks(database: Database, kept: Sequence[KeptWebhook]) -> list[int]:
    """Store for replay; gives the new ids."""
    rows = await database.fetch(
        """
        insert into webhook_kept (provider_account_id, door, reason, url, headers, body, received_at, outcome)
        select r.account, r.door, r.reason, r.url, r.headers, r.body, r.received_at, r.outcome
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bytea[], $7::timestamptz[],
                    $8::text[])
             with ordinality as r (account, door, reason, url, headers, body, received_at, outcome, ord)
        where exists (select from provider_account a where a.id = r.account)
        order by ord returning id
        """,
        [one.account_id for one in kept],
        [one.door for one in kept],
        [one.reason for one in kept],
        [one.url for one in kept],
        [dict(one.headers) for one in kept],
        [one.body for one in kept],
        [one.received_at for one in kept],
        [one.outcome for one in kept],
    )
    return [row["id"] for row in rows]


async def lock_kept(database: Database, kept_id: int) -> KeptWebhook | None:
    """The webhook if it still waits for a person, locked until the transaction ends."""
    row = await database.fetchrow(
        """
        select provider_account_id as account_id, door, reason, url, headers, body, received_at
        from webhook_kept where id = $1 and outcome = 'kept' for update
        """,
        kept_id,
    )
    return KeptWebhook(**row) if row else None


async def read_kept(database: Database, kept_id: int) -> KeptWebhook | None:
    """Only looked at, whatever became of it."""
    row = await database.fetchrow(
        """
        select provider_account_id as account_id, door, reason, url, headers, body, received_at, outcome
        from webhook_kept where id = $1
        """,
        kept_id,
    )
    return KeptWebhook(**row) if row else None


async def finish_kept(database: Database, kept_id: int, outcome: str) -> None:
    """`outcome` is replayed or dropped."""
    await database.execute("update webhook_kept set outcome = $2, replayed_at = now() where id = $1", kept_id, outcome)
