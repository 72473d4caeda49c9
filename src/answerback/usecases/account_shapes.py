"""What a provider account looks like when it is shown, added or changed."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Twilio main account"])]
ProviderName = Annotated[str, Meta(min_length=1, max_length=50, examples=["twilio"])]
Secret = Annotated[str, Meta(max_length=1000)]
Url = Annotated[str, Meta(max_length=500, examples=["https://api.twilio.com"])]
Mode = Literal["observe", "enforce"]
RawDays = Annotated[
    int,
    Meta(
        ge=0,
        le=365,
        description="How many days is kept what the provider said of texts that went wrong, word for word; 0 keeps "
        "nothing.",
    ),
]
Budget = Annotated[
    float,
    Meta(ge=0, le=10**9, description="What all its numbers together may spend a month; null: no limit."),
]

Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", description="What it is billed in, by ISO 4217.")]


class AccountDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account to add. Which credentials it has, GET /providers tells. `observe` counts webhooks that are not proven
    genuine but takes them."""

    provider: ProviderName
    name: Name
    credentials: dict[str, Secret]
    api_base_url: Url | None = None
    signature_mode: Mode = "enforce"
    active: bool = True
    keep_raw_days: RawDays = 30
    monthly_budget: Budget | None = None
    currency: Currency = "USD"


class AccountChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. Credentials that are left out stay; null removes one."""

    name: Name | UnsetType = UNSET
    credentials: dict[str, Secret | None] | UnsetType = UNSET
    api_base_url: Url | UnsetType = UNSET
    signature_mode: Mode | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    keep_raw_days: RawDays | UnsetType = UNSET
    monthly_budget: Budget | UnsetType | None = UNSET
    currency: Currency | UnsetType = UNSET


class CallbackAddresses(msgspec.Struct, frozen=True):
    """Where the provider's webhooks for this account go."""

    message: str
    status: str
    voice: str


class AccountView(msgspec.Struct, frozen=True):
    """An account as the API shows it: secrets by their last four characters only."""

    id: int
    provider: str
    name: str
    api_base_url: str
    signature_mode: str
    active: bool
    keep_raw_days: int
    monthly_budget: float | None
    currency: str
    credentials: dict[str, str]
    credentials_problem: str | None
    callback_urls: CallbackAddresses | None
    last_inbound_at: datetime | None
    created_at: datetime
