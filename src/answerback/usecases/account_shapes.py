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


class AccountDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account to add. Twilio's credentials: account_sid, auth_token, and where used api_key_sid, api_key_secret,
    shared_key_id, shared_key_secret. `observe` counts webhooks that are not proven genuine but takes them."""

    provider: ProviderName
    name: Name
    credentials: dict[str, Secret]
    api_base_url: Url | None = None
    signature_mode: Mode = "enforce"
    active: bool = True


class AccountChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. Credentials that are left out stay; null removes one."""

    name: Name | UnsetType = UNSET
    credentials: dict[str, Secret | None] | UnsetType = UNSET
    api_base_url: Url | UnsetType = UNSET
    signature_mode: Mode | UnsetType = UNSET
    active: bool | UnsetType = UNSET


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
    credentials: dict[str, str]
    credentials_problem: str | None
    callback_urls: CallbackAddresses | None
    last_inbound_at: datetime | None
    created_at: datetime
