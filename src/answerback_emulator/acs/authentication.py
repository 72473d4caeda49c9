"""Who may come in: HMAC by one of the resource's access keys, or a bearer token of Entra ID, both really checked.

Source: learn.microsoft.com, "Authenticate to Azure Communication Services" and "Sign an HTTP request with C#".
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from starlette.types import Scope

from answerback_emulator.acs.answers import denied
from answerback_emulator.acs.tokens import read_token
from answerback_emulator.emulator import Emulator
from answerback_emulator.wire import header_of
from answerback_emulator.world.records import Account

WINDOW_S = 900.0
_SIGNED = frozenset({"x-ms-date", "host", "x-ms-content-sha256"})


def authenticate(emulator: Emulator, scope: Scope, body: bytes) -> Account:
    """The resource whose key signed the request, or whose app the token is for. Raises AcsError.

    Several resources share the emulator's one address, so the proof also says which of them is meant.
    """
    now = time.time() + emulator.chance.dials.clock_skew_s
    scheme, _, given = header_of(scope, b"authorization").partition(" ")
    match scheme.lower():
        case "hmac-sha256":
            return _by_key(emulator, scope, body, given=given, now=now)
        case "bearer":
            return _by_token(emulator, given.strip(), now)
        case _:
            raise denied("The request has no Authorization header of a known scheme.")


def keys_of(account: Account) -> Iterator[bytes]:
    """The primary access key, and the secondary ones declared as `api_keys`."""
    for key in (account.auth_token, *(one.secret for one in account.api_keys)):
        try:
            yield base64.b64decode(key, validate=True)
        except binascii.Error:
            continue


def _by_key(emulator: Emulator, scope: Scope, body: bytes, *, given: str, now: float) -> Account:
    named = dict(part.partition("=")[::2] for part in given.split("&"))
    headers = named.get("SignedHeaders", "").lower().split(";")
    if not _SIGNED.issubset(headers):
        raise denied("SignedHeaders must hold x-ms-date, host and x-ms-content-sha256.")
    _check_date(header_of(scope, b"x-ms-date"), now)
    body_hash = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if not hmac.compare_digest(body_hash, header_of(scope, b"x-ms-content-sha256")):
        raise denied("x-ms-content-sha256 is not the hash of the body.")
    texts = list(_signed_texts(scope, headers))
    signature = named.get("Signature", "").encode("utf-8", "replace")
    for account in emulator.world.accounts.values():
        if account.provider == "acs":
            for key in keys_of(account):
                if any(hmac.compare_digest(_sign(key, text), signature) for text in texts):
                    return account
    raise denied()


def _sign(key: bytes, text: bytes) -> bytes:
    return base64.b64encode(hmac.digest(key, text, "sha256"))


def _signed_texts(scope: Scope, headers: list[str]) -> Iterator[bytes]:
    """What may have been signed: the host as it was sent or without its port, the target as sent or decoded."""
    raw: bytes = scope["raw_path"].partition(b"?")[0]
    target = f"{raw.decode('latin-1')}{'?' if scope['query_string'] else ''}{scope['query_string'].decode('latin-1')}"
    host = header_of(scope, b"host")
    for one_host in dict.fromkeys((host, host.rpartition(":")[0] or host)):
        values = [one_host if name == "host" else header_of(scope, name.encode("latin-1")) for name in headers]
        for one_target in dict.fromkeys((target, unquote(target))):
            yield f"{scope['method']}\n{one_target}\n{';'.join(values)}".encode()


def _check_date(stated: str, now: float) -> None:
    try:
        date = parsedate_to_datetime(stated)
    except (TypeError, ValueError):
        raise denied("x-ms-date is missing or cannot be read.") from None
    if date.tzinfo is None or abs(date.timestamp() - now) > WINDOW_S:
        raise denied("x-ms-date is too far from the server's time.")


def _by_token(emulator: Emulator, token: str, now: float) -> Account:
    claims = read_token(token)
    if claims is None or claims.expires < now:
        raise denied("The token is not valid, or has expired.")
    for account in emulator.world.accounts.values():
        app = account.entra
        if account.provider == "acs" and app is not None and claims.is_for(app.tenant_id, app.client_id):
            return account
    raise denied("The token's application has no role on a resource.")
