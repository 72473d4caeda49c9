"""Which time zones a phone may be in, by its number. Only a guess: people move and keep their numbers.

For quiet hours take the strictest of the zones; show "their local time" only where the zones agree on it.
"""

from functools import cache
from typing import Final

from answerback.domain.numbers.phone import COUNTRY_OF_AREA_CODE, country_of
from answerback.domain.numbers.zone_prefixes import ZONE_PREFIXES

AREA: Final = len("+1212")
AREA_AND_EXCHANGE: Final = len("+1212555")


def time_zones_of(address: str) -> frozenset[str]:
    """IANA names for an E.164 number: by area code and exchange, else every zone of its country; empty if unknown."""
    if not address.startswith("+"):
        return frozenset()
    prefixes = _read_prefixes()
    digits = address[1:]
    for length in range(min(len(digits), _longest_prefix()), 0, -1):
        zones = prefixes.get(digits[:length])
        if zones is not None:
            return zones
    return _zones_of_country(country_of(address))


def telling_part(address: str) -> str:
    """As much of a phone's address as says where it is: of a +1 number the area code, and the exchange where the area
    code has several time zones; a test holds the tables to it."""
    if not address.startswith("+1"):
        return address
    return address[:AREA_AND_EXCHANGE] if address[2:5] in _divided() else address[:AREA]


@cache
def _divided() -> frozenset[str]:
    """Area codes whose exchanges are told apart."""
    return frozenset(start[1:4] for start in _read_prefixes() if start.startswith("1") and len(start) > len("1212"))


@cache
def _read_prefixes() -> dict[str, frozenset[str]]:
    prefixes: dict[str, frozenset[str]] = {}
    for line in ZONE_PREFIXES.strip().splitlines():
        names, *starts = line.split()
        zones = frozenset(names.split("+"))
        for start in starts:
            prefixes[start] = prefixes.get(start, frozenset()) | zones
    return prefixes


@cache
def _longest_prefix() -> int:
    return max(map(len, _read_prefixes()))


@cache
def _zones_of_country(country: str) -> frozenset[str]:
    """For +1 numbers that belong to no place: toll-free, and area codes newer than the table."""
    prefixes = _read_prefixes()
    codes = [f"1{code}" for code, home in COUNTRY_OF_AREA_CODE.items() if home == country]
    return frozenset().union(*(prefixes.get(code, frozenset()) for code in codes))
