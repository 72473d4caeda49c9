"""Writes area_codes, region_codes and zone_prefixes of src/answerback/domain/numbers from what phonenumbers knows.

Run it after an upgrade of phonenumbers: `python tools/make_area_codes.py`. A test fails while the files are behind.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.phonemetadata import PhoneMetadata
from phonenumbers.tzdata import TIMEZONE_DATA

from answerback.domain.numbers.phone import COUNTRY_OF_AREA_CODE
from answerback.domain.numbers.regions import read_region

FOLDER = Path(__file__).parents[1] / "src/answerback/domain/numbers"
TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
ADDED = {"US": ("500",)}
"""500 is not tied to a place; Twilio's test numbers (+1 500 555 0001 to 0009) carry it."""

REGION_NAMES = {"Washington State": "Washington", "Washington D.C.": "District of Columbia"}
"""Names of the metadata that are not those of domain/numbers/regions.py."""

HEAD = '"""{title} Made by tools/make_area_codes.py: do not edit."""\n\nfrom typing import Final\n\n'


def find_area_codes() -> dict[str, list[str]]:
    """Country to the geographic area codes of its numbering plan (NANP); toll-free codes belong to no country."""
    codes: dict[str, list[str]] = {}
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1]:
        belongs = _test_of(region)
        found = (code for code in map(str, range(200, 1000)) if code not in TOLL_FREE and belongs(code))
        codes[region] = sorted({*found, *ADDED.get(region, ())})
    return dict(sorted(codes.items()))


def _test_of(region: str) -> Callable[[str], bool]:
    """The islands are named by their leading digits; the United States and Canada by what a landline looks like."""
    metadata = PhoneMetadata.metadata_for_region(region)
    assert metadata is not None, region
    if metadata.leading_digits:
        leading = re.compile(metadata.leading_digits)
        return lambda code: leading.fullmatch(code) is not None
    assert metadata.fixed_line is not None, region
    landline = re.compile(metadata.fixed_line.national_number_pattern or "(?!)")
    return lambda code: any(landline.fullmatch(f"{code}{exchange}2345") for exchange in range(200, 1000, 7))


def write_area_codes(codes: dict[str, list[str]]) -> str:
    """The module with the area codes: a line names a country, then codes."""
    toll_free = ", ".join(f'"{code}"' for code in TOLL_FREE)
    return (
        HEAD.format(title="Area codes of +1 by country.")
        + f"TOLL_FREE: Final = frozenset({{{toll_free}}})\n\n"
        + f'AREA_CODES: Final = """\n{"".join(_lines(region, listed) for region, listed in codes.items())}"""\n'
    )


def write_zone_prefixes() -> str:
    """The module with the zones: a line names zones joined by +, then prefixes from the country code on.

    A prefix with more than three zones stands in several lines.
    """
    sets: dict[str, list[str]] = defaultdict(list)
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix != "1":  # all zones from Guam to Newfoundland at once: of no use
            for first in range(0, len(zones), 3):
                sets["+".join(zones[first : first + 3])].append(prefix)
    lines = "".join(_lines(zones, sorted(prefixes)) for zones, prefixes in sorted(sets.items()))
    return (
        HEAD.format(title="Time zones by prefix; the longest prefix counts.")
        + f'ZONE_PREFIXES: Final = """\n{lines}"""\n'
    )


def write_region_codes() -> str:
    """The module with states and provinces: a line names one, then area codes. Some codes stand in several lines."""
    whole: dict[str, set[str]] = defaultdict(set)  # what is said of the area code itself
    parts: dict[str, set[str]] = defaultdict(set)  # what is said of its exchanges
    for prefix, places in GEOCODE_DATA.items():
        if prefix[0] == "1" and len(prefix) >= 4 and COUNTRY_OF_AREA_CODE.get(prefix[1:4]) in ("US", "CA"):
            (whole if len(prefix) == 4 else parts)[prefix[1:4]] |= set(_regions_in(places.get("en", "")))
    found: dict[str, set[str]] = defaultdict(set)
    for code in parts.keys() | whole.keys():
        for region in whole[code] or parts[code]:
            found[region].add(code)
    found["US-PR"] = {code for code, country in COUNTRY_OF_AREA_CODE.items() if country == "PR"}
    lines = "".join(_lines(region, sorted(codes)) for region, codes in sorted(found.items()))
    return HEAD.format(title="States and provinces by area code of +1.") + f'REGION_CODES: Final = """\n{lines}"""\n'


def _regions_in(description: str) -> Iterator[str]:
    """Of "Miami, FL", "Florida" or "Nova Scotia/Prince Edward Island"."""
    for name in description.replace("Colombia", "Columbia").split(", ")[-1].split("/"):
        region = read_region(REGION_NAMES.get(name, name))
        if region is not None:
            yield region


def _lines(name: str, words: list[str]) -> str:
    """Lines of at most 120 characters that all begin with `name`."""
    lines, line = "", name
    for word in words:
        if len(line) + len(word) >= 120:
            lines, line = f"{lines}{line}\n", name
        line = f"{line} {word}"
    return f"{lines}{line}\n"


def make(folder: Path) -> None:
    """Write the modules into `folder`."""
    (folder / "area_codes.py").write_text(write_area_codes(find_area_codes()))
    (folder / "zone_prefixes.py").write_text(write_zone_prefixes())
    (folder / "region_codes.py").write_text(write_region_codes())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
