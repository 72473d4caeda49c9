"""Access tokens in the form of Entra ID's (a JWT), signed under a key that only this process knows."""

import base64
import binascii
import hmac
import secrets
from typing import Any

import msgspec

AUDIENCE = "https://communication.azure.com"
SCOPES = frozenset({f"{AUDIENCE}//.default", f"{AUDIENCE}/.default"})
LASTS_S = 3599
_KEY = secrets.token_bytes(32)


class Claims(msgspec.Struct, frozen=True):
    """Which application of which tenant, for which service, until when (seconds since the epoch)."""

    tenant_id: str = msgspec.field(name="tid")
    client_id: str = msgspec.field(name="appid")
    audience: str = msgspec.field(name="aud")
    expires: int = msgspec.field(name="exp")

    def is_for(self, tenant_id: str, client_id: str) -> bool:
        """Whether it was given to this application, for this service."""
        return (self.tenant_id, self.client_id, self.audience) == (tenant_id, client_id, AUDIENCE)


def write_token(claims: Claims) -> str:
    """header.claims.signature."""
    signed = f"{_encode({'typ': 'JWT', 'alg': 'HS256'})}.{_encode(claims)}"
    return f"{signed}.{_sign(signed)}"


def read_token(token: str) -> Claims | None:
    """What a token says; None unless it was written here."""
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(_sign(signed).encode(), signature.encode("utf-8", "replace")):
        return None
    try:
        padded = signed.partition(".")[2] + "=="
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=Claims)
    except (binascii.Error, msgspec.DecodeError):
        return None


def _encode(content: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(content)).decode().rstrip("=")


def _sign(signed: str) -> str:
    digest = hmac.digest(_KEY, signed.encode("utf-8", "replace"), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
