"""Who may come in: Basic, or a digest (TSA) with date and nonce, both as TeleSign checks them.

Source: developer.telesign.com, "Authentication": the string to sign, five minutes around the date, a nonce once.
"""

import base64
import binascii
import hmac
import time
from collections import OrderedDict
from datetime import UTC
from email.utils import parsedate_to_datetime

from starlette.types import Scope

from answerback_emulator.telesign.answers import TelesignError
from answerback_emulator.wire import header_of
from answerback_emulator.world.records import Account
from answerback_emulator.world.world import World

WINDOW_S = 300.0
_LONGEST_NONCE = 64
_DIGESTS = {"hmac-sha256": "sha256", "hmac-sha1": "sha1"}


class Nonces:
    """Those seen lately; older ones need no memory, for their date is refused."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()

    def use(self, nonce: str, now: float) -> bool:
        """Whether this is the first time."""
        while self._seen and next(iter(self._seen.values())) < now - 2 * WINDOW_S:
            self._seen.popitem(last=False)
        if nonce in self._seen:
            return False
        self._seen[nonce] = now
        return True


def authenticate(world: World, scope: Scope, body: bytes, *, nonces: Nonces, skew_s: float) -> Account:
    """The account whose customer signed this. Raises TelesignError; the server's clock goes `skew_s` fast."""
    scheme, _, given = header_of(scope, b"authorization").partition(" ")
    match scheme.lower():
        case "basic":
            return _by_password(world, given.strip())
        case "tsa":
            account, signature = _named(world, given)
            _check_time(scope, time.time() + skew_s)
            _check_signature(scope, body, account, signature)
            _check_nonce(scope, account, nonces)
            return account
        case _:
            raise TelesignError(10008)


def key_of(account: Account) -> bytes:
    """The API key's bytes; characters outside base 64 are skipped, as the official client skips them. A key that is
    none signs as an empty one: nobody's signature will fit."""
    try:
        return base64.b64decode(account.auth_token)
    except binascii.Error:
        return b""


def _by_password(world: World, given: str) -> Account:
    try:
        customer, _, key = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise TelesignError(10008) from None
    account = _customer(world, customer)
    if not hmac.compare_digest(key.encode(), account.auth_token.encode()):
        raise TelesignError(10008)
    return account


def _named(world: World, given: str) -> tuple[Account, str]:
    customer, _, signature = given.rpartition(":")
    return _customer(world, customer.strip()), signature.strip()


def _customer(world: World, customer: str) -> Account:
    account = world.accounts.get(customer)
    if account is None or account.provider != "telesign":
        raise TelesignError(10015)
    return account


def _check_time(scope: Scope, now: float) -> None:
    try:
        date = parsedate_to_datetime(header_of(scope, b"x-ts-date") or header_of(scope, b"date"))
    except (ValueError, TypeError):
        raise TelesignError(10005) from None
    stated = date if date.tzinfo else date.replace(tzinfo=UTC)
    if abs(stated.timestamp() - now) > WINDOW_S:
        raise TelesignError(10004)


def _check_nonce(scope: Scope, account: Account, nonces: Nonces) -> None:
    nonce = header_of(scope, b"x-ts-nonce")
    if not 0 < len(nonce) <= _LONGEST_NONCE:
        raise TelesignError(10003)
    if not nonces.use(f"{account.sid} {nonce}", time.time()):
        raise TelesignError(10002)


def _check_signature(scope: Scope, body: bytes, account: Account, signature: str) -> None:
    method = header_of(scope, b"x-ts-auth-method") or "HMAC-SHA256"
    digest = _DIGESTS.get(method.lower())
    if digest is None:
        raise TelesignError(10008)
    expected = base64.b64encode(hmac.digest(key_of(account), _string_to_sign(scope, body, method), digest))
    if not hmac.compare_digest(expected, signature.encode("utf-8", "replace")):
        raise TelesignError(10008)


def _string_to_sign(scope: Scope, body: bytes, method: str) -> bytes:
    """The query is never signed, the body only where it has a type; the path as it was sent."""
    content_type, at = header_of(scope, b"content-type"), header_of(scope, b"x-ts-date")
    lines = [scope["method"], content_type, "" if at else header_of(scope, b"date"), f"x-ts-auth-method:{method}"]
    if at:
        lines.append(f"x-ts-date:{at}")
    lines.append(f"x-ts-nonce:{header_of(scope, b'x-ts-nonce')}")
    signed = "\n".join(lines).encode() + b"\n"
    if content_type and body:
        signed += body + b"\n"
    path: bytes = scope["raw_path"]
    return signed + path.partition(b"?")[0]
