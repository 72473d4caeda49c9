"""Azure's events about texts, in Event Grid's own schema and as CloudEvents, in the spellings that are published.

Source: learn.microsoft.com, "Azure Communication Services - Telephony and SMS events".
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from answerback_emulator.acs.codes import DELIVERED, details_of
from answerback_emulator.world.records import Account, EventStyle, Text

RECEIVED = "Microsoft.Communication.SMSReceived"
REPORTED = "Microsoft.Communication.SMSDeliveryReportReceived"
VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent"
_NO_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"


def topic_of(account: Account) -> str:
    """The resource, as its events name it."""
    return (
        f"/subscriptions/{_NO_SUBSCRIPTION}/resourcegroups/emulated/providers/"
        f"microsoft.communication/communicationservices/{account.sid}"
    )


def subject_of(number: str) -> str:
    """What an event about texts of this number is about."""
    return f"/phonenumber/{number.removeprefix('+')}"


def write_event(account: Account, kind: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
    """One event in the account's schema; those about texts in its style."""
    told = _styled(data, account.event_style) if kind in (RECEIVED, REPORTED) else data
    if account.event_schema == "cloudevents":
        about = {"id": str(uuid4()), "source": topic_of(account), "subject": subject, "type": kind}
        return about | {"data": told, "time": rfc3339(None), "specversion": "1.0"}
    about = {"id": str(uuid4()), "topic": topic_of(account), "subject": subject, "eventType": kind}
    return about | {"data": told, "eventTime": rfc3339(None), "dataVersion": "1.0", "metadataVersion": "1"}


def show_received(text: Text) -> dict[str, Any]:
    """What SMSReceived tells."""
    return {
        "messageId": text.sid,
        "from": text.sender or "",
        "to": text.to,
        "message": text.body,
        "receivedTimestamp": rfc3339(text.created),
        "segmentCount": text.parts,
    }


def show_report(text: Text) -> dict[str, Any]:
    """What SMSDeliveryReportReceived tells, and the look-up of a report answers."""
    arrived = text.error_code is None
    attempt = {
        "timestamp": rfc3339(text.updated),
        "segmentsSucceeded": text.parts if arrived else 0,
        "segmentsFailed": 0 if arrived else text.parts,
    }
    return {
        "messageId": text.sid,
        "from": text.sender or "",
        "to": text.to,
        "deliveryStatus": "Delivered" if arrived else "Failed",
        "deliveryStatusDetails": details_of(DELIVERED if text.error_code is None else text.error_code),
        "deliveryAttempts": [attempt],
        "receivedTimestamp": rfc3339(text.updated),
        "tag": text.tag,
    }


def rfc3339(at: float | None) -> str:
    """A moment, or now, in UTC with seven digits of a second, as .NET writes it."""
    moment = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"


def _styled(data: dict[str, Any], style: EventStyle) -> dict[str, Any]:
    """Published samples differ: some numbers have no plus, and older ones write their keys in PascalCase."""
    if style == "plain":
        return data
    bare = {name: value.removeprefix("+") if name in ("from", "to") else value for name, value in data.items()}
    return _pascal(bare) if style == "pascal" else bare


def _pascal(value: Any) -> Any:
    match value:
        case Mapping():
            return {name[:1].upper() + name[1:]: _pascal(inner) for name, inner in value.items()}
        case list():
            return [_pascal(inner) for inner in value]
        case _:
            return value
