"""Writes down the calls that news owes to other systems: part of following the event log, so each exactly once."""

from collections.abc import Sequence
from dataclasses import replace

from answerback.domain.webhooks.types import OUTCOMES, EventType, type_of
from answerback.storage.connection import Connection
from answerback.storage.events import Event
from answerback.storage.outbound_messages import ordered_among
from answerback.storage.wakeups import notify
from answerback.storage.webhook_deliveries import owe_calls


async def owe_webhooks(connection: Connection, events: Sequence[Event]) -> None:
    """In the transaction that moves the follower on."""
    news = [(kind.value, event) for event in events if (kind := type_of(event.kind, event.data)) is not None]
    news += await _settled(connection, events)
    if news and await owe_calls(connection, news):
        await notify(connection, "webhook")


async def _settled(connection: Connection, events: Sequence[Event]) -> list[tuple[str, Event]]:
    """Of those about ordered texts: what became of them."""
    outcomes = [(event, event.message_id) for event in events if event.kind in OUTCOMES and event.message_id]
    if not outcomes:
        return []
    ordered = await ordered_among(connection, [message_id for _, message_id in outcomes])
    return [
        (EventType.OUTBOUND_SETTLED.value, replace(event, data=event.data | {"outcome": OUTCOMES[event.kind]}))
        for event, message_id in outcomes
        if message_id in ordered
    ]
