"""How fast each number may send, in parts, and when to hold back: token buckets and growing pauses. Pure but for state.

Times are seconds of a monotonic clock, passed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0


@dataclass(slots=True)
class Bucket:
    """Holds at most one second's worth of parts, or one. A long text may overdraw; the debt is waited off."""

    rate: float
    tokens: float
    at: float

    def refill(self, now: float) -> None:
        self.tokens = min(max(self.rate, 1.0), self.tokens + (now - self.at) * self.rate)
        self.at = now

    def ready_in(self) -> float:
        return max(0.0, (1.0 - self.tokens) / self.rate)


@dataclass(slots=True)
class Health:
    """Of a number or an account: troubles in a row, and the pause they earned."""

    troubles: int = 0
    paused_until: float = 0.0

    def trouble(self, now: float, *, jitter: float, at_least: float = 0.0) -> None:
        """`jitter` from 0.5 to 1 spreads the tries of many nodes. Troubles inside a pause are the same trouble."""
        if now < self.paused_until:
            return
        self.troubles += 1
        pause = min(FIRST_PAUSE * 2 ** (self.troubles - 1), LONGEST_PAUSE) * jitter
        self.paused_until = now + max(pause, at_least)

    def recover(self) -> None:
        self.troubles = 0
        self.paused_until = 0.0


class Pace:
    """The buckets and pauses of the numbers one dispatcher holds."""

    def __init__(self) -> None:
        self._buckets: dict[int, Bucket] = {}
        self.numbers: dict[int, Health] = {}
        self.accounts: dict[int, Health] = {}

    def allowances(
        self, numbers: Iterable[int], room: int, facts: Callable[[int], tuple[int, float] | None], now: float
    ) -> dict[int, int]:
        """Tokens each number may spend now. `facts` gives account and rate. After trouble one text is let through."""
        candidates = list(numbers)
        share = max(1, ceil(room * 1.5 / max(1, len(candidates))))
        allowed: dict[int, int] = {}
        probed: set[int] = set()
        for number in candidates:
            known = facts(number)
            if known is None:
                continue
            account, rate = known
            bucket = self._bucket(number, rate, now)
            health, account_health = self.numbers.get(number), self.accounts.get(account)
            if bucket.tokens < 1 or (health and now < health.paused_until):
                continue
            limit = min(int(bucket.tokens), share)
            if account_health and account_health.troubles:
                if now < account_health.paused_until or account in probed:
                    continue
                probed.add(account)
                limit = 1
            allowed[number] = 1 if health and health.troubles else limit
            if len(allowed) >= room:
                break
        return allowed

    def spend(self, number: int, parts: int) -> None:
        self._buckets[number].tokens -= parts

    def next_chance(self, numbers: Iterable[int], now: float) -> float:
        """Seconds until one of them may send again for sure; infinite when none waits for time."""
        waits = [float("inf")]
        for number in numbers:
            bucket = self._buckets.get(number)
            if bucket is not None and bucket.tokens < 1:
                waits.append(bucket.ready_in())
            health = self.numbers.get(number)
            if health is not None and now < health.paused_until:
                waits.append(health.paused_until - now)
        waits.extend(health.paused_until - now for health in self.accounts.values() if now < health.paused_until)
        return min(waits)

    def forget(self, number: int) -> None:
        self._buckets.pop(number, None)
        self.numbers.pop(number, None)

    def _bucket(self, number: int, rate: float, now: float) -> Bucket:
        bucket = self._buckets.get(number)
        if bucket is None:
            bucket = self._buckets[number] = Bucket(rate, max(rate, 1.0), now)
        bucket.rate = rate
        bucket.refill(now)
        return bucket
