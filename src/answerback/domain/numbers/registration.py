"""What carriers want to know before a number may text: which registration it needs, and what its standing means.

Sources: Twilio's and Azure Communication Services' pages on toll-free verification, 10DLC and short codes. Since 31
January 2024 US and Canadian carriers refuse unverified toll-free numbers whole, as they do unregistered 10DLC ones.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class RegistrationKind(StrEnum):
    """What is registered."""

    TOLL_FREE_VERIFICATION = "toll_free_verification"
    TEN_DLC_CAMPAIGN = "10dlc_campaign"
    SHORT_CODE_BRIEF = "short_code_brief"


class RegistrationStatus(StrEnum):
    """How far it has come. `unknown`: nobody has said yet; the carriers decide."""

    UNKNOWN = "unknown"
    UNREGISTERED = "unregistered"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class BrandKind(StrEnum):
    """The 10DLC brand's kind, which sets its throughput."""

    STANDARD = "standard"
    LOW_VOLUME = "low_volume"
    SOLE_PROPRIETOR = "sole_proprietor"


@dataclass(frozen=True, slots=True)
class Limits:
    """What carriers take from a number: parts a second, and parts a day where they cap that."""

    parts_per_second: float
    daily_cap: int | None = None


KIND_NAMES: Final = {
    RegistrationKind.TOLL_FREE_VERIFICATION: "toll-free verification",
    RegistrationKind.TEN_DLC_CAMPAIGN: "10DLC campaign",
    RegistrationKind.SHORT_CODE_BRIEF: "short-code brief",
}
REGISTERING: Final = frozenset({"US", "CA", "PR"})
"""Countries whose carriers ask for it: of our number, and of the recipient."""

WHERE_TO_REGISTER: Final = {
    ("twilio", RegistrationKind.TOLL_FREE_VERIFICATION): "Twilio Console > Phone Numbers > the number > Regulatory",
    ("twilio", RegistrationKind.TEN_DLC_CAMPAIGN): "Twilio Console > Messaging > Regulatory Compliance > A2P 10DLC",
    ("twilio", RegistrationKind.SHORT_CODE_BRIEF): "Twilio Console > Phone Numbers > Short Codes",
    ("acs", RegistrationKind.TOLL_FREE_VERIFICATION): "Azure portal > the resource > Regulatory Documents",
    ("acs", RegistrationKind.TEN_DLC_CAMPAIGN): "Azure portal > the resource > Regulatory Documents > 10DLC",
    ("acs", RegistrationKind.SHORT_CODE_BRIEF): "Azure portal > the resource > Short Codes",
}
AT_THE_PROVIDER: Final = "your provider's support"
WITHOUT_TRUST_SCORE: Final = Limits(12.0, 2_000)
SMALL_BRANDS: Final = {
    BrandKind.SOLE_PROPRIETOR: Limits(1.0, 1_000),
    BrandKind.LOW_VOLUME: Limits(3.75, 2_000),
}
BY_TRUST_SCORE: Final = ((75, Limits(225.0, 200_000)), (50, Limits(120.0, 40_000)), (25, Limits(12.0, 10_000)))
"""From this score on; the three big carriers together a second, and T-Mobile's cap of the brand a day."""
USUAL: Final[dict[tuple[str, str], Limits]] = {
    ("twilio", "long_code"): Limits(1.0),
    ("twilio", "toll_free"): Limits(3.0),
    ("acs", "toll_free"): Limits(200 / 60),
}
USUAL_ANYWHERE: Final = {"long_code": Limits(1.0), "toll_free": Limits(3.0), "short_code": Limits(100.0)}


def kind_of(number_type: str, number_country: str) -> RegistrationKind | None:
    """Which registration a number needs; None where carriers ask for none."""
    if number_country not in REGISTERING:
        return None
    match number_type:
        case "toll_free":
            return RegistrationKind.TOLL_FREE_VERIFICATION
        case "short_code":
            return RegistrationKind.SHORT_CODE_BRIEF
        case _ if number_country == "CA":
            return None  # Canadian long codes need no 10DLC campaign of their own
        case _:
            return RegistrationKind.TEN_DLC_CAMPAIGN


def usual_limits(
    provider: str, number_type: str, *, brand: BrandKind | None = None, trust_score: int | None = None
) -> Limits:
    """What carriers usually take, by type; for an approved 10DLC campaign by its brand."""
    if number_type == "long_code" and brand is not None:
        if brand in SMALL_BRANDS:
            return SMALL_BRANDS[brand]
        return next((limits for score, limits in BY_TRUST_SCORE if (trust_score or 0) >= score), WITHOUT_TRUST_SCORE)
    return USUAL.get((provider, number_type), USUAL_ANYWHERE[number_type])


def why_refused(provider: str, kind: RegistrationKind, status: str) -> str | None:
    """Why carriers of the US and Canada would refuse this number's texts; None where they take them, or may."""
    name = KIND_NAMES[kind]
    problem = {
        RegistrationStatus.UNREGISTERED: f"has no {name}",
        RegistrationStatus.PENDING: f"waits for its {name} to be approved",
        RegistrationStatus.REJECTED: f"had its {name} rejected",
    }.get(RegistrationStatus(status))
    if problem is None:
        return None
    where = WHERE_TO_REGISTER.get((provider, kind), AT_THE_PROVIDER)
    return (
        f"This number {problem}, and carriers in the United States and Canada refuse its texts: "
        f"register it ({where}), or let an administrator override this under Numbers."
    )
