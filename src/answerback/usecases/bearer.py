"""Random secrets that prove who calls: session cookies and API tokens. Only their hashes are ever stored."""

import hashlib
import secrets

TOKEN_PREFIX = "ab_"  # noqa: S105 - how tokens begin, not one of them


def make_cookie() -> str:
    return secrets.token_urlsafe(32)


def make_token() -> str:
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """They are random and long, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).digest()
