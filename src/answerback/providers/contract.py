"""What the centre asks of a carrier, and the values that pass between them.

Pure types and one protocol. Nothing here knows a provider; nothing above here knows more than this.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from answerback.domain.ids import AccountId, MessageId
from answerback.domain.sending.failure import Failure
from answerback.domain.sending.status import Status


class Door(StrEnum):
    """The webhook addresses of a provider account."""

    MESSAGE = "message"
    STATUS = "status"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Account:
    """A provider account with its secrets opened; never log one (its secrets stay out of `repr`)."""

    id: AccountId
    provider: str
    credentials: Mapping[str, str] = field(repr=False)
    api_base_url: str
    signature_mode: str = "enforce"


@dataclass(frozen=True, slots=True)
class HookRequest:
    """One knock at a webhook door.

    `url` is the address the provider was told to use: the public address with path and query, as configured there.
    `headers` have lower-case names. `query` is the raw query string without its question mark.
    """

    door: Door
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    query: str = ""
    # What an adapter has already read out of this request, so that checking and parsing read it once.
    scratch: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Genuine:
    """The provider itself sent it."""


@dataclass(frozen=True, slots=True)
class Forged:
    """`reason` is for the administrator: the likely cause and what to do. It never repeats a secret or a signature."""

    reason: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """Genuine but not readable: which field, and what is wrong with it. Kept for replay."""

    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class HookAnswer:
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class MediaItem:
    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class InboundText:
    """A customer's text. `opt_out_kind` is START, STOP or HELP where the provider has already answered the keyword."""

    provider_message_id: str
    to: str
    sender: str
    body: str
    media: tuple[MediaItem, ...] = ()
    provider_at: datetime | None = None
    parts: int | None = None
    opt_out_kind: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """What the provider charges, as a positive amount; `currency` is ISO 4217."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What became of a text of ours; Reports come late, twice and in any order."""

    provider_message_id: str
    status: Status
    error_code: str | None = None
    failure: Failure | None = None
    at: datetime | None = None
    our_message_id: MessageId | None = None
    parts: int | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class VoiceCall:
    """A call to one of our numbers, as its webhook tells it; `status` is the provider's word."""

    provider_call_id: str
    to: str
    caller: str
    status: str


@dataclass(frozen=True, slots=True)
class OutboundText:
    """A text to send. With a `messaging_service_id` the provider picks the sender within that service."""

    message_id: MessageId
    sender: str
    messaging_service_id: str | None
    to: str
    body: str
    media_urls: tuple[str, ...] = ()
    status_callback: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    provider_message_id: str
    status: Status
    parts: int | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent; `failure.retry` says whether to try again."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Unclear:
    """May or may not have been sent: never repeat it, find out (`find_sent`, or the status callback)."""

    why: str


SendResult = Accepted | NotSent | Unclear


@dataclass(frozen=True, slots=True)
class Found:
    """A text at the provider that has the sender, recipient and body of one of ours. Two equal texts look alike here:
    whoever resolves must leave out provider ids that already belong to another message."""

    report: DeliveryReport
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Check:
    """One finding for the administrator: what was looked at, whether it is right, what was seen, what to do."""

    name: str
    ok: bool
    evidence: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class AvailableNumber:
    """A number the account owns. `type` is long_code, toll_free or short_code; capabilities of sms, mms, voice."""

    address: str
    type: str
    capabilities: tuple[str, ...]
    country: str
    provider_number_id: str
    messaging_service_id: str | None = None
    sms_url: str | None = None
    voice_url: str | None = None


@dataclass(frozen=True, slots=True)
class CallbackUrls:
    """Where an account's webhooks go; shown to the administrator and set at the provider."""

    message: str
    status: str
    voice: str


class ProviderError(Exception):
    """The provider could not be asked, or refused the question; `failure` says why, in words for people."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


class Provider(Protocol):
    """An adapter: thin, stateless but for its HTTP session, and quick in everything that is not `async`."""

    name: str

    def verify(self, request: HookRequest, account: Account) -> Genuine | Forged: ...

    def parse_message(self, request: HookRequest) -> tuple[InboundText, ...] | Malformed: ...

    def parse_status(self, request: HookRequest) -> tuple[DeliveryReport, ...] | Malformed: ...

    def parse_voice(self, request: HookRequest) -> VoiceCall | Malformed: ...

    def answer(self, door: Door) -> HookAnswer:
        """What the provider wants to hear once the request is safely kept; says nothing to the customer."""
        ...

    async def send(self, account: Account, text: OutboundText) -> SendResult: ...

    async def look_up(self, account: Account, provider_message_id: str) -> DeliveryReport | None:
        """None where the provider does not know the id. Raises ProviderError."""
        ...

    async def find_sent(self, account: Account, text: OutboundText, since: datetime) -> list[Found]:
        """Texts at the provider equal to this one, oldest first. Raises ProviderError."""
        ...

    def list_inbound(self, account: Account, since: datetime) -> AsyncIterator[InboundText]:
        """Texts received since then, in no promised order, marked late. Raises ProviderError."""
        ...

    async def check_credentials(self, account: Account) -> list[Check]: ...

    async def list_numbers(self, account: Account) -> list[AvailableNumber]:
        """Raises ProviderError."""
        ...

    async def connect_number(self, account: Account, number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
        """Point the number's texts at `urls.message`; leave its voice settings alone."""
        ...

    def media_credentials(self, account: Account, url: str) -> Mapping[str, str] | None:
        """Headers to fetch a customer's media with; None unless the address is the provider's own."""
        ...

    def callback_urls(self, public_url: str, account_id: AccountId) -> CallbackUrls: ...

    def status_callback(self, public_url: str, account_id: AccountId, message_id: MessageId) -> str:
        """The status address for one text, naming it: a report finds its text even if the send's answer was lost."""
        ...
