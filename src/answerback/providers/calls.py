"""What passes between the centre and a carrier about calls: news of them, what to do next, and placing one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from answerback.domain.calls.behaviour import Plan
from answerback.domain.calls.status import CallStatus
from answerback.domain.ids import CallId
from answerback.domain.sending.failure import Failure


@dataclass(frozen=True, slots=True)
class CallNews:
    """What a webhook tells of a call. `status` None: nothing changed for people, but the provider waits to be told.

    `line` is our number and `phone` the caller's, where they are told; phone "" also where it is withheld. `step` and
    `handle` are the adapter's own: where in the call this is, and by what name the provider knows it.
    """

    provider_call_id: str
    status: CallStatus | None
    line: str = ""
    phone: str = ""
    our_call_id: CallId | None = None
    comes_in: bool = False
    reached: bool = False
    duration_seconds: int | None = None
    trouble: str = ""
    at: datetime | None = None
    step: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class CallTurn:
    """A call that waits for the next instruction. News of it goes to `voice_url`. `status` is how it stands here, None
    where that is not known."""

    news: CallNews
    plan: Plan
    voice_url: str
    status: CallStatus | None = None


@dataclass(frozen=True, slots=True)
class CallOrder:
    """Ring `agent` (E.164 or a SIP address), then bring in `customer`; both see `line`, our number.

    News of it goes to `voice_url`."""

    call_id: CallId
    line: str
    agent: str
    customer: str
    voice_url: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The provider is ringing the agent."""

    provider_call_id: str


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Certainly nobody was rung."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class UnclearCall:
    """A phone may be ringing. Never placed again by itself; news of it may still come."""

    why: str


PlaceResult = Placed | NotPlaced | UnclearCall


@dataclass(frozen=True, slots=True)
class Taken:
    """A number's calls come here now. `before` is what is needed to put the former settings back, `shown` says it in
    words; both stay empty where the provider's settings are not ours to change."""

    before: Mapping[str, str] = field(default_factory=dict, repr=False)
    shown: str = ""
