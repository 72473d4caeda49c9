"""How much a number may send a day, a week and a month, in parts. Carriers count from midnight Pacific time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

CARRIER_ZONE: Final = ZoneInfo("America/Los_Angeles")
"""T-Mobile's daily brand cap resets at midnight there; the other counts follow it."""
NEAR: Final = 0.8
"""From this share of a cap on, people are warned."""


class Period(StrEnum):
    """Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Cap:
    """One limit and how much of it is gone: parts sent since the period began, and parts that wait to leave."""

    period: Period
    most: int
    used: int
    waiting: int = 0

    @property
    def left(self) -> int:
        return max(self.most - self.used - self.waiting, 0)

    @property
    def is_near(self) -> bool:
        return self.used + self.waiting >= NEAR * self.most


def began(period: Period, now: datetime) -> date:
    """The carriers' day on which the current period began."""
    today = now.astimezone(CARRIER_ZONE).date()
    match period:
        case Period.DAY:
            return today
        case Period.WEEK:
            return today - timedelta(days=today.weekday())
        case Period.MONTH:
            return today.replace(day=1)


def ends(period: Period, now: datetime) -> datetime:
    """When the count begins anew."""
    start = began(period, now)
    match period:
        case Period.DAY:
            following = start + timedelta(days=1)
        case Period.WEEK:
            following = start + timedelta(days=7)
        case Period.MONTH:
            following = (start + timedelta(days=32)).replace(day=1)
    return datetime(following.year, following.month, following.day, tzinfo=CARRIER_ZONE)


def first_full(caps: tuple[Cap, ...], parts: int) -> Cap | None:
    """The cap that has no room for so many parts; the longest period first, since it mends last."""
    full = [cap for cap in caps if cap.left < parts]
    return max(full, key=lambda cap: list(Period).index(cap.period), default=None)
