"""Where texts may be sent, as data: by provider and type of our number, the recipient's countries.

Sources: the providers' pages on where a US or Canadian number may text, read on `READ_ON`. Narrow on purpose.
"""

from datetime import date
from typing import Final

READ_ON: Final = date(2026, 11, 23)
NORTH_AMERICA: Final = frozenset({"US", "CA", "PR"})
"""Allowed unless a row below says otherwise."""

DESTINATIONS: Final[dict[tuple[str, str], frozenset[str]]] = {
    ("twilio", "long_code"): NORTH_AMERICA,
    ("twilio", "toll_free"): NORTH_AMERICA,
    ("twilio", "short_code"): frozenset({"US"}),  # works in its own country's networks only
    ("acs", "long_code"): frozenset({"US", "PR"}),  # 10DLC, in preview, within the United States only
    ("acs", "toll_free"): NORTH_AMERICA,
    ("acs", "short_code"): frozenset({"US"}),
    ("telesign", "long_code"): NORTH_AMERICA,
    ("telesign", "toll_free"): NORTH_AMERICA,
    ("telesign", "short_code"): frozenset({"US"}),
}

WITHOUT_MEDIA: Final = {"acs": "Azure Communication Services", "telesign": "TeleSign"}
"""Providers whose texts carry no media, whatever the number; a test holds it to the providers' own facts."""

COUNTRY_NAMES: Final = {"US": "the United States", "CA": "Canada", "PR": "Puerto Rico"}


def allowed_countries(provider: str, number_type: str, number_country: str) -> frozenset[str]:
    """Countries that a number of ours may text."""
    if number_type == "short_code" and number_country != "US":
        return frozenset({number_country})
    return DESTINATIONS.get((provider, number_type), NORTH_AMERICA)


def name_countries(countries: frozenset[str]) -> str:
    """ "Canada, Puerto Rico and the United States", for a sentence."""
    names = sorted(COUNTRY_NAMES.get(country, country) for country in countries)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
