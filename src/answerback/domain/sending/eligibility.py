"""Whether a number of ours can text at all, and where to: what set-up says before the number is used."""

from collections.abc import Collection

from answerback.domain.numbers.phone import UNKNOWN_COUNTRY
from answerback.domain.sending.destinations import COUNTRY_NAMES, allowed_countries

ORDER = tuple(COUNTRY_NAMES)


def why_no_texts(address: str, capabilities: Collection[str], label: str) -> str | None:
    """The reason in a sentence; None where it can text. `label` is the provider's name."""
    if "sms" not in capabilities:
        return f"{label} carries no texts for {address}: it has no SMS there."
    return None


def why_unknown(address: str, country: str) -> str | None:
    """An area code that belongs to nobody is a typing error."""
    return f"The area code of {address} belongs to no country." if country == UNKNOWN_COUNTRY else None


def destinations(provider: str, number_type: str, number_country: str) -> list[str]:
    """Countries (ISO 3166-1 alpha-2) that it may text, the best known first."""
    allowed = allowed_countries(provider, number_type, number_country)
    return [*(one for one in ORDER if one in allowed), *sorted(allowed.difference(ORDER))]
