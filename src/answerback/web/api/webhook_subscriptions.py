"""Webhook subscriptions: other systems that are told of what happens."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody, Parameter

from answerback.domain.access.permissions import Permission
from answerback.domain.webhooks.types import TITLES, EventType
from answerback.storage.webhook_deliveries import WebhookDelivery, list_deliveries
from answerback.storage.webhook_subscriptions import WebhookSubscription, get_subscription, list_subscriptions
from answerback.usecases.webhook_settings import (
    NewWebhook,
    WebhookChanges,
    WebhookDesk,
    WebhookDraft,
    WebhookSecret,
    call_again,
    call_to_try,
    change_webhook,
    create_webhook,
    remove_webhook,
    renew_secret,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, before_id, cut
from answerback.web.api.services import Caller, Given, Services
from answerback.web.problems import granted, not_found

MANAGE = Permission.MANAGE_SETTINGS
SettledAs = Annotated[Literal["waiting", "taken", "failed"] | None, Parameter(description="Only calls in this state.")]


class WebhookPage(msgspec.Struct, frozen=True):
    items: list[WebhookSubscription]
    next_cursor: str | None


class DeliveryPage(msgspec.Struct, frozen=True):
    items: list[WebhookDelivery]
    next_cursor: str | None


class EventTypeView(msgspec.Struct, frozen=True):
    """A type to subscribe to, and what it means."""

    type: EventType
    title: str


class EventTypes(msgspec.Struct, frozen=True):
    items: list[EventTypeView]


class TriedCall(msgspec.Struct, frozen=True):
    """Look for it under the deliveries."""

    delivery_id: int


class WebhookSubscriptionController(Controller):
    path = "/api/v1/webhook-subscriptions"
    tags = ("Webhooks out",)

    @get("/", operation_id="listWebhookSubscriptions", summary="List subscriptions", access=MANAGE)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> WebhookPage:
        """In the order they were added; secrets are never shown again."""
        rows = await list_subscriptions(services.pool, after_id(cursor), limit + 1)
        return WebhookPage(*cut(rows, limit, lambda one: (one.id,)))

    @get("/types", operation_id="listWebhookEventTypes", summary="What can be told", access=MANAGE)
    async def types(self) -> EventTypes:
        """The public names of events; they stay."""
        named = [EventTypeView(kind, title) for kind, title in TITLES.items() if kind is not EventType.TEST]
        return EventTypes(named)

    @post("/", operation_id="createWebhookSubscription", summary="Add a subscription", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[WebhookDraft]) -> NewWebhook:
        """The secret signs its calls as Standard Webhooks asks and is shown this once."""
        return granted(await create_webhook(_desk(services), data, caller.user_id))

    @get("/{subscription_id:int}", operation_id="getWebhookSubscription", summary="One subscription", access=MANAGE)
    async def read(self, services: Given, subscription_id: Id) -> WebhookSubscription:
        """With how many calls wait, and why it was switched off if it was."""
        subscription = await get_subscription(services.pool, subscription_id)
        if subscription is None:
            raise not_found(f"webhook subscription {subscription_id}")
        return subscription

    @patch("/{subscription_id:int}", operation_id="changeWebhookSubscription", summary="Change it", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, subscription_id: Id, data: JSONBody[WebhookChanges]
    ) -> WebhookSubscription:
        """Calls that wait go to the new address."""
        return granted(await change_webhook(_desk(services), subscription_id, data, caller.user_id))

    @delete("/{subscription_id:int}", operation_id="removeWebhookSubscription", summary="Remove it", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, subscription_id: Id) -> None:
        """With the calls that are still owed to it."""
        granted(await remove_webhook(services.pool, subscription_id, caller.user_id))

    @post(
        "/{subscription_id:int}/secret", operation_id="renewWebhookSecret", summary="Make a new secret", access=MANAGE
    )
    async def renew(self, services: Given, caller: Caller, subscription_id: Id) -> WebhookSecret:
        """Shown this once. For a day calls are signed by the former one too."""
        return granted(await renew_secret(_desk(services), subscription_id, caller.user_id))

    @post(
        "/{subscription_id:int}/test",
        operation_id="testWebhookSubscription",
        summary="Make a call to try it",
        access=MANAGE,
    )
    async def test(self, services: Given, subscription_id: Id) -> TriedCall:
        """A call of the type `test`, made at once and once only."""
        return TriedCall(granted(await call_to_try(services.pool, subscription_id)))

    @get("/{subscription_id:int}/deliveries", operation_id="listWebhookDeliveries", summary="Its calls", access=MANAGE)
    async def deliveries(
        self,
        services: Given,
        subscription_id: Id,
        *,
        outcome: SettledAs = None,
        cursor: Cursor = None,
        limit: Limit = FIRST_LIMIT,
    ) -> DeliveryPage:
        """The newest first, with what was answered. Settled calls are kept for thirty days."""
        rows = await list_deliveries(services.pool, subscription_id, before_id(cursor), limit + 1, state=outcome)
        return DeliveryPage(*cut(rows, limit, lambda one: (one.id,)))

    @post(
        "/{subscription_id:int}/deliveries/{delivery_id:int}/again",
        operation_id="repeatWebhookDelivery",
        summary="Make a call again",
        access=MANAGE,
        status_code=204,
    )
    async def again(self, services: Given, subscription_id: Id, delivery_id: Id) -> None:
        """With the rows as they are now and the same `webhook-id`."""
        granted(await call_again(services.pool, subscription_id, delivery_id))


def _desk(services: Services) -> WebhookDesk:
    return WebhookDesk(services.pool, services.sealer)
