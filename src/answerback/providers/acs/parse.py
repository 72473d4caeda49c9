"""Turns Event Grid's events into the centre's values: customers' texts, delivery reports, calls."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answerback.domain.ids import MessageId
from answerback.domain.sending.status import Status
from answerback.providers.acs.calls import incoming_of, is_mid_call, mid_call_of
from answerback.providers.acs.events import (
    DELIVERY_REPORT,
    INCOMING_CALL,
    TEXT_RECEIVED,
    GridEvent,
    events_of,
    read_date,
)
from answerback.providers.acs.failure_table import DELIVERED_CODE, NO_REPORT, TABLE, UNKNOWN_CODE
from answerback.providers.acs.failures import BLOCKED
from answerback.providers.acs.fields import LARGEST_ROW_ID, address_of
from answerback.providers.acs.send import TAG
from answerback.providers.contract import DeliveryReport, Happening, HookRequest, InboundText, Malformed

LONGEST_ID = 100
CODE = re.compile(r"\b([2459]\d{3})\b")
REPLACEMENT = "\ufffd"


def parse(request: HookRequest) -> tuple[Happening, ...]:
    """All that a request tells; events of other kinds are passed over."""
    happenings = (_happening(event, request) for event in events_of(request))
    return tuple(happening for happening in happenings if happening is not None)


def _happening(event: GridEvent | Malformed, request: HookRequest) -> Happening | None:
    if isinstance(event, Malformed):
        return event
    match event.kind:
        case kind if kind == TEXT_RECEIVED:
            return text_of(event.data)
        case kind if kind == DELIVERY_REPORT:
            return report_of(event.data)
        case kind if kind == INCOMING_CALL:
            return incoming_of(event)
        case kind if is_mid_call(kind):
            return mid_call_of(event, request)
        case _:
            return None


def text_of(data: Mapping[str, Any]) -> InboundText | Malformed:
    """A customer's text; its body may be empty."""
    message_id = id_of(data)
    if isinstance(message_id, Malformed):
        return message_id
    sender, recipient = address_of(data.get("from")), address_of(data.get("to"))
    if not sender or not recipient:
        return Malformed("from" if not sender else "to", "is missing or no address")
    body = data.get("message")
    if not isinstance(body, str):
        return Malformed("message", "is missing")
    parts = data.get("segmentcount")
    return InboundText(
        provider_message_id=message_id,
        to=recipient,
        sender=sender,
        body=body.replace("\0", REPLACEMENT),  # PostgreSQL's text cannot hold NUL
        provider_at=read_date(data.get("receivedtimestamp")),
        parts=parts if isinstance(parts, int) and not isinstance(parts, bool) and 0 < parts < 1000 else None,
    )


def report_of(data: Mapping[str, Any]) -> DeliveryReport | Malformed:
    """One final word a recipient. Its details hold a code, words, or both: "2000: No Error"."""
    message_id = id_of(data)
    if isinstance(message_id, Malformed):
        return message_id
    said = data.get("deliverystatus")
    if not isinstance(said, str) or said.lower() not in ("delivered", "failed"):
        return Malformed("deliveryStatus", "is neither Delivered nor Failed")
    report = DeliveryReport(
        provider_message_id=message_id,
        status=Status.DELIVERED,
        at=read_date(data.get("receivedtimestamp")),
        our_message_id=our_message_of(data.get("tag")),
        parts=parts_of(data.get("deliveryattempts")),
    )
    if said.lower() == "delivered":
        return report
    details = str(data.get("deliverystatusdetails") or "")
    found = CODE.search(details)
    code = int(found.group(1)) if found else 4007 if BLOCKED.search(details) else None
    if code in (NO_REPORT, DELIVERED_CODE):
        return replace(report, status=Status.SENT)
    row = TABLE.get(code or 0, UNKNOWN_CODE)
    shown = str(code) if code else None
    return replace(report, status=row.status, error_code=shown, failure=row.failure(shown))


def id_of(data: Mapping[str, Any]) -> str | Malformed:
    value = data.get("messageid")
    if not isinstance(value, str) or not value.strip():
        return Malformed("messageId", "is missing")
    if len(value) > LONGEST_ID or not value.isprintable():
        return Malformed("messageId", f"is not an id of at most {LONGEST_ID} printable characters")
    return value.strip()


def our_message_of(tag: object) -> MessageId | None:
    """The id we sent along as a tag; None for tags of other programs."""
    text = tag.strip() if isinstance(tag, str) else ""
    digits = text.removeprefix(TAG)
    if digits == text or not (digits.isascii() and digits.isdecimal() and len(digits) < 20):
        return None
    return MessageId(int(digits)) if int(digits) <= LARGEST_ROW_ID else None


def parts_of(attempts: object) -> int | None:
    """Of the last attempt."""
    last = attempts[-1] if isinstance(attempts, list) and attempts else None
    if not isinstance(last, dict):
        return None
    named = {str(key).lower(): value for key, value in last.items()}
    counts = [named.get("segmentssucceeded"), named.get("segmentsfailed")]
    total = sum(count for count in counts if isinstance(count, int) and not isinstance(count, bool))
    return total if 0 < total < 1000 else None
