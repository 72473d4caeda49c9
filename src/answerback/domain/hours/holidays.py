"""Public holidays by country and part of it, from the `holidays` library, in English where it knows English names."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

import holidays

ENGLISH = ("en_US", "en_CA", "en_GB", "en")


@lru_cache(maxsize=256)
def holidays_in(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """Date to name; nothing for a place that is not in `places`."""
    if country not in places() or (subdivision is not None and subdivision not in places()[country]):
        return MappingProxyType({})
    found = holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False, language=_english(country))
    return MappingProxyType(dict(sorted(found.items())))


@cache
def places() -> Mapping[str, tuple[str, ...]]:
    """Countries by ISO 3166-1 alpha-2, each with the parts that have holidays of their own."""
    known = holidays.list_supported_countries(include_aliases=False)
    return MappingProxyType({country: tuple(parts) for country, parts in sorted(known.items()) if len(country) == 2})


@cache
def _english(country: str) -> str | None:
    known = holidays.list_localized_countries().get(country, [])
    return next((language for language in ENGLISH if language in known), None)
