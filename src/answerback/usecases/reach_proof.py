"""How a request to our public address proves that it came out here: a challenge goes in, its keyed answer comes back.

Any node of the centre can answer, for all share the key; nobody else can, and nothing is stored.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DOOR: Final = "/hooks/reach/"
LONGEST_CHALLENGE: Final = 64


@dataclass(frozen=True, slots=True)
class ReachProof:
    """`keys` are the settings' secret keys, newest first."""

    keys: Sequence[str]

    def challenge(self) -> str:
        """Good for one request: nobody can have the answer in store."""
        return secrets.token_urlsafe(24)

    def answer(self, challenge: str) -> str:
        return _mac(self.keys[0], challenge)

    def is_good(self, challenge: str, answer: str) -> bool:
        """Whether a node of ours answered, be it one that has the former key still."""
        return any(hmac.compare_digest(_mac(key, challenge).encode(), answer.encode()) for key in self.keys)


def _mac(key: str, challenge: str) -> str:
    return hmac.digest(key.encode(), b"reach" + challenge.encode(), hashlib.sha256).hex()
