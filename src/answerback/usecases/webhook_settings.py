"""Webhook subscriptions: which other systems are told of what. The secret is given once, when it is made."""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.webhooks.calls import SECRET_PREFIX
from answerback.domain.webhooks.types import EventType
from answerback.storage.connection import Pool
from answerback.storage.event_followers import begin_following
from answerback.storage.sealing import Sealer
from answerback.storage.wakeups import notify
from answerback.storage.webhook_deliveries import owe_again, owe_test
from answerback.storage.webhook_subscriptions import (
    WebhookSubscription,
    change_secret,
    delete_subscription,
    get_subscription,
    insert_subscription,
    lock_subscription,
    next_subscription_id,
    update_subscription,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound

FORMER_SECRET_HOURS = 24
FOLLOWER = "webhooks"
"""Who follows the event log for them, from the first subscription on."""
Url = Annotated[str, Meta(min_length=1, max_length=2000, examples=["https://crm.example.org/texts"])]
Description = Annotated[str, Meta(max_length=500)]
Types = Annotated[list[EventType], Meta(min_length=1, max_length=50)]


class WebhookDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address to call, and what it shall be told of."""

    url: Url
    types: Types
    description: Description = ""
    active: bool = True


class WebhookChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. `active` true starts calls again to an address that was given up."""

    url: Url | UnsetType = UNSET
    types: Types | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class NewWebhook(WebhookSubscription, frozen=True, kw_only=True):
    """With the secret that signs its calls, which cannot be shown again."""

    secret: str


class WebhookSecret(msgspec.Struct, frozen=True):
    """The new secret. The one before signs beside it for a day."""

    secret: str


@dataclass(frozen=True, slots=True)
class WebhookDesk:
    """What work on subscriptions needs."""

    pool: Pool
    sealer: Sealer


def context_of(subscription_id: int) -> str:
    """What a sealed secret is bound to."""
    return f"webhook_subscription:{subscription_id}"


async def create_webhook(desk: WebhookDesk, draft: WebhookDraft, actor_id: int) -> NewWebhook | Invalid:
    problems = _problems(draft.url, draft.types)
    if problems:
        return Invalid(problems)
    secret = make_secret()
    async with desk.pool.acquire() as connection, connection.transaction():
        new_id = await next_subscription_id(connection)
        subscription = WebhookSubscription(
            id=new_id, url=draft.url, description=draft.description.strip(), types=_ordered(draft.types),
            active=draft.active, off_reason="", failing_since=None, created_at=datetime.now(UTC), waiting=0,
        )  # fmt: skip
        sealed = desk.sealer.seal(secret.encode(), context_of(new_id))
        await insert_subscription(connection, subscription, sealed, user_id=actor_id)
        await begin_following(connection, FOLLOWER)
        data = {"id": new_id, "host": urlsplit(draft.url).hostname, "types": subscription.types}
        await record_setting(connection, "WebhookSubscriptionCreated", actor_id, data)
    return NewWebhook(**msgspec.structs.asdict(subscription), secret=secret)


async def change_webhook(
    desk: WebhookDesk, subscription_id: int, changes: WebhookChanges, actor_id: int
) -> WebhookSubscription | Invalid | NotFound:
    async with desk.pool.acquire() as connection, connection.transaction():
        old = await lock_subscription(connection, subscription_id)
        if old is None:
            return NotFound(f"webhook subscription {subscription_id}")
        new = apply_changes(old, changes)
        problems = _problems(new.url, [EventType(name) for name in new.types])
        if problems:
            return Invalid(problems)
        new = msgspec.structs.replace(new, types=_ordered([EventType(name) for name in new.types]))
        await update_subscription(connection, new)
        changed = difference(old, new, private=frozenset({"url"}))  # an address may hold a secret
        if changed:
            data = {"id": new.id, "host": urlsplit(new.url).hostname, "changes": changed}
            await record_setting(connection, "WebhookSubscriptionChanged", actor_id, data)
        after = await get_subscription(connection, subscription_id)
        assert after is not None
        return after


async def renew_secret(desk: WebhookDesk, subscription_id: int, actor_id: int) -> WebhookSecret | NotFound:
    secret = make_secret()
    async with desk.pool.acquire() as connection, connection.transaction():
        subscription = await lock_subscription(connection, subscription_id)
        if subscription is None:
            return NotFound(f"webhook subscription {subscription_id}")
        sealed = desk.sealer.seal(secret.encode(), context_of(subscription_id))
        await change_secret(connection, subscription_id, sealed, FORMER_SECRET_HOURS)
        data = {"id": subscription_id, "changes": {"secret": "changed"}}
        await record_setting(connection, "WebhookSubscriptionChanged", actor_id, data)
    return WebhookSecret(secret)


async def remove_webhook(pool: Pool, subscription_id: int, actor_id: int) -> NotFound | None:
    async with pool.acquire() as connection, connection.transaction():
        subscription = await lock_subscription(connection, subscription_id)
        if subscription is None:
            return NotFound(f"webhook subscription {subscription_id}")
        await delete_subscription(connection, subscription_id)
        data = {"id": subscription_id, "host": urlsplit(subscription.url).hostname}
        await record_setting(connection, "WebhookSubscriptionRemoved", actor_id, data)
    return None


async def call_to_try(pool: Pool, subscription_id: int) -> int | NotFound:
    """A call of the type `test`, also while it is switched off; the id of the delivery."""
    async with pool.acquire() as connection, connection.transaction():
        if await lock_subscription(connection, subscription_id) is None:
            return NotFound(f"webhook subscription {subscription_id}")
        delivery_id = await owe_test(connection, subscription_id)
        await notify(connection, "webhook")
        return delivery_id


async def call_again(pool: Pool, subscription_id: int, delivery_id: int) -> NotFound | Conflict | None:
    async with pool.acquire() as connection, connection.transaction():
        if await get_subscription(connection, subscription_id) is None:
            return NotFound(f"webhook subscription {subscription_id}")
        if not await owe_again(connection, subscription_id, delivery_id):
            return Conflict("There is no settled call of this number: it waits to be made, or was forgotten.")
        await notify(connection, "webhook")
    return None


def make_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def _ordered(types: list[EventType]) -> list[str]:
    return [kind.value for kind in EventType if kind in types]


def _problems(url: str, types: list[EventType]) -> tuple[FieldProblem, ...]:
    found = []
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None
    except ValueError:
        usable = False
    if not usable:
        way_out = "Give a whole address such as https://crm.example.org/texts, without a user name in it."
        found.append(FieldProblem("url", "is not a web address", way_out))
    if EventType.TEST in types:
        way_out = "Leave it out: a test call is made when you ask for one."
        found.append(FieldProblem("types", "has test, which nobody waits for", way_out))
    return tuple(found)
