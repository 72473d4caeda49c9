"""How a call to another system is signed, and when one that failed is tried again. Standard Webhooks 1.0.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - the standard's mark of a secret
_WAITS: Final = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800)
"""Seconds after each failed try; about sixteen hours in all."""
MOST_TRIES: Final = len(_WAITS) + 1
GIVES_UP_AFTER: Final = timedelta(days=3)
"""An address that took nothing for so long is not called any more until a person says so."""


def sign(secrets: Sequence[str], call_id: str, at: int, body: bytes) -> str:
    """The value of `webhook-signature`: one signature for each secret, so that a secret can be changed without a gap.

    `at` is in seconds since 1970, as in `webhook-timestamp`; a receiver refuses old ones, which stops replays.
    """
    signed = b"%s.%d.%s" % (call_id.encode(), at, body)
    keys = (base64.b64decode(secret.removeprefix(SECRET_PREFIX)) for secret in secrets)
    digests = (hmac.digest(key, signed, hashlib.sha256) for key in keys)
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


def wait_after(tries: int, *, jitter: float) -> timedelta | None:
    """How long to wait after so many failed tries; None: no more. `jitter` from 0.5 to 1 spreads calls out."""
    return timedelta(seconds=_WAITS[tries - 1] * jitter) if tries < MOST_TRIES else None


def is_taken(status: int) -> bool:
    """Any 2xx; a redirect is not followed and counts as a failure, as the standard asks."""
    return 200 <= status < 300


GONE: Final = 410
"""The receiver wants no more calls: its subscription is switched off at once."""
