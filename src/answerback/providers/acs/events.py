"""Reads what Event Grid posts: events in its own schema or as CloudEvents, single or in batches, keys in any case.

https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from answerback.providers.contract import HookRequest, Malformed

VALIDATION = "microsoft.eventgrid.subscriptionvalidationevent"
TEXT_RECEIVED = "microsoft.communication.smsreceived"
DELIVERY_REPORT = "microsoft.communication.smsdeliveryreportreceived"
INCOMING_CALL = "microsoft.communication.incomingcall"


@dataclass(frozen=True, slots=True)
class GridEvent:
    """`kind` and the keys of `data` are in lower case: published samples differ."""

    kind: str
    data: Mapping[str, Any]
    at: datetime | None = None


def events_of(request: HookRequest) -> tuple[GridEvent | Malformed, ...]:
    """Read once a request, however often it is asked for."""
    held: tuple[GridEvent | Malformed, ...] | None = request.scratch.get("events")
    if held is None:
        held = request.scratch["events"] = tuple(_read(request)) if request.method == "POST" else ()
    return held


def _read(request: HookRequest) -> Iterator[GridEvent | Malformed]:
    try:
        document = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        yield Malformed("body", "is not JSON")
        return
    for event in document if isinstance(document, list) else [document]:
        yield _event(event)


def _event(value: object) -> GridEvent | Malformed:
    if not isinstance(value, dict):
        return Malformed("body", "holds something that is not an event")
    event = lowered(value)
    kind = event.get("eventtype") or event.get("type")
    if not isinstance(kind, str):
        return Malformed("eventType", "is missing")
    data = event.get("data")
    if not isinstance(data, dict):
        return Malformed("data", "is missing")
    return GridEvent(kind.lower(), lowered(data), read_date(event.get("eventtime") or event.get("time")))


def lowered(document: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in document.items()}


def read_date(value: object) -> datetime | None:
    """RFC 3339, with up to seven digits of a second; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
