"""What a carrier tells about a number from its area code: city, state, zip, country. Only a sample of codes."""

from typing import NamedTuple


class Area(NamedTuple):
    """Where a number is from, in the carrier's capitals."""

    city: str
    state: str
    zip: str
    country: str


_AREAS: dict[str, Area] = {
    "201": Area("JERSEY CITY", "NJ", "07302", "US"),
    "206": Area("SEATTLE", "WA", "98101", "US"),
    "212": Area("NEW YORK", "NY", "10013", "US"),
    "213": Area("LOS ANGELES", "CA", "90012", "US"),
    "214": Area("DALLAS", "TX", "75201", "US"),
    "303": Area("DENVER", "CO", "80202", "US"),
    "305": Area("MIAMI", "FL", "33101", "US"),
    "312": Area("CHICAGO", "IL", "60601", "US"),
    "404": Area("ATLANTA", "GA", "30303", "US"),
    "415": Area("SAN FRANCISCO", "CA", "94103", "US"),
    "416": Area("TORONTO", "ON", "", "CA"),
    "512": Area("AUSTIN", "TX", "78701", "US"),
    "514": Area("MONTREAL", "QC", "", "CA"),
    "602": Area("PHOENIX", "AZ", "85004", "US"),
    "604": Area("VANCOUVER", "BC", "", "CA"),
    "617": Area("BOSTON", "MA", "02108", "US"),
    "702": Area("LAS VEGAS", "NV", "89101", "US"),
    "787": Area("SAN JUAN", "PR", "00901", "PR"),
    "808": Area("HONOLULU", "HI", "96813", "US"),
    "939": Area("PONCE", "PR", "00730", "PR"),
}
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})


def area_of(number: str) -> Area | None:
    """The area of a +1 number, or None where the carrier would say nothing (short codes, toll-free, abroad)."""
    return _AREAS.get(number[2:5]) if number.startswith("+1") and len(number) == 12 else None


def country_of(number: str) -> str:
    """The country as the carrier reports it; "US" for a +1 code outside the sample and for short codes."""
    area = area_of(number)
    if area is not None:
        return area.country
    return "US" if number.startswith("+1") or not number.startswith("+") else ""


def is_toll_free(number: str) -> bool:
    """Whether a +1 number is toll-free by its prefix."""
    return number.startswith("+1") and number[2:5] in _TOLL_FREE
