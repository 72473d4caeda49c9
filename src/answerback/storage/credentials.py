"""A provider account's credentials at rest: one sealed JSON object, bound to its account's row."""

from collections.abc import Mapping

import msgspec

from answerback.storage.sealing import Sealer


def seal_credentials(sealer: Sealer, account_id: int, credentials: Mapping[str, str]) -> bytes:
    """For `provider_account.credentials`; draw the id from the sequence first when the row is new."""
    return sealer.seal(msgspec.json.encode(dict(credentials)), _context(account_id))


def open_credentials(sealer: Sealer, account_id: int, sealed: bytes) -> dict[str, str]:
    """Raises SealingError when the key is gone or the bytes belong to another account."""
    return msgspec.json.decode(sealer.open(sealed, _context(account_id)), type=dict[str, str])


def _context(account_id: int) -> str:
    return f"provider_account:{account_id}"
