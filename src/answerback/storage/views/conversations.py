"""Conversations as people see them, by id. Not for decisions: those read storage/conversations.py under a lock."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import asyncpg

from answerback.domain.numbers.phone import country_of
from answerback.domain.numbers.zones import time_zones_of
from answerback.storage.connection import Database
from answerback.storage.consent import OPTED_OUT
from answerback.storage.mask_rules import MASKS, masker_of
from answerback.storage.views.shapes import ConversationView

UNKNOWN_COUNTRY: Final = "ZZ"

COLUMNS = f"""
    c.id, c.state, c.state_since, c.number_id, n.address as number, n.name as number_name, c.workstream_id,
    w.name as workstream, c.queue_id, q.name as queue, c.contact_id, t.name as contact_name, c.customer_phone,
    t.time_zone, t.language, c.agent_id, a.name as agent_name, c.queued_at, c.offer_expires_at, c.wake_at,
    c.waiting_since, c.opened_at, c.closed_at, c.close_reason, c.disposition, c.last_message_at, c.last_direction,
    c.last_preview, c.unread, c.last_seq, c.version, c.survey_score, n.capabilities,
    {OPTED_OUT.format(phone="c.customer_phone", number="n")} as opted_out,
    {MASKS} as masks
"""

JOINS = """
    join number n on n.id = c.number_id
    join workstream w on w.id = c.workstream_id
    join queue q on q.id = c.queue_id
    join contact t on t.id = c.contact_id
    left join app_user a on a.id = c.agent_id
"""

BY_ID = f"select {COLUMNS} from conversation c {JOINS} where c.id = any ($1::bigint[])"


async def conversations_by_id(connection: Database, ids: Iterable[int]) -> dict[int, ConversationView]:
    """The conversations that exist, keyed by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {row["id"]: conversation_view(row) for row in await connection.fetch(BY_ID, wanted)}


def conversation_view(row: asyncpg.Record) -> ConversationView:
    """From a row of COLUMNS."""
    fields = dict(row)
    country, zone = _home(fields["customer_phone"])
    fields["time_zone"] = fields["time_zone"] or zone
    masks = fields.pop("masks")
    if masks is not None:
        fields["last_preview"] = masker_of(masks).cover_preview(fields["last_preview"])
    return ConversationView(**fields, country=country)


@lru_cache(10_000)
def _home(phone: str) -> tuple[str | None, str | None]:
    """Country of a phone, and its time zone when it can only be one."""
    country, zones = country_of(phone), time_zones_of(phone)
    return None if country == UNKNOWN_COUNTRY else country, next(iter(zones)) if len(zones) == 1 else None
