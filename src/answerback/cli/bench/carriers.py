"""The carriers a benchmark speaks for: an account of each, and a customer's text as each of them posts it, proven."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlencode
from uuid import UUID

ProviderName = Literal["twilio", "acs", "telesign"]
PROVIDERS: tuple[ProviderName, ...] = ("twilio", "acs", "telesign")


@dataclass(frozen=True, slots=True)
class Knock:
    """A finished webhook: where it goes, headers that prove it, body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Post(Protocol):
    """Makes a customer's text: account and port of the centre, place in the run, and the text itself."""

    def __call__(self, account: int, port: int, place: int, *, to: str, sender: str, body: str) -> Knock: ...


@dataclass(frozen=True, slots=True)
class Carrier:
    """One account of a provider. `sid` and `secret` are the emulator's words for it, `credentials` the centre's;
    `prefix` begins its numbers."""

    name: ProviderName
    sid: str
    secret: str
    credentials: Mapping[str, str]
    prefix: str
    post: Post

    def event_url(self, account: int, port: int) -> str:
        """The one address that is called; "" where each number and text has its own."""
        if self.name == "twilio":
            return ""
        key = f"?key={WEBHOOK_KEY}" if self.name == "acs" else ""
        return f"http://127.0.0.1:{port}/hooks/{self.name}/{account}{key}"

    def declared(self, account: int, port: int) -> dict[str, Any]:
        """The account as the emulator is told of it."""
        url = self.event_url(account, port)
        return {"sid": self.sid, "provider": self.name, "auth_token": self.secret, "event_url": url}


ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "bench-token-" + "0" * 20
WEBHOOK_KEY = "bench-webhook-key-0123456789"
ACCESS_KEY = base64.b64encode(b"bench-access-key").decode()
CUSTOMER_ID = "BE5C0000-0000-4000-8000-000000000000"
API_KEY = base64.b64encode(b"bench-api-key").decode()


def id_of(provider: str, place: int) -> str:
    """The provider's id of the text at this place of a run."""
    match provider:
        case "twilio":
            return f"SM{place:032x}"
        case "acs":
            return f"Incoming_20261123{UUID(int=place)}_noam"
        case _:
            return f"{place:032X}"


def sign(url: str, fields: Mapping[str, str]) -> str:
    """X-Twilio-Signature: base64(HMAC-SHA1(token, url + sorted names and values))."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(AUTH_TOKEN.encode(), text.encode(), hashlib.sha1)).decode()


def from_twilio(account: int, port: int, place: int, *, to: str, sender: str, body: str) -> Knock:
    """With the twenty fields Twilio sends."""
    sid = id_of("twilio", place)
    fields = {
        "ToCountry": "US",
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "",
        "FromZip": "10001",
        "SmsSid": sid,
        "FromState": "NY",
        "SmsStatus": "received",
        "FromCity": "NEW YORK",
        "Body": body,
        "FromCountry": "US",
        "To": to,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }
    path = f"/hooks/twilio/{account}/message"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "X-Twilio-Signature": sign(f"http://127.0.0.1:{port}{path}", fields),
    }
    return Knock(path, headers, urlencode(fields).encode())


def from_azure(account: int, port: int, place: int, *, to: str, sender: str, body: str) -> Knock:
    """One event in Event Grid's own schema, proven by the key in the address."""
    data = {
        "messageId": id_of("acs", place),
        "from": sender,
        "to": to,
        "message": body,
        "receivedTimestamp": "2026-11-23T12:00:00.0000000Z",
        "segmentCount": 1,
    }
    event = {
        "id": str(UUID(int=place)),
        "topic": "/subscriptions/0/resourcegroups/bench/providers/microsoft.communication/communicationservices/bench",
        "subject": f"/phonenumber/{to.removeprefix('+')}",
        "eventType": "Microsoft.Communication.SMSReceived",
        "data": data,
        "eventTime": "2026-11-23T12:00:00.0000000Z",
        "dataVersion": "1.0",
        "metadataVersion": "1",
    }
    headers = {"Content-Type": "application/json; charset=utf-8", "aeg-event-type": "Notification"}
    return Knock(f"/hooks/acs/{account}?key={WEBHOOK_KEY}", headers, json.dumps([event]).encode())


def from_telesign(account: int, port: int, place: int, *, to: str, sender: str, body: str) -> Knock:
    """JSON, signed over the body."""
    document = {
        "reference_id": id_of("telesign", place),
        "sub_resource": "mo_sms",
        "errors": [],
        "status": {"code": 1900, "description": "Inbound message", "updated_on": "2026-11-23T12:00:00.000000Z"},
        "submit_timestamp": "2026-11-23T12:00:00.000000Z",
        "user_response": {
            "phone_number": sender.removeprefix("+"),
            "sender_id": to.removeprefix("+"),
            "mo_message": body,
            "iso_country_code": "US",
        },
    }
    text = json.dumps(document).encode()
    signature = base64.b64encode(hmac.digest(base64.b64decode(API_KEY), text, hashlib.sha256)).decode()
    headers = {"Content-Type": "application/json", "X-TS-Authorization": f"TSA {CUSTOMER_ID}:{signature}"}
    return Knock(f"/hooks/telesign/{account}", headers, text)


CARRIERS: dict[str, Carrier] = {
    "twilio": Carrier(
        "twilio",
        ACCOUNT_SID,
        AUTH_TOKEN,
        {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN},
        "+1888555",
        from_twilio,
    ),
    "acs": Carrier(
        "acs",
        "bench-resource",
        ACCESS_KEY,
        {"access_key": ACCESS_KEY, "webhook_key": WEBHOOK_KEY},
        "+1833555",
        from_azure,
    ),
    "telesign": Carrier(
        "telesign",
        CUSTOMER_ID,
        API_KEY,
        {"customer_id": CUSTOMER_ID, "api_key": API_KEY},
        "+1877555",
        from_telesign,
    ),
}
