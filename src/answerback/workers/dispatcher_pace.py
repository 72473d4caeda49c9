"""How fast each number may send, in parts, and when to hold back: token buckets and breakers. Pure but for state.

Times are seconds of a monotonic clock, passed in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

from answerback.domain.sending.failure import Failure, FailureClass, Retry
from answerback.providers.contract import NotSent, SendResult, Unclear
from answerback.workers.breaker import Breaker

NO_ANSWER: Final = "Requests get no answer, so that nobody knows whether their texts were sent."


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


@dataclass(frozen=True, slots=True)
class Turn:
    """A breaker that people should know of has opened, stays open, or is closed. Without a number: the account's."""

    account_id: int
    number_id: int | None
    is_open: bool
    reason: str
    seconds: float  # until the next probe


class Pace:
    """The buckets of the numbers that one dispatcher holds, and the breakers of those and their accounts."""

    def __init__(self) -> None:
        self._buckets: dict[int, Bucket] = {}
        self._numbers: dict[int, Breaker] = {}
        self._accounts: dict[int, Breaker] = {}

    def allowances(
        self,
        numbers: Sequence[int],
        facts: Callable[[int], tuple[int, float] | None],
        room_of: Callable[[int], int],
        *,
        most: int,
        now: float,
    ) -> dict[int, int]:
        """Tokens each number may spend now. `facts` gives account and rate, `room_of` what an account has room for."""
        share = max(1, ceil(most * 1.5 / max(1, len(numbers))))
        rooms: dict[int, int] = {}
        allowed: dict[int, int] = {}
        for number in numbers:
            known = facts(number)
            if known is None:
                continue
            account, rate = known
            bucket = self._bucket(number, rate, now)
            if account not in rooms:
                rooms[account] = _least(room_of(account), self._accounts.get(account), now)
            limit = min(int(bucket.tokens), share, rooms[account])
            limit = _least(limit, self._numbers.get(number), now)
            if limit < 1:
                continue
            rooms[account] -= limit
            allowed[number] = limit
            if len(allowed) >= most:
                break
        return allowed

    def spend(self, number: int, account: int, parts: int, now: float) -> None:
        """A text was claimed."""
        self._buckets[number].tokens -= parts
        for breaker in (self._numbers.get(number), self._accounts.get(account)):
            if breaker is not None:
                breaker.note_leaving(now)

    def next_chance(self, numbers: Iterable[int], now: float) -> float:
        """Seconds until one of them may send again for sure; infinite when none waits for time."""
        waits = [float("inf")]
        for number in numbers:
            bucket = self._buckets.get(number)
            if bucket is not None and bucket.tokens < 1:
                waits.append(bucket.ready_in())
            if number in self._numbers:
                waits.append(self._numbers[number].next_chance(now))
        waits.extend(breaker.next_chance(now) for breaker in self._accounts.values())
        return min(waits)

    def heed(self, number: int, account: int, result: SendResult, *, jitter: float, now: float) -> list[Turn]:
        """Trouble at the provider holds the account back, trouble with the rate the number. Whatever else is answered
        shows that the provider works. Gives the breakers that turned."""
        match result:
            case Unclear():
                breaker = self._accounts.setdefault(account, Breaker())
                before = breaker.troubles
                breaker.doubt(now, reason=NO_ANSWER, jitter=jitter)
                return _turns(breaker, before, account, None, now=now)
            case NotSent(Failure(cls=FailureClass.THROTTLED) as failure):
                turns = self._recover(account, None)
                return turns + self._trouble(
                    account, number, reason=failure.sentence, jitter=jitter, at_least=failure.retry_after, now=now
                )
            case NotSent(failure) if _is_the_accounts(failure):
                if number in self._numbers:
                    self._numbers[number].pass_over()
                return self._trouble(
                    account, None, reason=failure.sentence, jitter=jitter, at_least=failure.retry_after, now=now
                )
            case _:
                return self._recover(account, None) + self._recover(account, number)

    def forget(self, number: int) -> None:
        self._buckets.pop(number, None)
        self._numbers.pop(number, None)

    def _trouble(
        self,
        account: int,
        number: int | None,
        *,
        reason: str,
        jitter: float,
        now: float,
        at_least: timedelta | None = None,
    ) -> list[Turn]:
        held = self._accounts if number is None else self._numbers
        breaker = held.setdefault(account if number is None else number, Breaker())
        before = breaker.troubles
        breaker.trouble(now, reason=reason, jitter=jitter, at_least=at_least.total_seconds() if at_least else 0.0)
        return _turns(breaker, before, account, number, now=now)

    def _recover(self, account: int, number: int | None) -> list[Turn]:
        breaker = self._accounts.get(account) if number is None else self._numbers.get(number)
        if breaker is None:
            return []
        was_open = breaker.is_open
        breaker.recover()
        return [Turn(account, number, False, breaker.reason, 0.0)] if was_open else []

    def _bucket(self, number: int, rate: float, now: float) -> Bucket:
        bucket = self._buckets.get(number)
        if bucket is None:
            bucket = self._buckets[number] = Bucket(rate, max(rate, 1.0), now)
        bucket.rate = rate
        bucket.refill(now)
        return bucket


def _is_the_accounts(failure: Failure) -> bool:
    """The provider has trouble, or does not let the account in until somebody mends it: no text of it would fare
    better."""
    return failure.cls is FailureClass.PROVIDER_TROUBLE or (
        failure.cls is FailureClass.ACCOUNT and failure.retry is not Retry.NEVER
    )


def _turns(breaker: Breaker, troubles_before: int, account: int, number: int | None, *, now: float) -> list[Turn]:
    """Told again after each failed probe, since the time of the next one changes."""
    if not breaker.is_open or breaker.troubles == troubles_before:
        return []
    return [Turn(account, number, True, breaker.reason, breaker.paused_until - now)]


def _least(limit: int, breaker: Breaker | None, now: float) -> int:
    most = breaker.most(now) if breaker is not None else None
    return limit if most is None else min(limit, most)
