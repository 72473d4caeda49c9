"""Texts that another system orders, up to ten thousand at once: the good ones are sent whatever is wrong with others.

A batch is one transaction, so that no lock is held for long. A key has one text: the database's rule, so a call that
died half way is simply run again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from answerback.domain.sending.gate import About
from answerback.storage.connection import Pool
from answerback.storage.message_templates import get_template
from answerback.storage.outbound_configurations import active_numbers, get_configuration
from answerback.usecases.outbound_batch import Letter, send_batch
from answerback.usecases.outbound_items import ItemResult, OutboundItem, Wanted, read_item
from answerback.usecases.preview_template import open_version
from answerback.usecases.refusals import Conflict, Invalid, invalid

BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Order:
    """`request_key` is the call's own: items without a key get one from it and their place, so that the whole call may
    be repeated. `send_at` None: now, or as soon as they may leave."""

    configuration_id: int
    items: Sequence[OutboundItem]
    actor_id: int
    send_at: datetime | None = None
    request_key: str | None = None


async def send_outbound(pool: Pool, order: Order) -> list[ItemResult] | Invalid | Conflict:
    """An answer for each item, in their order."""
    letter = await _open(pool, order)
    if not isinstance(letter, Letter):
        return letter
    results: dict[int, ItemResult] = {}
    wanted: list[Wanted] = []
    seen: set[str] = set()
    now = datetime.now(UTC)
    for place, item in enumerate(order.items):
        read = read_item(place, item, _key(order, place, item), now)
        if isinstance(read, Wanted) and read.key is not None and read.key in seen:
            sentence = "Another item of this call has the same key: give each text its own."
            read = ItemResult(place, "invalid", key=item.key, field="key", reason="invalid", sentence=sentence)
        if isinstance(read, Wanted):
            wanted.append(read)
            seen.add(read.key or "")
        else:
            results[place] = read
    for start in range(0, len(wanted), BATCH):
        for result in await send_batch(pool, letter, wanted[start : start + BATCH]):
            results[result.place] = result
    return [results[place] for place in range(len(order.items))]


async def _open(pool: Pool, order: Order) -> Letter | Invalid | Conflict:
    configuration = await get_configuration(pool, order.configuration_id)
    if configuration is None:
        return invalid("configuration_id", "is not one", "Choose from GET /api/v1/outbound-configurations.")
    if not configuration.active:
        return Conflict(
            f"The outbound configuration {configuration.name} is switched off: switch it on to send with it."
        )
    template = await get_template(pool, configuration.template_id)
    if template is None or template.archived or template.approved is None:
        return Conflict(f"The template of {configuration.name} is archived: choose another one for it.")
    return Letter(
        configuration_id=configuration.id,
        template=open_version(template.approved),
        about=About(template.purpose),
        number_ids=await active_numbers(pool, configuration.number_ids) or configuration.number_ids,
        actor_id=order.actor_id,
        send_at=order.send_at,
    )


def _key(order: Order, place: int, item: OutboundItem) -> str | None:
    if item.key is not None or order.request_key is None:
        return item.key
    return f"{order.actor_id}/{order.request_key}/{place}"
