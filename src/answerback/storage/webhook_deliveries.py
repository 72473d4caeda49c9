"""The calls owed to other systems: written with the news itself, claimed when due, settled when taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from answerback.storage.connection import Connection, Database
from answerback.storage.events import Event


class WebhookDelivery(msgspec.Struct, frozen=True):
    """One call: state waiting, taken or failed; what the receiver answered last."""

    id: int
    type: str
    happened_at: datetime
    state: str
    tries: int
    due_at: datetime
    last_status: int | None
    last_problem: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueCall:
    """A claimed call with what is needed to make it. `secrets` are sealed."""

    id: int
    subscription_id: int
    url: str
    secrets: tuple[bytes, ...]
    type: str
    event_id: int | None
    happened_at: datetime
    conversation_id: int | None
    contact_id: int | None
    message_id: int | None
    user_id: int | None
    data: dict[str, Any]
    tries: int
    failing_since: datetime | None


async def owe_calls(connection: Connection, news: Sequence[tuple[str, Event]]) -> int:
    """One call for each active subscription that asked for the type; how many."""
    rows = await connection.fetch(
        """
        insert into webhook_delivery
            (subscription_id, type, event_id, happened_at, conversation_id, contact_id, message_id, user_id, data)
        select s.id, e.type, e.id, e.at, e.conversation_id, e.contact_id, e.message_id, e.user_id, e.data
        from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                    $8::jsonb[]) as e (type, id, at, conversation_id, contact_id, message_id, user_id, data)
        join webhook_subscription s on s.active and e.type = any (s.types)
        order by e.id, s.id
        on conflict do nothing
        returning id
        """,
        [kind for kind, _ in news],
        [event.id for _, event in news],
        [event.at for _, event in news],
        [event.conversation_id for _, event in news],
        [event.contact_id for _, event in news],
        [event.message_id for _, event in news],
        [event.user_id for _, event in news],
        [event.data for _, event in news],
    )
    return len(rows)


async def owe_test(connection: Connection, subscription_id: int) -> int:
    delivery_id: int = await connection.fetchval(
        "insert into webhook_delivery (subscription_id, type, happened_at) values ($1, 'test', now()) returning id",
        subscription_id,
    )
    return delivery_id


async def claim_due(database: Database, limit: int, hold_seconds: float) -> list[DueCall]:
    """Calls that are due, each for one caller only; after a crash they are due again when the hold ends."""
    rows = await database.fetch(
        """
        with due as (
            select d.id from webhook_delivery d join webhook_subscription s on s.id = d.subscription_id
            where d.state = 'waiting' and d.due_at <= now() and (s.active or d.type = 'test')
            order by d.due_at limit $1 for update of d skip locked
        ), claimed as (
            update webhook_delivery d set tries = d.tries + 1, due_at = now() + make_interval(secs => $2)
            from due where d.id = due.id returning d.*
        )
        select c.id, c.subscription_id, s.url, c.type, c.event_id, c.happened_at, c.conversation_id, c.contact_id,
               c.message_id, c.user_id, c.data, c.tries, s.failing_since, s.secret,
               case when s.former_until > now() then s.former_secret end as former
        from claimed c join webhook_subscription s on s.id = c.subscription_id order by c.id
        """,
        limit,
        hold_seconds,
    )
    return [_due(row) for row in rows]


async def settle_taken(connection: Connection, call: DueCall, status: int) -> None:
    await connection.execute(
        """
        update webhook_delivery set state = 'taken', last_status = $2, last_problem = '', settled_at = now()
        where id = $1
        """,
        call.id,
        status,
    )
    if call.failing_since is not None:
        await connection.execute(
            "update webhook_subscription set failing_since = null where id = $1", call.subscription_id
        )


async def settle_refused(
    connection: Connection, call: DueCall, status: int | None, problem: str, *, wait_seconds: float | None
) -> None:
    """Tried again after `wait_seconds`, or given up."""
    await connection.execute(
        """
        update webhook_delivery
        set last_status = $2, last_problem = $3, due_at = now() + make_interval(secs => coalesce($4, 0)),
            state = case when $4::float8 is null then 'failed' else state end,
            settled_at = case when $4::float8 is null then now() end
        where id = $1
        """,
        call.id,
        status,
        problem,
        wait_seconds,
    )
    await connection.execute(
        "update webhook_subscription set failing_since = coalesce(failing_since, now()) where id = $1",
        call.subscription_id,
    )


async def list_deliveries(
    database: Database, subscription_id: int, before: int, limit: int, *, state: str | None = None
) -> list[WebhookDelivery]:
    """The newest first."""
    rows = await database.fetch(
        """
        select id, type, happened_at, state, tries, due_at, last_status, last_problem, settled_at
        from webhook_delivery
        where subscription_id = $1 and id < $2 and ($4::text is null or state = $4) order by id desc limit $3
        """,
        subscription_id,
        before,
        limit,
        state,
    )
    return [WebhookDelivery(**row) for row in rows]


async def owe_again(database: Database, subscription_id: int, delivery_id: int) -> bool:
    """A settled call is made once more, with its tries counted anew; whether there was one."""
    row = await database.fetchrow(
        """
        update webhook_delivery set state = 'waiting', tries = 0, due_at = now(), settled_at = null
        where id = $1 and subscription_id = $2 and state <> 'waiting' returning id
        """,
        delivery_id,
        subscription_id,
    )
    return row is not None


async def forget_settled(database: Database, days: int) -> None:
    """Calls settled long ago; a few thousand at a time."""
    await database.execute(
        """
        delete from webhook_delivery where id in (
            select id from webhook_delivery
            where state <> 'waiting' and settled_at < now() - make_interval(days => $1) limit 5000)
        """,
        days,
    )


def _due(row: asyncpg.Record) -> DueCall:
    fields = dict(row)
    secrets = (fields.pop("secret"), fields.pop("former"))
    return DueCall(secrets=tuple(secret for secret in secrets if secret is not None), **fields)
