"""What the centre asks of a carrier, and the values that pass between them.

Pure types and one protocol. Nothing here knows a provider; nothing above here knows more than this.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from answerback.domain.ids import AccountId, MessageId
from answerback.domain.sending.failure import Failure
from answerback.domain.sending.status import Status
from answerback.providers.calls import CallNews
from answerback.providers.facts import Door, Facts
from answerback.providers.raw import RawExchange


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
    """`headers` beside the content type, with lower-case names."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


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


Happening = InboundText | DeliveryReport | CallNews | Malformed
"""What a webhook tells. One that tells several things may hold a malformed one among good ones."""


@dataclass(frozen=True, slots=True)
class OutboundText:
    """A text to send. With a `messaging_service_id` the provider picks the sender within that service.

    `purpose` is the gate's (domain/sending/gate.py). `first_tried_at` is when this request first may have left: it
    stays the same when an unclear send is repeated where the provider knows repeated requests, and names it there.
    """

    message_id: MessageId
    sender: str
    messaging_service_id: str | None
    to: str
    body: str
    media_urls: tuple[str, ...] = ()
    status_callback: str | None = None
    purpose: str = "reply"
    first_tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    provider_message_id: str
    status: Status
    parts: int | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent; `failure.retry` says whether to try again. `raw` is the exchange, where there was one."""

    failure: Failure
    raw: RawExchange | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Unclear:
    """May or may not have been sent: find out (`find_sent`, or the status callback); repeat it only where the provider
    knows a repeated request (`Facts.repeatable_for`)."""

    why: str
    raw: RawExchange | None = field(default=None, repr=False, compare=False)


SendResult = Accepted | NotSent | Unclear


@dataclass(frozen=True, slots=True)
class Found:
    """A text at the provider that has the sender, recipient and body of one of ours. Two equal texts look alike here:
    whoever resolves must leave out provider ids that already belong to another message."""

    report: DeliveryReport
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of a form at the provider, and what to enter there."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Check:
    """One finding for the administrator: what was looked at, whether it is right, what was seen, what to do.

    `ok` is None where it cannot be seen from here: `fix` is then a step to take at the provider, and `entries` what to
    enter there."""

    name: str
    ok: bool | None
    evidence: str
    fix: str = ""
    entries: tuple[Entry, ...] = ()


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
    """Where an account's webhooks go; shown to the administrator and set at the provider. All are the same where the
    provider has but one address; such an address may hold a secret."""

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
    facts: Facts

    def verify(self, request: HookRequest, account: Account) -> Genuine | Forged: ...

    def parse(self, request: HookRequest) -> tuple[Happening, ...]:
        """All that a request tells; nothing where it tells nothing of interest."""
        ...

    def answer(self, request: HookRequest) -> HookAnswer:
        """What the provider wants to hear once the request is safely kept; says nothing to the customer."""
        ...

    async def send(self, account: Account, texts: Sequence[OutboundText]) -> list[SendResult]:
        """One request for up to `facts.most_together` texts of the same sender and words; a result each, in their
        order."""
        ...

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

    def callback_urls(self, public_url: str, account: Account) -> CallbackUrls: ...

    def status_callback(self, public_url: str, account: Account, message_id: MessageId) -> str | None:
        """The status address for one text, naming it: a report finds its text even if the send's answer was lost.
        None where the provider takes no address with a text."""
        ...
