"""How a request to Azure Communication Services proves who sent it by the access key.

https://learn.microsoft.com/azure/azure-resource-manager/communication-services/authentication
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from answerback.providers.keyed_hash import keyed_hash

SIGNED = "x-ms-date;host;x-ms-content-sha256"


class BadKeyError(Exception):
    """The access key is not base64."""


@dataclass(frozen=True, slots=True)
class Request:
    """`target` is path and query as they will be on the wire; `host` as in the Host header, with its port."""

    method: str
    host: str
    target: str
    body: bytes
    at: datetime


def signed_headers(key: bytes, request: Request) -> dict[str, str]:
    """HMAC-SHA256 over method, target, date, host and the body's hash."""
    date = format_datetime(request.at, usegmt=True)
    body_hash = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
    text = f"{request.method}\n{request.target}\n{date};{request.host};{body_hash}"
    signature = base64.b64encode(keyed_hash(key, text.encode(), "sha256")).decode()
    return {
        "x-ms-date": date,
        "x-ms-content-sha256": body_hash,
        "Authorization": f"HMAC-SHA256 SignedHeaders={SIGNED}&Signature={signature}",
    }


def key_of(credentials: Mapping[str, str]) -> bytes:
    """The access key's bytes. Raises BadKeyError."""
    try:
        key = base64.b64decode(credentials.get("access_key", "").strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadKeyError from error
    if not key:
        raise BadKeyError
    return key


def host_of(address: str) -> str:
    """As HTTP clients write it into the Host header: without the port that the scheme implies."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, usual) else f"{host}:{parts.port}"
