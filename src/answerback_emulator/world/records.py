"""The things of the emulated world, as they are declared in a configuration file or through the admin API."""

import time
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Annotated, Literal

import msgspec

Provider = Literal["twilio", "acs", "telesign"]
EventSchema = Literal["eventgrid", "cloudevents"]
EventStyle = Literal["plain", "bare", "pascal"]
NumberType = Literal["long_code", "toll_free", "short_code"]
Capability = Literal["sms", "mms", "voice", "fax"]
Method = Literal["GET", "POST"]
Answers = Literal["by_hand", "always", "never", "busy"]


class ApiKey(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A second way in beside the account's token (Twilio: SK… and its secret)."""

    sid: str
    secret: str


class SharedKey(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A key that signs webhooks with SHA-256 in place of the account's token."""

    id: str
    secret: str


class EntraApp(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An application of Microsoft Entra ID that may use an Azure resource."""

    tenant_id: str
    client_id: str
    client_secret: str


class Account(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A customer of the carrier. `sid` and `auth_token`: Twilio's; for Azure the resource's name and its access key in
    base64; for TeleSign the customer ID and API key.

    With `signing_key`, Twilio's webhooks are signed by that shared key. `event_url` is where Azure's Event Grid or
    TeleSign calls; several events go into one call up to `event_batch`. `event_style`: "plain" as documented now,
    "bare" with numbers that have no plus, "pascal" like that with keys in PascalCase. `call_issuer` and `call_audience`
    are in the tokens of Azure's mid-call events; unset, Azure's own issuer and an id made from the resource's name.
    """

    sid: str
    provider: Provider = "twilio"
    event_url: str = ""
    event_schema: EventSchema = "eventgrid"
    event_style: EventStyle = "plain"
    event_batch: Annotated[int, msgspec.Meta(ge=1, le=5_000)] = 1
    entra: EntraApp | None = None
    call_issuer: str = ""
    call_audience: str = ""
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
    provider: Provider = "twilio"  # that of its account
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
        """Carriers answer STOP themselves, unless told otherwise; Twilio does not on short codes, TeleSign never."""
        if self.carrier_handles_keywords is not None:
            return self.carrier_handles_keywords
        return self.provider == "acs" or (self.provider == "twilio" and self.type != "short_code")


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
    """A customer's phone, or an agent's; its number may be a SIP address ("sip:anna@example.com").

    `fails_with` makes every text to it end undelivered with that code; `answers_calls` says what becomes of a call.
    """

    number: str
    name: str = ""
    country: str = ""
    carrier: str = ""
    fails_with: int | None = None
    answers_calls: Answers = "by_hand"


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
    tag: str = ""
    report_wanted: bool = False
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
