"""Why a text did not arrive, as data: what happened, who can fix it, whether to try again, and a sentence for people.

Each provider maps its own error codes to these; nothing above the providers knows a provider's code.
"""

from dataclasses import dataclass
from enum import StrEnum


class FailureClass(StrEnum):
    INVALID_RECIPIENT = "invalid_recipient"
    OPTED_OUT = "opted_out"
    THROTTLED = "throttled"
    FILTERED = "filtered"
    UNREACHABLE = "unreachable"
    UNCLEAR = "unclear"
    CONTENT = "content"
    SENDER = "sender"
    ACCOUNT = "account"
    REGISTRATION = "registration"
    MEDIA = "media"
    PROVIDER_TROUBLE = "provider_trouble"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Fixer(StrEnum):
    """Who can put it right."""

    CUSTOMER = "customer"
    ADMINISTRATOR = "administrator"
    PROVIDER = "provider"
    NOBODY = "nobody"


class Retry(StrEnum):
    """Whether the same text may be sent again by itself: `later` after a set time, `back_off` after growing ones."""

    NEVER = "never"
    LATER = "later"
    BACK_OFF = "back_off"


@dataclass(frozen=True, slots=True)
class Failure:
    """`code` is the provider's own; `retry_after` is in seconds, where the provider or the rule names a time."""

    cls: FailureClass
    code: str | None
    who_can_fix: Fixer
    sentence: str
    retry: Retry = Retry.NEVER
    retry_after: float | None = None
