"""Asks Twilio what it holds: one message, texts equal to one of ours, texts received since a moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from answerback.providers.contract import DeliveryReport, Found, InboundText, MediaItem, OutboundText
from answerback.providers.exchange import Document
from answerback.providers.twilio.client import Client, address_of
from answerback.providers.twilio.statuses import parts_of, read_date, report_of

MEDIA_AT_ONCE = 8
# Twilio's clock and ours differ a little, and its times are whole seconds.
CLOCK_SLACK = timedelta(seconds=5)
TRIAL_PREFIX = "Sent from your Twilio trial account - "


async def look_up(client: Client, provider_message_id: str) -> DeliveryReport | None:
    document = await client.fetch(client.path(f"/Messages/{provider_message_id}.json"))
    return report_of(document) if document else None


async def find_sent(client: Client, text: OutboundText, since: datetime) -> list[Found]:
    """Oldest first. Filtered by date here, not by DateSent there: a text still queued has no date of sending yet."""
    params = [("To", text.to), ("PageSize", "200")]
    if not text.messaging_service_id:  # a service picks the sender, later
        params.insert(1, ("From", text.sender))
    page = await client.fetch(client.path("/Messages.json"), params)
    found = []
    for message in (page or {}).get("messages", ()):
        created = read_date(message.get("date_created"))
        report = report_of(message) if _is_equal(message, text) else None
        if report is not None and (created is None or created >= since - CLOCK_SLACK):
            found.append(Found(report, created))
    return sorted(found, key=lambda one: one.created_at or since)


def _is_equal(message: Document, text: OutboundText) -> bool:
    body = (message.get("body") or "").removeprefix(TRIAL_PREFIX).strip()
    return (
        str(message.get("direction", "")).startswith("outbound")
        and (not text.messaging_service_id or message.get("messaging_service_sid") == text.messaging_service_id)
        and body == text.body.strip()
    )


async def list_inbound(client: Client, since: datetime) -> AsyncIterator[InboundText]:
    """Everything the account received since then, newest first; pictures are asked for text by text."""
    moment = (since.astimezone(UTC) - CLOCK_SLACK).strftime("%Y-%m-%dT%H:%M:%SZ")
    with_media: list[Document] = []
    async for message in client.pages(
        client.path("/Messages.json"), "messages", [("DateSent>", moment), ("PageSize", "1000")]
    ):
        if message.get("direction") != "inbound" or not message.get("from") or not message.get("to"):
            continue
        if str(message.get("num_media") or "0") == "0":
            yield _inbound(message, ())
            continue
        with_media.append(message)
        if len(with_media) == MEDIA_AT_ONCE:
            for text in await _with_media(client, with_media):
                yield text
            with_media.clear()
    for text in await _with_media(client, with_media):
        yield text


async def _with_media(client: Client, messages: list[Document]) -> list[InboundText]:
    media = await asyncio.gather(*(_media_of(client, message["sid"]) for message in messages))
    return [_inbound(message, items) for message, items in zip(messages, media, strict=True)]


async def _media_of(client: Client, sid: str) -> tuple[MediaItem, ...]:
    items = []
    async for item in client.pages(client.path(f"/Messages/{sid}/Media.json"), "media_list"):
        address = address_of(client.account.api_base_url, str(item["uri"]).removesuffix(".json"))
        items.append(MediaItem(address, item.get("content_type") or "application/octet-stream"))
    return tuple(items)


def _inbound(message: Document, media: tuple[MediaItem, ...]) -> InboundText:
    return InboundText(
        provider_message_id=message["sid"],
        to=message["to"],
        sender=message["from"],
        body=(message.get("body") or "").replace("\0", "\ufffd"),
        media=media,
        provider_at=read_date(message.get("date_sent")) or read_date(message.get("date_created")),
        parts=parts_of(message),
        late=True,
    )
