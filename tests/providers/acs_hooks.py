"""Events as Event Grid posts them, for the tests of Azure's adapter."""

import json
from collections.abc import Mapping
from typing import Any

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, HookRequest
from answerback.providers.facts import Door

KEY = "YW4gYWNjZXNzIGtleSBvZiB0aGlydHktdHdvIGJ5dGVz"
RECEIVED, REPORTED = "Microsoft.Communication.SMSReceived", "Microsoft.Communication.SMSDeliveryReportReceived"
TEXT = {
    "messageId": "Incoming_20261123090045",
    "from": "+14255550123",
    "to": "+18335550100",
    "message": "Hello there",
    "receivedTimestamp": "2026-11-23T09:00:45.3212345Z",
    "segmentCount": 2,
}
REPORT = {
    "messageId": "Outgoing_20261123090045",
    "from": "+18335550100",
    "to": "+14255550123",
    "deliveryStatus": "Delivered",
    "deliveryStatusDetails": "2000: No Error",
    "deliveryAttempts": [{"timestamp": "2026-11-23T09:00:45.32Z", "segmentsSucceeded": 2, "segmentsFailed": 0}],
    "receivedTimestamp": "2026-11-23T09:00:45.3212345Z",
    "tag": "answerback-7",
}


def account(base_url: str = "https://contoso.communication.azure.com", **credentials: str) -> Account:
    """An account with an access key, a webhook key and whatever else is given."""
    return Account(AccountId(1), "acs", {"access_key": KEY, "webhook_key": "sesame"} | credentials, base_url)


def event(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": "1", "eventType": kind, "subject": "/phonenumber/18335550100", "data": dict(data)}


def hook(content: object, *, query: str = "key=sesame", method: str = "POST", **headers: str) -> HookRequest:
    """A request with this body (bytes as they are, else JSON)."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"https://texts.example.com/hooks/acs/1?{query}"
    return HookRequest(Door.EVENTS, method, url, named, body, query)
