"""What the send gate is asked: the text somebody wants to send, and the facts its rules look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from answerback.domain.consent.ledger import About, ConsentState
from answerback.domain.sending.budget import Budget
from answerback.domain.sending.caps import Cap
from answerback.domain.sending.quiet import Whereabouts

__all__ = ["About", "OwnCap", "Purpose", "Recent", "SendFacts", "SendRequest"]


class Purpose(StrEnum):
    """Why the text is sent."""

    REPLY = "reply"
    KEYWORD_REPLY = "keyword_reply"  # the one answer to STOP, START, HELP or YES
    CONSENT_REQUEST = "consent_request"  # asks a phone to confirm what its owner entered just now (double opt-in)
    AUTOMATED = "automated"
    PROACTIVE = "proactive"
    TEST = "test"


class SendRequest(msgspec.Struct, frozen=True):
    """`about` is what consent is asked for; `subject` names a campaign or flow, whose texts are counted together."""

    purpose: Purpose
    body: str
    media_count: int = 0
    about: About = About.CONVERSATION
    subject: str = ""


class Recent(msgspec.Struct, frozen=True):
    """A text that was sent to this phone unasked."""

    at: datetime
    about: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OwnCap:
    """The centre's own limit: at most so many texts unasked to one phone within so many hours."""

    most: int
    hours: int


NOWHERE = Whereabouts(frozenset(), frozenset(), "ZZ")
NOTHING_SAID: Mapping[About, ConsentState] = {}


class SendFacts(msgspec.Struct, frozen=True):
    """Our number, the recipient, and what they said. `country` as `numbers.country_of`.

    `wrote_at` is when the customer last wrote to this number; `customer_opened`: in this very conversation they did.
    """

    provider: str
    number_type: str
    number_country: str
    number_active: bool
    capabilities: frozenset[str]
    country: str
    blocked: bool = False
    consent: Mapping[About, ConsentState] = msgspec.field(default_factory=lambda: NOTHING_SAID)
    account_active: bool = True
    countries: frozenset[str] = frozenset()
    """Countries an administrator added for this number, beyond the table."""
    registration: str = "unknown"  # domain/numbers/registration.py
    registration_overridden: bool = False
    caps: tuple[Cap, ...] = ()
    budgets: tuple[Budget, ...] = ()
    where: Whereabouts = NOWHERE
    customer_opened: bool = True
    wrote_at: datetime | None = None
    recent: tuple[Recent, ...] = ()
    own_cap: OwnCap | None = None
    courtesy_hours: bool = True
    media_allowed: bool = True
    """Whether the workstream lets files be sent."""
