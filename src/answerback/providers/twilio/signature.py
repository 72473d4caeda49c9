"""Proves that a webhook is Twilio's: https://www.twilio.com/docs/usage/security#validating-requests.

Signed is the address as configured, then each name and value in order: with HMAC-SHA1 under the account's auth token,
or, when X-Twilio-Webhooks-Signature-Settings says so, with HMAC-SHA256 under a shared key.
"""

import hashlib
import hmac
import re
from binascii import b2a_base64
from dataclasses import dataclass
from urllib.parse import parse_qsl

from answerback.providers.contract import Account, Forged, Genuine, HookRequest
from answerback.providers.keyed_hash import keyed_hash
from answerback.providers.twilio.forms import is_form, pairs_of, query_of

SIGNATURE = "x-twilio-signature"
SETTINGS = "x-twilio-webhooks-signature-settings"

_DIGESTS = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
_ADDRESS = re.compile(r"(https?)://([^/?#]*?)(:\d+)?([/?][^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)

NO_SIGNATURE = (
    "no X-Twilio-Signature header: the request did not come from Twilio, or a proxy removed the header. "
    "If it came from Twilio, let the proxy pass it on."
)
MISMATCH = (
    "signature does not match: check that ANSWERBACK_PUBLIC_URL is the address Twilio calls "
    "and that the account's auth token is the current one"
)
NO_BODY_HASH = "the body is neither a form nor covered by bodySHA256, so nothing proves it is Twilio's"
BODY_CHANGED = "the body is not the one Twilio signed (bodySHA256 differs): a proxy in between changes it"
UNKNOWN_KEY = (
    "signed with a shared key this account does not hold: enter the key's id and secret in the provider account"
)
NOTHING_TO_CHECK_WITH = "the account has no auth token to check signatures with: enter it in the provider account"


@dataclass(frozen=True, slots=True)
class Key:
    secret: bytes
    digest: str


def verify(request: HookRequest, account: Account) -> Genuine | Forged:
    """Constant-time in the signature; about 10 microseconds for an ordinary text."""
    given = request.headers.get(SIGNATURE, "")
    if not given:
        return Forged(NO_SIGNATURE)
    key = choose_key(request.headers.get(SETTINGS, ""), account)
    if isinstance(key, Forged):
        return key
    signed = _signed_parameters(request)
    if isinstance(signed, Forged):
        return signed
    expected = given.strip().encode("utf-8", "replace")
    # Nearly always the address matches as it is; the other spellings cost more to make than to check.
    if "#" not in request.url and _matches(request.url, signed, key, expected):
        return Genuine()
    if any(_matches(url, signed, key, expected) for url in spellings(request.url)):
        return Genuine()
    return Forged(_explain(request, signed, key, expected))


def choose_key(settings: str, account: Account) -> Key | Forged:
    """The secret and algorithm named by the settings header; without it the auth token and SHA-1."""
    named = dict(_named_settings(settings)) if settings else {}
    algorithm = (named.get("algorithm") or "HMAC_SHA1").upper()
    digest = _DIGESTS.get(algorithm)
    if digest is None:
        return Forged("signed with an algorithm this version does not know: choose HMAC_SHA256 in Twilio, or upgrade")
    key_id = named.get("key")
    if key_id:
        secret = account.credentials.get("shared_key_secret", "")
        if not secret or not hmac.compare_digest(
            key_id.encode("utf-8", "replace"), account.credentials.get("shared_key_id", "").encode()
        ):
            return Forged(UNKNOWN_KEY)
        return Key(secret.encode(), digest)
    if digest != "sha1":
        return Forged("signed with HMAC_SHA256 but no shared key is named: Twilio always names one")
    token = account.credentials.get("auth_token", "")
    return Key(token.encode(), digest) if token else Forged(NOTHING_TO_CHECK_WITH)


def _named_settings(header: str) -> list[tuple[str, str]]:
    parts = (part.partition("=") for part in header.split(","))
    return [(name.strip(), value.strip()) for name, _, value in parts if value.strip()]


def _signed_parameters(request: HookRequest) -> str | Forged:
    """Names and values as Twilio strings them together: unique, sorted; nothing for a GET or a hashed body."""
    if request.method == "GET":
        return ""
    if is_form(request):
        return "".join([name + value for name, value in sorted(set(pairs_of(request)))])
    hashes = [value for name, value in parse_qsl(query_of(request)) if name == "bodySHA256"]
    if not hashes:
        return Forged(NO_BODY_HASH) if request.body else ""
    body_hash = hashlib.sha256(request.body).hexdigest()
    return "" if hmac.compare_digest(body_hash.encode(), hashes[0].encode()) else Forged(BODY_CHANGED)


def spellings(url: str) -> tuple[str, ...]:
    """The address with and without its port, either of which Twilio may have signed; never the fragment."""
    parts = _ADDRESS.fullmatch(url)
    if parts is None:
        return (url,)
    scheme, host, port, rest = parts.group(1), parts.group(2), parts.group(3), parts.group(4) or ""
    if port:
        return f"{scheme}://{host}{port}{rest}", f"{scheme}://{host}{rest}"
    default = ":443" if scheme.lower() == "https" else ":80"
    return f"{scheme}://{host}{rest}", f"{scheme}://{host}{default}{rest}"


def _matches(url: str, signed: str, key: Key, expected: bytes) -> bool:
    return hmac.compare_digest(sign(url, signed, key), expected)


def sign(url: str, signed: str, key: Key) -> bytes:
    """The signature in base 64 of an address and its strung-together parameters."""
    return b2a_base64(keyed_hash(key.secret, (url + signed).encode("utf-8", "replace"), key.digest), newline=False)


def _explain(request: HookRequest, signed: str, key: Key, expected: bytes) -> str:
    """The likely cause: would it match under the scheme or the host that the request itself was made with?"""
    parts = _ADDRESS.fullmatch(request.url)
    if parts is None:
        return MISMATCH
    hosts = [request.headers[name] for name in ("host", "x-forwarded-host") if name in request.headers]
    for host in (parts.group(2) + (parts.group(3) or ""), *hosts):
        for scheme in ("https", "http"):
            other = f"{scheme}://{host}{parts.group(4) or ''}"
            if any(_matches(url, signed, key, expected) for url in spellings(other)):
                return (
                    f"Twilio calls {scheme}://{host}, this server believes to be elsewhere: "
                    f"set ANSWERBACK_PUBLIC_URL to {scheme}://{host}"
                )
    return MISMATCH
