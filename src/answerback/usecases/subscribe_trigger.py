"""Subscriptions that a program makes and removes by itself, as connectors do: one type each, only the maker's own.

Whoever makes one sees texts of all conversations anyway; settings of other people's stay out of reach.
"""

import msgspec

from answerback.domain.webhooks.types import EventType
from answerback.storage.webhook_subscriptions import find_own, is_own
from answerback.usecases.refusals import Invalid, NotFound
from answerback.usecases.webhook_settings import Url, WebhookDesk, WebhookDraft, create_webhook, remove_webhook

DESCRIPTION = "Added by a connector, which removes it when its flow ends"


class TriggerDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The address to call."""

    url: Url


class MadeTrigger(msgspec.Struct, frozen=True):
    """The subscription; the header `Location` says where to remove it."""

    id: int
    type: EventType


async def subscribe_trigger(
    desk: WebhookDesk, kind: EventType, draft: TriggerDraft, actor_id: int
) -> MadeTrigger | Invalid:
    """The same address asked for again is the same subscription."""
    known = await find_own(desk.pool, draft.url, kind.value, actor_id)
    if known is not None:
        return MadeTrigger(known, kind)
    made = await create_webhook(desk, WebhookDraft(draft.url, [kind], DESCRIPTION), actor_id)
    return made if isinstance(made, Invalid) else MadeTrigger(made.id, kind)


async def unsubscribe_trigger(desk: WebhookDesk, subscription_id: int, actor_id: int) -> NotFound | None:
    if not await is_own(desk.pool, subscription_id, actor_id):
        return NotFound(f"webhook subscription {subscription_id} of yours")
    return await remove_webhook(desk.pool, subscription_id, actor_id)
