"""What went wrong with a text, as data: the class is ours, the code the provider's. Each provider has its own table."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class FailureClass(StrEnum):
    """What kind of failure, whichever provider reports it."""

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


class WhoCanFix(StrEnum):
    """Whose move it is."""

    CUSTOMER = "customer"
    ADMINISTRATOR = "administrator"
    PROVIDER = "provider"
    NOBODY = "nobody"


class Retry(StrEnum):
    """Whether sending the same text again can help: never, later, or after slowing down the whole number."""

    NEVER = "never"
    LATER = "later"
    BACK_OFF = "back_off"


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed text: what happened, who can fix it, a sentence for people, and whether to try again."""

    cls: FailureClass
    code: str | None
    who_can_fix: WhoCanFix
    sentence: str
    retry: Retry
    retry_after: timedelta | None = None
