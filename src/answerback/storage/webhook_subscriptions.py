"""What other systems asked to be told of. Secrets are sealed; the API never shows them again."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database

SELECT = """
select s.id, s.url, s.description, s.types, s.active, s.off_reason, s.failing_since, s.created_at,
       (select count(*) from webhook_delivery d where d.subscription_id = s.id and d.state = 'waiting') as waiting
from webhook_subscription s
"""


class WebhookSubscription(msgspec.Struct, frozen=True):
    """`types` as in GET /webhook-subscriptions/types. `off_reason` says why it was switched off by itself; `waiting`
    calls are still owed."""

    id: int
    url: str
    description: str
    types: list[str]
    active: bool
    off_reason: str
    failing_since: datetime | None
    created_at: datetime
    waiting: int


async def list_subscriptions(database: Database, after: int, limit: int) -> list[WebhookSubscription]:
    rows = await database.fetch(SELECT + " where s.id > $1 order by s.id limit $2", after, limit)
    return [WebhookSubscription(**row) for row in rows]


async def get_subscription(database: Database, subscription_id: int) -> WebhookSubscription | None:
    row = await database.fetchrow(SELECT + " where s.id = $1", subscription_id)
    return WebhookSubscription(**row) if row else None


async def lock_subscription(connection: Connection, subscription_id: int) -> WebhookSubscription | None:
    """Held until the transaction ends."""
    row = await connection.fetchrow(SELECT + " where s.id = $1 for update of s", subscription_id)
    return WebhookSubscription(**row) if row else None


async def next_subscription_id(connection: Connection) -> int:
    """The id must be known before its secret is sealed, because it is bound to it."""
    number: int = await connection.fetchval("select nextval(pg_get_serial_sequence('webhook_subscription', 'id'))")
    return number


async def insert_subscription(
    connection: Connection, subscription: WebhookSubscription, secret: bytes, *, user_id: int
) -> None:
    await connection.execute(
        """
        insert into webhook_subscription (id, url, description, types, secret, active, created_by)
        overriding system value values ($1, $2, $3, $4, $5, $6, $7)
        """,
        subscription.id,
        subscription.url,
        subscription.description,
        subscription.types,
        secret,
        subscription.active,
        user_id,
    )


async def update_subscription(connection: Connection, subscription: WebhookSubscription) -> None:
    """All but its secrets. Switching it on forgets why it was off."""
    await connection.execute(
        """
        update webhook_subscription
        set url = $2, description = $3, types = $4, active = $5, off_reason = case when $5 then '' else off_reason end,
            failing_since = case when $5 and not active then null else failing_since end
        where id = $1
        """,
        subscription.id,
        subscription.url,
        subscription.description,
        subscription.types,
        subscription.active,
    )


async def change_secret(connection: Connection, subscription_id: int, secret: bytes, former_hours: int) -> None:
    """The one before signs beside it for some hours."""
    await connection.execute(
        """
        update webhook_subscription
        set former_secret = secret, former_until = now() + make_interval(hours => $3), secret = $2 where id = $1
        """,
        subscription_id,
        secret,
        former_hours,
    )


async def delete_subscription(connection: Connection, subscription_id: int) -> None:
    """With the calls that are still owed to it."""
    await connection.execute("delete from webhook_subscription where id = $1", subscription_id)


async def switch_off(connection: Connection, subscription_id: int, reason: str) -> bool:
    """Whether it was on."""
    row = await connection.fetchrow(
        "update webhook_subscription set active = false, off_reason = $2 where id = $1 and active returning id",
        subscription_id,
        reason,
    )
    return row is not None


async def find_own(database: Database, url: str, type: str, user_id: int) -> int | None:
    """A user's active subscription of just this type and address."""
    found: int | None = await database.fetchval(
        """
        select id from webhook_subscription
        where url = $1 and types = array[$2] and created_by = $3 and active order by id limit 1
        """,
        url,
        type,
        user_id,
    )
    return found


async def is_own(database: Database, subscription_id: int, user_id: int) -> bool:
    found: bool = await database.fetchval(
        "select exists (select from webhook_subscription where id = $1 and created_by = $2)", subscription_id, user_id
    )
    return found
