"""What a provider says of itself: its doors, the credentials of an account, and what one request may carry."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Door(StrEnum):
    """The webhook addresses of a provider account. `EVENTS` is the one address of a provider that has but one."""

    EVENTS = "events"
    MESSAGE = "message"
    STATUS = "status"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Credential:
    """One value an administrator enters. `help` says where it is found at the provider. A `secret` is shown by its last
    four characters only; a `generated` one is made by us where none is given; a `folded` one is seldom needed."""

    name: str
    label: str
    help: str
    required: bool = True
    secret: bool = True
    generated: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """`sip`: whether a call can also be brought to a SIP address."""

    sip: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of every account of a provider.

    `api_base_url` is None where each account has an address of its own; `api_example` shows what that looks like.
    `most_together` is how many recipients one request of the same text may have. Within `repeatable_for` a request may
    be sent again without doubling its text. `listed_types` are the types of numbers that its API lists; others are
    typed in. `sets_callbacks`: its API takes the addresses that texts go to, and tells them. `https_only`: it calls
    nothing else. `attempts_header` of its webhooks counts how often one was delivered before. `without_texts` says
    why a number may carry no texts there, and what to do.

    A text that met no open door is told again for `redelivers_for`, and can be asked for where the provider
    `lists_inbound`; a send of unclear fate can be looked for where it `lists_sent`.
    `voice` is None where it carries no calls for us; else the adapter is a `Voice` (providers/voice.py).
    """

    label: str
    api_base_url: str | None
    credentials: tuple[Credential, ...]
    doors: frozenset[Door]
    media: bool
    most_together: int = 1
    repeatable_for: timedelta = timedelta(0)
    api_example: str = ""
    listed_types: frozenset[str] = frozenset()
    sets_callbacks: bool = False
    https_only: bool = True
    attempts_header: str | None = None
    without_texts: str = ""
    redelivers_for: timedelta = timedelta(0)
    lists_inbound: bool = False
    lists_sent: bool = False
    voice: VoiceFacts | None = None
