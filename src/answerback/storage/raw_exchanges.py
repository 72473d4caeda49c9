"""What providers said where a text went wrong, sealed: stored beside the message, read by few, deleted in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class SealedExchange:
    """`kind` is send or report; `sealed` is bound to its account."""

    message_id: int
    account_id: int
    kind: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeptExchange(SealedExchange):
    """With the time it was kept."""

    at: datetime


async def add_exchanges(connection: Connection, exchanges: Sequence[SealedExchange]) -> None:
    """Those of accounts that keep none, or that are gone, are passed over."""
    await connection.execute(
        """
        insert into raw_exchange (message_id, provider_account_id, kind, sealed)
        select r.message, r.account, r.kind, r.sealed
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[]) with ordinality
             as r (message, account, kind, sealed, ord)
        join provider_account a on a.id = r.account and a.keep_raw_days > 0
        where exists (select from message m where m.id = r.message)
        order by r.ord
        """,
        [one.message_id for one in exchanges],
        [one.account_id for one in exchanges],
        [one.kind for one in exchanges],
        [one.sealed for one in exchanges],
    )


async def read_exchanges(database: Database, message_id: int) -> list[KeptExchange]:
    """The oldest first."""
    rows = await database.fetch(
        """
        select message_id, provider_account_id as account_id, kind, sealed, at
        from raw_exchange where message_id = $1 order by id limit 50
        """,
        message_id,
    )
    return [KeptExchange(**row) for row in rows]


async def forget_raw(database: Database, limit: int) -> bool:
    """Delete up to `limit` of each that are past their account's days; whether there may be more.

    Webhooks that still wait for a person stay: they hold texts that are nowhere else.
    """
    gone: list[int] = [
        await database.fetchval(
            """
            with old as (
                select s.id from provider_account a cross join lateral (
                    select id from raw_exchange r
                    where r.provider_account_id = a.id and r.at < now() - make_interval(days => a.keep_raw_days)
                    order by r.at limit $1) s
                limit $1
            ), gone as (delete from raw_exchange r using old where r.id = old.id returning 1)
            select count(*) from gone
            """,
            limit,
        ),
        await database.fetchval(
            """
            with old as (
                select s.id from provider_account a cross join lateral (
                    select id from webhook_kept k
                    where k.provider_account_id = a.id and k.outcome <> 'kept'
                      and k.received_at < now() - make_interval(days => a.keep_raw_days)
                    order by k.received_at limit $1) s
                limit $1
            ), gone as (delete from webhook_kept k using old where k.id = old.id returning 1)
            select count(*) from gone
            """,
            limit,
        ),
    ]
    return max(gone) >= limit
