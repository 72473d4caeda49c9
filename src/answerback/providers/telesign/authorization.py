"""Signs requests to TeleSign as its official client does (telesign.rest.RestClient): https://developer.telesign.com/docs/authentication.

Digest signs method, content type, date, nonce, body and path, never the query; Basic sends customer id and key.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from answerback.providers.keyed_hash import keyed_hash

FORM = "application/x-www-form-urlencoded"
METHOD = "HMAC-SHA256"


class BadKeyError(Exception):
    """The API key is not base 64, so nothing can be signed with it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is signed of a request. `at` has a zone; `nonce` is new for every request, tries again included."""

    method: str
    path: str
    body: bytes
    at: datetime
    nonce: str


def headers_of(credentials: Mapping[str, str], request: Request) -> dict[str, str]:
    """The headers that prove the request is the account's. Raises BadKeyError."""
    content = {"Content-Type": FORM} if request.method == "POST" else {}
    if credentials.get("auth", "").strip().lower() == "basic":
        return {**content, **_basic(credentials), "x-ts-auth-method": "Basic"}
    date = _date(request.at.replace(microsecond=0))
    lines = [request.method, content.get("Content-Type", ""), date, f"x-ts-auth-method:{METHOD}"]
    lines.append(f"x-ts-nonce:{request.nonce}")
    if request.body:
        lines.append(request.body.decode())
    lines.append(request.path)
    signature = sign(key_of(credentials), "\n".join(lines).encode())
    return {
        **content,
        "Authorization": f"TSA {credentials.get('customer_id', '')}:{signature}",
        "Date": date,
        "x-ts-auth-method": METHOD,
        "x-ts-nonce": request.nonce,
    }


@lru_cache(4)
def _date(second: datetime) -> str:
    return format_datetime(second, usegmt=True)


def key_of(credentials: Mapping[str, str]) -> bytes:
    """Characters outside base 64 are skipped, as TeleSign's own client does: its keys may hold dashes."""
    try:
        key = base64.b64decode(credentials.get("api_key", "").strip())
    except (binascii.Error, ValueError) as error:
        raise BadKeyError from error
    if not key:
        raise BadKeyError
    return key


def sign(key: bytes, signed: bytes) -> str:
    return base64.b64encode(keyed_hash(key, signed, "sha256")).decode("ascii")


def _basic(credentials: Mapping[str, str]) -> dict[str, str]:
    pair = f"{credentials.get('customer_id', '')}:{credentials.get('api_key', '')}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode("ascii")}
