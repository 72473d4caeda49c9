"""States of the US and provinces of Canada, as ISO 3166-2 ("US-FL", "CA-ON"): read as people write them, or guessed
from an area code. Only a guess: people move and keep their numbers, so rules of states ask for the strictest.
"""

from functools import cache
from typing import Final

from answerback.domain.numbers.region_codes import REGION_CODES
from answerback.domain.numbers.zones import time_zones_of

NAMES: Final = """
US AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
US DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas
US KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi
US MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York
US NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island
US SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington
US WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico
CA AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia
CA NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon
"""


@cache
def region_names() -> dict[str, str]:
    """Code to name."""
    names: dict[str, str] = {}
    for line in NAMES.strip().splitlines():
        country, rest = line.split(" ", 1)
        for entry in rest.split("|"):
            code, name = entry.split(" ", 1)
            names[f"{country}-{code}"] = name
    return names


def read_region(written: str | None) -> str | None:
    """The code of "FL", "Florida", "fl.", "US-FL" or "Québec"; None if it is none we know."""
    if not written:
        return None
    return _readings().get(_plain(written))


def regions_of(address: str) -> frozenset[str]:
    """Where a +1 number is from by its area code: mostly one; none for toll-free numbers and numbers abroad."""
    return _codes().get(address[2:5], frozenset()) if address.startswith("+1") else frozenset()


@cache
def zones_of_region(region: str) -> frozenset[str]:
    """Every time zone that numbers of a region are in."""
    found: set[str] = set()
    for code, regions in _codes().items():
        if region in regions:
            found |= time_zones_of(f"+1{code}")
    return frozenset(found)


@cache
def _readings() -> dict[str, str]:
    readings: dict[str, str] = {}
    for code, name in region_names().items():
        for form in (code, code[3:], name):
            readings[_plain(form)] = code
    return readings


@cache
def _codes() -> dict[str, frozenset[str]]:
    codes: dict[str, frozenset[str]] = {}
    for line in REGION_CODES.strip().splitlines():
        region, *listed = line.split()
        for code in listed:
            codes[code] = codes.get(code, frozenset()) | {region}
    return codes


def _plain(written: str) -> str:
    return "".join(letter for letter in written.casefold().replace("é", "e") if letter.isalpha())
