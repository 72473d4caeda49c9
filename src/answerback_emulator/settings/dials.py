"""The dials: which faults the emulated carrier shows, how often. All probabilities are 0 to 1."""

from random import Random
from typing import Annotated

import msgspec

Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]
Scale = Annotated[float, msgspec.Meta(ge=0, le=10)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=600_000)]


class Dials(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """One setting of all dials; `seed` makes the faults repeatable. The carriers' clocks go `clock_skew_s` fast.

    In calls, 1 is as long as in life: `ringing_scale` for how long phones ring, `speech_scale` for speech and pauses.
    """

    delay_ms: Milliseconds = 40
    jitter_ms: Milliseconds = 0
    duplicate_probability: Probability = 0.0
    disorder_probability: Probability = 0.0
    lost_callback_probability: Probability = 0.0
    throttle_probability: Probability = 0.0
    error_probability: Probability = 0.0
    lost_response_probability: Probability = 0.0
    truncate_probability: Probability = 0.0
    slow_response_ms: Milliseconds = 0
    clock_skew_s: int = 0
    ringing_scale: Scale = 1.0
    speech_scale: Scale = 1.0
    filter_probability: Probability = 0.0
    filter_words: list[str] = []
    seed: int = 1


class Chance:
    """Rolls the dice for the dials, repeatably."""

    def __init__(self, dials: Dials) -> None:
        self.dials = dials
        self._random = Random(dials.seed)  # noqa: S311 - repeatable faults, no secrets

    def turn(self, dials: Dials) -> None:
        """Take a new setting; the dice start again from its seed."""
        self.dials = dials
        self._random = Random(dials.seed)  # noqa: S311 - repeatable faults, no secrets

    def happens(self, probability: float) -> bool:
        """Whether an event of this probability happens now; no dice are rolled for never."""
        return probability > 0 and self._random.random() < probability

    def delay_s(self) -> float:
        """The next step's delay in seconds: base plus jitter."""
        if self.dials.jitter_ms == 0:
            return self.dials.delay_ms / 1000
        return (self.dials.delay_ms + self._random.random() * self.dials.jitter_ms) / 1000

    def spread(self) -> float:
        """A factor a little above 1, so that what failed together is not tried again together."""
        return 1 + self._random.random() * 0.1

    def late_s(self) -> float:
        """How long a held-back or repeated callback stays behind, in seconds."""
        return self.delay_s() * 2 + 0.02 + self._random.random() * 0.08
