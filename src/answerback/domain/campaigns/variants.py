"""Which words a phone gets when several are compared: by lot, the same at every look."""

from collections.abc import Sequence
from hashlib import blake2b


def variant_of(campaign_id: int, phone: str, shares: Sequence[int]) -> int:
    """The place of its variant in `shares` (weights, such as 50 and 50)."""
    if len(shares) == 1:
        return 0
    drawn = int.from_bytes(blake2b(f"{campaign_id} {phone}".encode(), digest_size=8).digest()) % sum(shares)
    for place, share in enumerate(shares):
        if drawn < share:
            return place
        drawn -= share
    raise ValueError("shares must be above nothing")
