"""Writes fixtures/: what the official SDKs send, and what Twilio's validator signs. Run it after upgrading an SDK.

.venv/bin/python -m tests.providers.make_fixtures
"""

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from twilio.base.exceptions import TwilioException
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator
from twilio.rest import Client

from tests.providers import acs_fixtures
from tests.providers.capturing import Taken, capturing

FOLDER = Path(__file__).parent / "fixtures"
ACCOUNT = "AC" + "a" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
KEY, KEY_SECRET = "SK" + "b" * 32, "secretsecretsecret"
SERVICE, NUMBER, MESSAGE, SHORT_CODE = "MG" + "1" * 32, "PN" + "d" * 32, "SM" + "c" * 32, "SC" + "e" * 32
TO, FROM = "+15558675310", "+15017122661"
HOOK = "https://texts.example.com/hooks/twilio/1/message"
STATUS = "https://texts.example.com/hooks/twilio/1/status?message=7"
UNICODE = "Olá 👍 & = + % café\nline2"

CALLS: dict[str, Callable[[Client], object]] = {
    "send a text": lambda c: c.messages.create(to=TO, from_=FROM, body="Ahoy", status_callback=STATUS),
    "send unicode": lambda c: c.messages.create(to=TO, from_=FROM, body=UNICODE, status_callback=STATUS),
    "send pictures": lambda c: c.messages.create(
        to=TO,
        from_=FROM,
        media_url=["https://texts.example.com/a.jpg", "https://texts.example.com/b.png?x=1&y"],
    ),
    "send through a service": lambda c: c.messages.create(to=TO, messaging_service_sid=SERVICE, body="Ahoy"),
    "look up a message": lambda c: c.messages(MESSAGE).fetch(),
    "list equal texts": lambda c: c.messages.list(to=TO, from_=FROM, page_size=200),
    "list equal texts of a service": lambda c: c.messages.list(to=TO, page_size=200),
    "list since": lambda c: c.messages.list(date_sent_after=datetime(2026, 11, 1, tzinfo=UTC), page_size=1000),
    "list media": lambda c: c.messages(MESSAGE).media.list(),
    "list numbers": lambda c: c.incoming_phone_numbers.list(page_size=1000),
    "list short codes": lambda c: c.short_codes.list(page_size=1000),
    "fetch the account": lambda c: c.api.accounts(ACCOUNT).fetch(),
    "fetch a number": lambda c: c.incoming_phone_numbers(NUMBER).fetch(),
    "set a number's texts": lambda c: c.incoming_phone_numbers(NUMBER).update(sms_url=HOOK, sms_method="POST"),
    "set a short code's texts": lambda c: c.short_codes(SHORT_CODE).update(sms_url=HOOK, sms_method="POST"),
    "list services": lambda c: c.messaging.v1.services.list(page_size=100),
    "list a service's numbers": lambda c: c.messaging.v1.services(SERVICE).phone_numbers.list(page_size=100),
    "fetch a service": lambda c: c.messaging.v1.services(SERVICE).fetch(),
    "set a service's texts": lambda c: c.messaging.v1.services(SERVICE).update(
        inbound_request_url=HOOK, inbound_method="POST"
    ),
}


def describe(taken: Taken) -> dict[str, Any]:
    """What a request to Twilio means."""
    parts = urlsplit(taken.target)
    return {
        "method": taken.method,
        "path": parts.path,
        "query": parse_qsl(parts.query, keep_blank_values=True),
        "form": parse_qsl(taken.body.decode(), keep_blank_values=True),
        "user": base64.b64decode(taken.headers["Authorization"].removeprefix("Basic ")).decode(),
        "accept": taken.headers["Accept"],
        "content_type": taken.headers["Content-Type"] if taken.body else None,
    }


def captured_requests() -> dict[str, dict[str, Any]]:
    """Each call's request, as the SDK sends it."""
    with capturing(describe) as (base, taken):
        by_token, by_key = Client(ACCOUNT, TOKEN), Client(KEY, KEY_SECRET, ACCOUNT)
        for client in (by_token, by_key):
            client.api.base_url = client.messaging.base_url = base
        calls = [(name, by_token, call) for name, call in CALLS.items()]
        calls.append(("send with an API key", by_key, CALLS["send a text"]))
        for _, client, call in calls:
            with suppress(TwilioException):  # it cannot make sense of the answer, nor need it
                call(client)
        return {name: request for (name, _, _), request in zip(calls, taken, strict=True)}


def signed_requests() -> list[dict[str, Any]]:
    """Signatures made by the official validator, for the shapes Twilio's webhooks come in."""
    text = {
        "MessageSid": MESSAGE,
        "SmsSid": MESSAGE,
        "AccountSid": ACCOUNT,
        "From": TO,
        "To": FROM,
        "Body": UNICODE,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "ToCity": "",
    }
    body = '{"property": "value", "boolean": true}'
    body_hash = RequestValidator(TOKEN).compute_hash(body)
    shapes: list[tuple[str, str, dict[str, Any], str, str, str]] = [
        ("a text, unicode and empty values", HOOK, text, TOKEN, HMAC_SHA1, ""),
        ("a status with a query", STATUS, {"MessageSid": MESSAGE, "MessageStatus": "sent"}, TOKEN, HMAC_SHA1, ""),
        ("explicit port", "http://127.0.0.1:8080/hooks/twilio/1/message", text, TOKEN, HMAC_SHA1, ""),
        ("shared key", HOOK, text, "sharedkeysecret", HMAC_SHA256, ""),
        ("GET, nothing but the address", f"{HOOK}?MessageSid={MESSAGE}&From=%2B15558675310", {}, TOKEN, HMAC_SHA1, ""),
        ("JSON body by its hash", f"{HOOK}?bodySHA256={body_hash}", {}, TOKEN, HMAC_SHA1, body),
    ]
    return [
        {
            "title": title,
            "url": url,
            "params": params,
            "secret": secret,
            "algorithm": algorithm,
            "body": body,
            "signature": RequestValidator(secret).compute_signature(url, params, algorithm),
        }
        for title, url, params, secret, algorithm, body in shapes
    ]


def main() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    files = {
        "twilio_requests": captured_requests(),
        "twilio_signatures": signed_requests(),
        "acs_requests": acs_fixtures.captured_requests(),
        "acs_events": acs_fixtures.published_events(),
    }
    for name, content in files.items():
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
