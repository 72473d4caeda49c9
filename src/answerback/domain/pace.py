"""Times counted in buckets, four to each doubling: little to keep, and any share of them is known within a fifth."""

import math
from collections.abc import Mapping
from typing import Final

SHORTEST: Final = 0.0001
"""Seconds; whatever is quicker lies in the first bucket."""
STEPS: Final = 4
LAST: Final = 127
"""Some 10 days."""


def bucket_of(seconds: float) -> int:
    """The bucket of a time."""
    if seconds <= SHORTEST:
        return 0
    return min(int(STEPS * math.log2(seconds / SHORTEST)), LAST)


def share_of(hits: Mapping[int, int], share: float) -> float | None:
    """Seconds that this share of all times (0 to 1) did not exceed; None where there are none."""
    wanted, seen = share * sum(hits.values()), 0
    for bucket in sorted(hits):
        seen += hits[bucket]
        if hits[bucket] and seen >= wanted:
            return float(SHORTEST * 2 ** ((bucket + 1) / STEPS))
    return None
