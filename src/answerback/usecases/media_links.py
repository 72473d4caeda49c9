"""Public addresses of stored files, for providers that fetch what we send: unguessable, and valid for a time.

The token proves that this centre made the address; it says nothing about who uses it.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LIFETIME_SECONDS: Final = 24 * 3600
"""Providers fetch within minutes; a queued text may wait for hours."""
MAC_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class MediaLinks:
    """`keys` are the settings' secret keys, newest first: the first signs, all are accepted."""

    public_url: str
    keys: Sequence[str]

    def make(self, media_id: int, now: float) -> str:
        """`{public}/media/{id}/{token}`; `now` is a Unix time."""
        expires = int(now) + LIFETIME_SECONDS
        return f"{self.public_url.rstrip('/')}/media/{media_id}/{_token(self.keys[0], media_id, expires)}"

    def is_good(self, media_id: int, token: str, now: float) -> bool:
        """Whether one of our keys made the token and its time is not over."""
        try:
            expires = int.from_bytes(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[:8])
        except ValueError:
            return False
        if expires < now:
            return False
        return any(hmac.compare_digest(_token(key, media_id, expires).encode(), token.encode()) for key in self.keys)


def _token(key: str, media_id: int, expires: int) -> str:
    stamp = expires.to_bytes(8)
    mac = hmac.digest(key.encode(), b"media link" + media_id.to_bytes(8) + stamp, hashlib.sha256)
    return base64.urlsafe_b64encode(stamp + mac[:MAC_BYTES]).rstrip(b"=").decode()
