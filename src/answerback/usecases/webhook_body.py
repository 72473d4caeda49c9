"""What a call to another system tells: the news and the rows it is about, as they are when the call is made."""

from datetime import UTC
from typing import Any

import msgspec

from answerback.domain.webhooks.types import ABOUT_CAMPAIGNS
from answerback.storage.campaigns import get_campaign
from answerback.storage.connection import Database
from answerback.storage.consent_pages import get_entry
from answerback.storage.contacts import get_contact
from answerback.storage.outbound_messages import ordered_as
from answerback.storage.views.conversations import conversations_by_id
from answerback.storage.views.messages import messages_by_id
from answerback.storage.webhook_deliveries import DueCall


async def write_body(database: Database, call: DueCall) -> bytes:
    """`{type, timestamp, data: {event_id, …, conversation, message, contact, …}}`; rows that are gone are left out.

    Texts and phone numbers are read now and not kept with the call, so that what was erased is not told any more.
    """
    data: dict[str, Any] = {"event_id": call.event_id, **call.data}
    if call.user_id is not None:
        data["user_id"] = call.user_id
    contact_id = call.contact_id
    if call.conversation_id is not None:
        conversation = (await conversations_by_id(database, [call.conversation_id])).get(call.conversation_id)
        if conversation is not None:
            data["conversation"] = conversation
            contact_id = conversation.contact_id
    if call.message_id is not None:
        message = (await messages_by_id(database, [call.message_id], masked=False)).get(call.message_id)
        if message is not None:
            data["message"] = message
            if message.sent_for is not None and message.sent_for.kind == "configuration":
                data["outbound_message"] = await ordered_as(database, message.id)
    if call.type in ABOUT_CAMPAIGNS:
        data["campaign"] = await get_campaign(database, call.data["id"])
    if "entry_id" in call.data:
        consent = await get_entry(database, call.data["entry_id"])
        if consent is not None:
            data["consent"] = consent
    if contact_id is not None:
        contact = await get_contact(database, contact_id)
        if contact is not None:
            data["contact"] = contact
    at = call.happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return msgspec.json.encode({"type": call.type, "timestamp": at, "data": data})
