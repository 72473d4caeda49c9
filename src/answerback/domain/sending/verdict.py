"""What the send gate answers: allowed, refused, or not now; each with its rule, and where the rule is from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

RULES_VERSION: Final = "2026-11-25"
"""Changes whenever a rule or its data does; stored with every decision."""
OURS: Final = "this centre"


class RefusalReason(StrEnum):
    """Why a text may not leave, for programs."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NUMBER_INACTIVE = "number_inactive"
    NUMBER_CANNOT_SEND = "number_cannot_send"
    NO_MMS = "no_mms"
    MEDIA_NOT_ALLOWED = "media_not_allowed"
    BLOCKED = "blocked"
    OPTED_OUT = "opted_out"
    NO_CONSENT = "no_consent"
    DESTINATION_NOT_ALLOWED = "destination_not_allowed"
    NOT_REGISTERED = "not_registered"
    CAP_REACHED = "cap_reached"
    QUIET_HOURS = "quiet_hours"
    TOO_OFTEN = "too_often"
    BUDGET_SPENT = "budget_spent"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The text may leave. `exemptions` names rules that would have held it back but do not apply to its purpose."""

    exemptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The text may not leave, and time alone does not mend it: why, with the way out, and by which rule."""

    reason: RefusalReason
    sentence: str
    rule: str
    source: str = OURS

    @property
    def until(self) -> None:
        """Nobody knows."""
        return None


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not now: from `until` on it may leave, if nothing else has changed."""

    reason: RefusalReason
    sentence: str
    rule: str
    until: datetime
    source: str = OURS


@dataclass(frozen=True, slots=True)
class Exempt:
    """A rule's finding: it would have held the text back, but does not apply, for this reason."""

    why: str


Found = Refused | Deferred | Exempt | None
"""What one rule finds; None: nothing to say."""
Verdict = Allowed | Refused | Deferred
