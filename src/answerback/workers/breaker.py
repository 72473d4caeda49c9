"""Whether something takes texts now: a circuit breaker for one number or one account. Pure but for state.

Closed: all may leave. After trouble: nothing leaves for a pause that grows, then one probe (half-open) that decides.
Times are seconds of a monotonic clock, passed in.
"""

from dataclasses import dataclass
from typing import Final

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
OPEN_AFTER: Final = 3
"""Troubles in a row from which people are told; fewer mend themselves within seconds."""
DOUBTS: Final = 3
"""Requests in a row without an answer that are trouble; one lost answer is none."""
PROBE_PATIENCE: Final = 90.0
"""A probe nobody heard of again does not hold the others back for longer."""


@dataclass(slots=True)
class Breaker:
    """`reason` is the last trouble, in words for people."""

    troubles: int = 0
    paused_until: float = 0.0
    reason: str = ""
    doubts: int = 0
    _probe_ends: float = 0.0

    @property
    def is_closed(self) -> bool:
        return self.troubles == 0

    @property
    def is_open(self) -> bool:
        """Long enough in trouble to be shown."""
        return self.troubles >= OPEN_AFTER

    def most(self, now: float) -> int | None:
        """How many texts may leave now: None for any number, else none or one probe."""
        if self.is_closed:
            return None
        return 0 if now < self.paused_until or now < self._probe_ends else 1

    def note_leaving(self, now: float) -> None:
        """A text leaves: after trouble it is the probe."""
        if not self.is_closed:
            self._probe_ends = now + PROBE_PATIENCE

    def next_chance(self, now: float) -> float:
        """Seconds until a probe may leave; infinite while one is under way, since its answer will tell."""
        if now < self.paused_until:
            return self.paused_until - now
        return float("inf")

    def trouble(self, now: float, *, reason: str, jitter: float, at_least: float = 0.0) -> None:
        """`jitter` from 0.5 to 1 spreads the tries of many nodes. Troubles inside a pause are the same trouble."""
        self._probe_ends = 0.0
        if now < self.paused_until:
            return
        self.troubles += 1
        self.reason = reason
        pause = min(FIRST_PAUSE * 2 ** (self.troubles - 1), LONGEST_PAUSE) * jitter
        self.paused_until = now + max(pause, at_least)

    def doubt(self, now: float, *, reason: str, jitter: float) -> None:
        """A request got no answer."""
        self.doubts += 1
        if self.doubts >= DOUBTS or not self.is_closed:
            self.trouble(now, reason=reason, jitter=jitter)

    def recover(self) -> None:
        self.troubles = self.doubts = 0
        self.paused_until = self._probe_ends = 0.0

    def pass_over(self) -> None:
        """The probe said nothing of this trouble: another one may leave."""
        self._probe_ends = 0.0
