"""Whether a text may arrive now where the recipient is, and if not, when: the strictest of their possible places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from answerback.domain.consent.ledger import About
from answerback.domain.numbers.phone import country_of
from answerback.domain.numbers.regions import read_region, regions_of, zones_of_region
from answerback.domain.numbers.zones import telling_part, time_zones_of
from answerback.domain.sending.law.quiet_hours import COURTESY, QUIET_HOURS, QuietHours

FARTHEST: Final = 60
"""Steps to a common hour; windows of a day or a week meet far sooner, or never."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a recipient may be: IANA zones, regions ("US-FL") and country."""

    zones: frozenset[str]
    regions: frozenset[str]
    country: str

    @property
    def places(self) -> frozenset[str]:
        return self.regions | {self.country}


def locate(phone: str, zone: str | None = None, region: str | None = None) -> Whereabouts:
    """By what is written with the contact (time zone, state as people write it), else by area code and exchange."""
    return _locate(telling_part(phone), zone, region)


@lru_cache(50_000)
def _locate(phone: str, zone: str | None, region: str | None) -> Whereabouts:
    known = read_region(region)
    country = country_of(phone)
    regions = frozenset({known}) if known else regions_of(phone)
    if known and country in ("US", "CA", "PR"):
        country = "PR" if known == "US-PR" else known[:2]
    zones = frozenset({zone}) if zone else zones_of_region(known) if known else time_zones_of(phone)
    return Whereabouts(zones, regions, country)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Why not now: the rule that stands in the way first, the recipient's clock, and the first hour all rules share.

    `until` None: there is no such hour.
    """

    law: QuietHours
    zone: str
    local: datetime
    until: datetime | None


def quiet_for(where: Whereabouts, about: About, now: datetime, *, courtesy: bool) -> Quiet | None:
    """None when a text of this purpose may arrive there now. Rules know minutes, so that thousands of recipients of a
    minute are looked up once for each place."""
    return _quiet_for(where, about, now.replace(second=0, microsecond=0), courtesy)


@lru_cache(20_000)
def _quiet_for(where: Whereabouts, about: About, minute: datetime, courtesy: bool) -> Quiet | None:
    return find_quiet(laws_for(where.places, about, courtesy=courtesy, on=minute.date()), where.zones, minute)


def laws_for(places: Iterable[str], about: About, *, courtesy: bool, on: date) -> tuple[QuietHours, ...]:
    """The rules in force there for texts of this purpose."""
    return _laws(frozenset(places), about, courtesy, on)


@lru_cache(5_000)
def _laws(places: frozenset[str], about: About, courtesy: bool, on: date) -> tuple[QuietHours, ...]:
    table = QUIET_HOURS + COURTESY if courtesy else QUIET_HOURS
    return tuple(
        law for law in table if law.place in places and about in law.abouts and (law.since is None or law.since <= on)
    )


def find_quiet(laws: Sequence[QuietHours], zones: Iterable[str], now: datetime) -> Quiet | None:
    """None when the text may arrive now."""
    listed = sorted(zones)
    for zone in listed:
        local = now.astimezone(_zone(zone))
        for law in laws:
            if not _is_open(law, local):
                return Quiet(law, zone, local, next_hour(laws, listed, now))
    return None


def next_hour(laws: Sequence[QuietHours], zones: Iterable[str], now: datetime) -> datetime | None:
    """The first moment from `now` on that every rule allows in every zone; None when there is none."""
    at = now
    listed = list(zones)
    for _ in range(FARTHEST):
        later = max((_opening(law, _zone(zone), at) for law in laws for zone in listed), default=at)
        if later == at:
            return at
        at = later
    return None


@lru_cache(1_000)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _is_open(law: QuietHours, local: datetime) -> bool:
    window = law.days[local.weekday()]
    return window is not None and window[0] <= local.hour * 60 + local.minute < window[1]


def _opening(law: QuietHours, zone: ZoneInfo, at: datetime) -> datetime:
    """`at` itself when the rule is open then, else the beginning of its next window."""
    local = at.astimezone(zone)
    if _is_open(law, local):
        return at
    day = local.date()
    for ahead in range(8):
        window = law.days[(day + ahead * DAY).weekday()]
        if window is None:
            continue
        there = day + ahead * DAY
        start = datetime(there.year, there.month, there.day, window[0] // 60, window[0] % 60, tzinfo=zone)
        begins = start.astimezone(at.tzinfo)
        if begins > at:
            return begins
    return at
