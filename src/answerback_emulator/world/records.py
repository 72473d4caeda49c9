"""The things of the emulated world, as they are declared in a configuration file or through the admin API."""

import time
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

import msgspec

Provider = Literal["twilio"]
NumberType = Literal["long_code", "toll_free", "short_code"]
Capability = Literal["sms", "mms", "voice", "fax"]
Method = Literal["GET", "POST"]


class ApiKey(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A second way in beside the account's token (Twilio: SK… and its secret)."""

    sid: str
    secret: str


class SharedKey(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A key that signs webhooks with SHA-256 in place of the account's token."""

    id: str
    secret: str


class Account(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A customer of the carrier. With `signing_key`, webhooks are signed by that shared key."""

    sid: str
    auth_token: str
    friendly_name: str = "Emulated account"
    api_keys: list[ApiKey] = []
    shared_keys: list[SharedKey] = []
    signing_key: str | None = None
    created: float = msgspec.field(default_factory=time.time)


class Number(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A number or short code that an account holds. Empty URL: not set."""

    phone_number: str
    account_sid: str
    provider: Provider = "twilio"
    type: NumberType = "long_code"
    capabilities: list[Capability] = msgspec.field(default_factory=lambda: ["sms", "mms", "voice"])
    carrier_handles_keywords: bool | None = None
    sid: str = ""
    friendly_name: str = ""
    messaging_service_sid: str | None = None
    sms_url: str = ""
    sms_method: Method = "POST"
    sms_fallback_url: str = ""
    sms_fallback_method: Method = "POST"
    sms_application_sid: str = ""
    voice_url: str = ""
    voice_method: Method = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: Method = "POST"
    voice_application_sid: str = ""
    status_callback: str = ""
    status_callback_method: Method = "POST"
    created: float = msgspec.field(default_factory=time.time)
    updated: float = msgspec.field(default_factory=time.time)

    @property
    def handles_keywords(self) -> bool:
        """Carriers answer STOP themselves, except on short codes, unless told otherwise."""
        if self.carrier_handles_keywords is not None:
            return self.carrier_handles_keywords
        return self.type != "short_code"


class Service(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A Twilio Messaging Service: a pool of numbers with shared settings."""

    account_sid: str
    sid: str = msgspec.field(default_factory=lambda: "MG" + token_hex(16))
    friendly_name: str = "Emulated service"
    inbound_request_url: str = ""
    inbound_method: Method = "POST"
    fallback_url: str = ""
    fallback_method: Method = "POST"
    status_callback: str = ""
    use_inbound_webhook_on_number: bool = False
    sticky_sender: bool = True
    smart_encoding: bool = False
    area_code_geomatch: bool = True
    validity_period: int = 36000
    advanced_opt_out: bool = False
    opt_out_words: list[str] = []
    created: float = msgspec.field(default_factory=time.time)
    updated: float = msgspec.field(default_factory=time.time)


class Phone(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A customer's phone. `fails_with` makes every text to it end undelivered with that code."""

    number: str
    name: str = ""
    country: str = ""
    carrier: str = ""
    fails_with: int | None = None


@dataclass(slots=True)
class Medium:
    """One picture or file of a text; `content` is None until it was fetched."""

    content_type: str
    content: bytes | None = None
    url: str = ""
    sid: str = field(default_factory=lambda: "ME" + token_hex(16))
    created: float = field(default_factory=time.time)


Direction = Literal["inbound", "outbound-api", "outbound-reply", "carrier"]


@dataclass(slots=True)
class Text:
    """One text between a number (or service) and a phone; it changes as it travels."""

    sid: str
    account_sid: str
    sender: str | None
    to: str
    body: str
    direction: Direction
    status: str
    parts: int
    created: float
    updated: float
    media: list[Medium] = field(default_factory=list)
    num_media: int = 0
    service_sid: str | None = None
    callback_url: str = ""
    sent_at: float | None = None
    send_at: float | None = None
    price: str | None = None
    error_code: int | None = None
    opt_out_type: str | None = None

    @property
    def phone(self) -> str:
        """The customer's side of the text."""
        return (self.sender or "") if self.direction == "inbound" else self.to

    @property
    def number(self) -> str:
        """Our side of the text; empty until a service has picked a sender."""
        return self.to if self.direction == "inbound" else (self.sender or "")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a text from a phone; no status: no webhook is set, or it was lost on purpose."""

    sid: str
    http_status: int | None
