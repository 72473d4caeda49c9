"""When a campaign will have sent everything, at the rates and caps of its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from answerback.domain.sending.caps import Cap, Period, began, ends

LONGEST: Final = timedelta(days=3660)
STEP: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Load:
    """Parts to send from one number at so many a second, within its caps as they are at `seen_at`.

    `others` campaigns share it, so that it gets its share only. `later`: of the parts, those that may leave only then.
    """

    parts: int
    rate: float
    seen_at: datetime
    caps: tuple[Cap, ...] = ()
    others: int = 0
    later: Mapping[datetime, int] = field(default_factory=dict)


def finish_of(load: Load, begin: datetime) -> datetime | None:
    """None: not within ten years, the caps let too little through."""
    rate = load.rate / (1 + load.others)
    left = {cap.period: float(cap.left) for cap in load.caps}
    ready = float(load.parts - sum(load.later.values()))
    releases = sorted(load.later.items(), reverse=True)
    now, last = load.seen_at, begin + LONGEST
    following = begin
    while following < last:
        left = _begun_anew(load.caps, left, now, following)
        now = following
        while releases and releases[-1][0] <= now:
            ready += releases.pop()[1]
        room = min([ready, *left.values()])
        following = min([ends(Period.DAY, now), *(moment for moment, _ in releases[-1:])])
        sent = min(room, rate * (following - now).total_seconds())
        if sent == ready and not releases:
            return now + timedelta(seconds=sent / rate)
        ready -= sent
        left = {period: rest - sent for period, rest in left.items()}
    return None


def coarse(moment: datetime) -> datetime:
    """Rounded up, so that a million recipients who wait are few moments."""
    return moment + (datetime.min.replace(tzinfo=moment.tzinfo) - moment) % STEP


def _begun_anew(
    caps: tuple[Cap, ...], left: Mapping[Period, float], before: datetime, now: datetime
) -> dict[Period, float]:
    """What is left of each; all of it where its period began in between."""
    return {
        cap.period: cap.most if began(cap.period, now) > began(cap.period, before) else left[cap.period] for cap in caps
    }
