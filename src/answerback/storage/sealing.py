"""Seals small secrets (provider credentials, webhook keys) before they are stored, and opens them again.

AES-256-GCM. A sealed value is bound to its place by `context`, so that it cannot be moved to another row.
"""

import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12
_HEADER = len(FORMAT) + KEY_ID_BYTES


class SealingError(Exception):
    """A sealed value cannot be opened; the message says why and what to do."""


class Sealer:
    """Seals with the first key and opens with any of them. `keys` are the settings' secret keys, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise SealingError("No secret key is set. Set ANSWERBACK_SECRET_KEY.")
        derived = [_derive(key) for key in keys]
        self._ciphers = {_key_id(key): AESGCM(key) for key in derived}
        self._current = _key_id(derived[0])

    def seal(self, plain: bytes, context: str) -> bytes:
        """Format byte, key id, nonce, ciphertext with tag."""
        nonce = os.urandom(NONCE_BYTES)
        header = FORMAT + self._current
        sealed = self._ciphers[self._current].encrypt(nonce, plain, header + context.encode())
        return header + nonce + sealed

    def open(self, sealed: bytes, context: str) -> bytes:
        """The plain bytes, or SealingError when key, context or bytes are not those of the sealing."""
        header, nonce = sealed[:_HEADER], sealed[_HEADER : _HEADER + NONCE_BYTES]
        if header[:1] != FORMAT or len(nonce) != NONCE_BYTES:
            raise SealingError("This is not a value that answerback sealed. Enter the secret again.")
        cipher = self._ciphers.get(header[1:])
        if cipher is None:
            raise SealingError(
                "This secret was sealed with a key that is not set any more. "
                "Add the earlier key to ANSWERBACK_SECRET_KEY after a comma, or enter the secret again."
            )
        try:
            return cipher.decrypt(nonce, sealed[_HEADER + NONCE_BYTES :], header + context.encode())
        except InvalidTag as error:
            raise SealingError("This sealed secret was changed or moved. Enter the secret again.") from error

    def needs_resealing(self, sealed: bytes) -> bool:
        """Whether an older key sealed it, so that rotation has work left."""
        return sealed[1:_HEADER] != self._current


def _derive(key: str) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=None, info=b"answerback sealing 1").derive(key.encode())


def _key_id(derived: bytes) -> bytes:
    return hashlib.sha256(b"key id" + derived).digest()[:KEY_ID_BYTES]
