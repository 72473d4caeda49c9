"""What a number looks like when it is added or changed."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Address = Annotated[
    str, Meta(min_length=1, max_length=40, description="E.164, or a short code.", examples=["+18885550100"])
]
Name = Annotated[str, Meta(max_length=200, examples=["Support"])]
SomeId = Annotated[int, Meta(ge=1, le=2**53)]
Type = Literal["long_code", "toll_free", "short_code"]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.", examples=["US"])]
Capabilities = Annotated[list[Literal["sms", "mms", "voice"]], Meta(max_length=3)]
ProviderId = Annotated[str, Meta(min_length=1, max_length=100)]
Cap = Annotated[int, Meta(ge=1, le=10**9, description="Parts the carriers take in that time; null: no cap.")]
Price = Annotated[float, Meta(ge=0, le=1000, description="What a part costs, to reckon the budget; null: not known.")]
Budget = Annotated[float, Meta(ge=0, le=10**9, description="What may be spent a month; null: no limit.")]
Rate = Annotated[float, Meta(gt=0, le=1000, description="Parts the carriers take a second.")]


class NumberDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number to add. Type, country and rate follow from the address where they are left out, and who answers STOP
    from the provider."""

    address: Address
    provider_account_id: SomeId
    workstream_id: SomeId
    name: Name = ""
    type: Type | None = None
    country: Country | None = None
    capabilities: Capabilities = msgspec.field(default_factory=lambda: ["sms"])
    provider_number_id: ProviderId | None = None
    messaging_service_id: ProviderId | None = None
    provider_answers_keywords: bool | UnsetType = UNSET
    parts_per_second: Rate | None = None
    daily_cap: Cap | None = None
    weekly_cap: Cap | None = None
    monthly_cap: Cap | None = None
    price_per_part: Price | None = None
    monthly_budget: Budget | None = None
    calendar_id: SomeId | None = None
    active: bool = True


class NumberChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; the address stays, since conversations stand on it."""

    name: Name | UnsetType = UNSET
    provider_account_id: SomeId | UnsetType = UNSET
    workstream_id: SomeId | UnsetType = UNSET
    capabilities: Capabilities | UnsetType = UNSET
    provider_number_id: ProviderId | UnsetType | None = UNSET
    messaging_service_id: ProviderId | UnsetType | None = UNSET
    provider_answers_keywords: bool | UnsetType = UNSET
    parts_per_second: Rate | UnsetType = UNSET
    daily_cap: Cap | UnsetType | None = UNSET
    weekly_cap: Cap | UnsetType | None = UNSET
    monthly_cap: Cap | UnsetType | None = UNSET
    price_per_part: Price | UnsetType | None = UNSET
    monthly_budget: Budget | UnsetType | None = UNSET
    calendar_id: SomeId | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET
