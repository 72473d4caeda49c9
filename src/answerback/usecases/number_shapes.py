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
Rate = Annotated[float, Meta(gt=0, le=1000, description="Parts the carriers take a second.")]


class NumberDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number to add. Type, country and rate follow from the address where they are left out."""

    address: Address
    provider_account_id: SomeId
    workstream_id: SomeId
    name: Name = ""
    type: Type | None = None
    country: Country | None = None
    capabilities: Capabilities = msgspec.field(default_factory=lambda: ["sms"])
    provider_number_id: ProviderId | None = None
    messaging_service_id: ProviderId | None = None
    provider_answers_keywords: bool = True
    parts_per_second: Rate | None = None
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
    active: bool | UnsetType = UNSET
