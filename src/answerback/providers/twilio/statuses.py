"""Twilio's message statuses in the centre's words, and the values found in its JSON message resource."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Any

from answerback.domain.sending.status import Status
from answerback.providers.contract import DeliveryReport, Price
from answerback.providers.twilio.failures import failure_of

# None: not about a text of ours. `sending` is Twilio's own step, no news beyond having accepted it.
STATUSES: dict[str, Status | None] = {
    "accepted": Status.ACCEPTED,
    "scheduled": Status.ACCEPTED,
    "queued": Status.ACCEPTED,
    "sending": Status.ACCEPTED,
    "sent": Status.SENT,
    "partially_delivered": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "undelivered": Status.UNDELIVERED,
    "failed": Status.FAILED,
    "canceled": Status.CANCELED,
    "receiving": None,
    "received": None,
}
FAILED = frozenset((Status.FAILED, Status.UNDELIVERED))


def report_of(message: dict[str, Any]) -> DeliveryReport | None:
    """A report from the JSON of a message; None where its status says nothing about a text of ours."""
    status = STATUSES.get(message.get("status") or "")
    if status is None:
        return None
    code = str(message["error_code"]) if message.get("error_code") else None
    return DeliveryReport(
        provider_message_id=message["sid"],
        status=status,
        error_code=code,
        failure=failure_of(code) if status in FAILED else None,
        at=read_date(message.get("date_updated")) or read_date(message.get("date_sent")),
        parts=parts_of(message),
        price=price_of(message),
    )


def parts_of(message: dict[str, Any]) -> int | None:
    """Twilio says "0" as long as a Messaging Service has not picked a sender."""
    segments = str(message.get("num_segments") or "")
    return int(segments) or None if segments.isdecimal() else None


def price_of(message: dict[str, Any]) -> Price | None:
    """Twilio charges as a negative amount, some time after sending."""
    try:
        amount = Decimal(str(message["price"]))
    except (KeyError, InvalidOperation):
        return None
    return Price(abs(amount), str(message.get("price_unit") or "USD").upper()) if amount.is_finite() else None


def read_date(text: str | None) -> datetime | None:
    """RFC 2822, as in "Mon, 23 Nov 2026 09:01:58 +0000"."""
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
