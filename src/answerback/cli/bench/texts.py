"""Signed Twilio webhooks by the thousand, as finished HTTP requests."""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from answerback.cli.bench.stage import ACCOUNT_SID, AUTH_TOKEN


def sign(url: str, fields: dict[str, str]) -> str:
    """X-Twilio-Signature: base64(HMAC-SHA1(token, url + sorted names and values))."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(AUTH_TOKEN.encode(), text.encode(), hashlib.sha1)).decode()


def post(port: int, path: str, fields: dict[str, str]) -> bytes:
    """A whole request with its signature."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
        f"X-Twilio-Signature: {sign(f'http://127.0.0.1:{port}{path}', fields)}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def inbound(port: int, account: int, place: int, *, to: str, sender: str) -> bytes:
    """A customer's text with the twenty fields Twilio sends."""
    sid = f"SM{place:032x}"
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
        "Body": f"Hello, where is my order number {place}? It never came.",
        "FromCountry": "US",
        "To": to,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }
    return post(port, f"/hooks/twilio/{account}/message", fields)


def customer(place: int) -> str:
    """A distinct US mobile number."""
    return f"+1212{2_000_000 + place % 7_999_999:07d}"
