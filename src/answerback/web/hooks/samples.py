"""Which refused webhooks are kept whole: one of a kind now and then, so that a flood of them costs nothing."""

import time
from collections.abc import Callable
from typing import Final

BETWEEN_SECONDS: Final = 600.0
MOST_KINDS: Final = 500
Kind = tuple[int, str, str]


class Samples:
    """A kind is account, door and reason. For one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._taken: dict[Kind, float] = {}

    def wants(self, account_id: int, door: str, reason: str) -> bool:
        """Whether this one shall be kept; then it is taken for its kind."""
        now = self._clock()
        kind = (account_id, door, reason)
        if now - self._taken.get(kind, float("-inf")) < BETWEEN_SECONDS:
            return False
        if len(self._taken) >= MOST_KINDS:
            self._taken = {known: at for known, at in self._taken.items() if now - at < BETWEEN_SECONDS}
            if len(self._taken) >= MOST_KINDS:
                return False
        self._taken[kind] = now
        return True
