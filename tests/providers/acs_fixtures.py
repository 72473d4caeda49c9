"""What Microsoft's official SDKs send: to Azure Communication Services, and to a webhook that takes events."""

import base64
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from azure.communication.phonenumbers import PhoneNumbersClient
from azure.communication.sms import SmsClient
from azure.core.credentials import AccessToken, AzureKeyCredential
from azure.core.exceptions import AzureError
from azure.core.messaging import CloudEvent
from azure.eventgrid import EventGridEvent, EventGridPublisherClient

from tests.providers.capturing import Taken, capturing

KEY = base64.b64encode(b"an access key of thirty-two bytes").decode()
TOKEN = "header.claims.signature"
TO, FROM, SHORT_CODE = "+14255550123", "+18335550100", "12345"
PEOPLE = (TO, "+14255550124", "+14255550125")
UNICODE = "Olá 👍 & = + % café\nline2"
TAG = "answerback-7"
AT = datetime(2026, 11, 23, 9, 0, 45, 320000, UTC)
RESOURCE = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Communication/CommunicationServices/contoso"

TEXT = {
    "messageId": "d29ebbea-3341-4466-9690-0a03af35228e",
    "from": "14255550123",
    "to": "18335550100",
    "message": UNICODE,
    "receivedTimestamp": "2026-11-23T09:00:45.32Z",
    "segmentCount": 1,
}
REPORT = {
    "MessageId": "Outgoing_20261123090045a2796dee_noam",
    "From": "18335550100",
    "To": "14255550123",
    "DeliveryStatus": "Failed",
    "DeliveryStatusDetails": "Sender blocked for given recipient.",
    "DeliveryAttempts": [{"Timestamp": "2026-11-23T09:00:45.32Z", "SegmentsSucceeded": 0, "SegmentsFailed": 2}],
    "ReceivedTimestamp": "2026-11-23T09:00:45.32Z",
    "Tag": TAG,
}
RECEIVED, REPORTED = "Microsoft.Communication.SMSReceived", "Microsoft.Communication.SMSDeliveryReportReceived"

SENDS: dict[str, Callable[[SmsClient], object]] = {
    "send a text": lambda c: c.send(FROM, TO, "Ahoy", enable_delivery_report=True, tag=TAG),
    "send unicode from a short code": lambda c: c.send(SHORT_CODE, TO, UNICODE, enable_delivery_report=True, tag=TAG),
    "send to three": lambda c: c.send(FROM, list(PEOPLE), "Ahoy", enable_delivery_report=True),
}


class Held:
    """A credential that has its token already."""

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        return AccessToken(TOKEN, int(time.time()) + 3600)


def describe(taken: Taken) -> dict[str, Any]:
    """What a request to Azure means; what is different each time is told by its form."""
    parts = urlsplit(taken.target)
    document = json.loads(taken.body) if taken.body else None
    for recipient in document["smsRecipients"] if document else ():
        assert UUID(recipient["repeatabilityRequestId"])
        assert parsedate_to_datetime(recipient["repeatabilityFirstSent"])
        recipient |= {"repeatabilityRequestId": "a UUID", "repeatabilityFirstSent": "a date"}
    return {
        "method": taken.method,
        "path": parts.path,
        "query": parse_qsl(parts.query, keep_blank_values=True),
        "document": document,
        "authorization": re.sub(r"Signature=.*", "Signature=…", taken.headers["Authorization"]),
        "accept": taken.headers["Accept"],
        "content_type": taken.headers["Content-Type"] if taken.body else None,
    }


def captured_requests() -> dict[str, dict[str, Any]]:
    """Each call's request, as the SDKs send it."""
    with capturing(describe) as (base, taken):
        by_key = SmsClient(base, AzureKeyCredential(KEY), retry_total=0)
        by_token = SmsClient(base, Held(), retry_total=0)
        for call in SENDS.values():
            with suppress(AzureError):  # the answer is none, nor needed
                call(by_key)
        with suppress(AzureError):
            by_token.send(FROM, TO, "Ahoy", enable_delivery_report=True, tag=TAG, enforce_https=False)
        with suppress(AzureError):
            list(PhoneNumbersClient(base, AzureKeyCredential(KEY), retry_total=0).list_purchased_phone_numbers())
        return dict(zip((*SENDS, "send with a token", "list numbers"), taken, strict=True))


def published_events() -> dict[str, dict[str, Any]]:
    """Each publication's content type and body, as the SDK sends it."""
    own = [
        EventGridEvent(
            subject="/phonenumber/18335550100",
            event_type=kind,
            data=data,
            data_version="1.0",
            id=data.get("messageId") or data["MessageId"],
            event_time=AT,
            topic=RESOURCE,
        )
        for kind, data in ((RECEIVED, TEXT), (REPORTED, REPORT))
    ]
    cloud = [
        CloudEvent(source=RESOURCE, type=kind, data=data, id=str(place), time=AT)
        for place, (kind, data) in enumerate(((RECEIVED, TEXT), (REPORTED, REPORT)))
    ]
    publications: dict[str, Any] = {
        "one event": own[0],
        "a batch": own,
        "one CloudEvent": cloud[0],
        "a batch of CloudEvents": cloud,
    }

    def as_sent(taken: Taken) -> dict[str, Any]:
        return {"content_type": taken.headers["Content-Type"], "body": taken.body.decode()}

    with capturing(as_sent) as (base, taken):
        client = EventGridPublisherClient(f"{base}/hooks", AzureKeyCredential("k"), retry_total=0)
        for publication in publications.values():
            with suppress(AzureError):
                client.send(publication)
        return dict(zip(publications, taken, strict=True))
