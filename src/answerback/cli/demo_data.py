"""What the demo centre holds: people, and an account at each emulated carrier with its numbers. Data only."""

from dataclasses import dataclass
from typing import Any, Literal

PASSWORD = "answerback-demo"  # noqa: S105 - the demo listens on this machine only and prints it


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    role: Literal["agent", "supervisor", "administrator"]


@dataclass(frozen=True, slots=True)
class DemoNumber:
    """`name` is also its queue's. `calls`: what callers meet; None leaves calls alone."""

    address: str
    type: str
    name: str
    capabilities: tuple[str, ...]
    calls: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`credentials` are the centre's; `sid` and `secret` the same account in the emulator's words.

    `calls_one_address`: the carrier calls one address for the whole account, which is declared to the emulator; others
    are told through their API, number by number.
    """

    provider: str
    label: str
    name: str
    sid: str
    secret: str
    credentials: dict[str, str]
    numbers: tuple[DemoNumber, ...]
    calls_one_address: bool = True

    def declared(self, event_url: str = "") -> dict[str, Any]:
        """The account as the emulator is told of it."""
        account = {"sid": self.sid, "provider": self.provider, "auth_token": self.secret}
        return account | ({"event_url": event_url} if self.calls_one_address else {})


PEOPLE = (
    Person("Alex Admin", "admin@demo.example", "administrator"),
    Person("Sam Supervisor", "sam@demo.example", "supervisor"),
    Person("Ana Flores", "ana@demo.example", "agent"),
    Person("Ben Okafor", "ben@demo.example", "agent"),
)
AGENT_PHONE = ("+16465550101", "Ana's own phone", "US")
"""Rings first when Ana calls a customer."""
PHONES = (
    ("+17875550142", "Maria Gonzalez", "PR"),
    ("+12125550123", "James Lee", "US"),
    ("+14165550188", "Chloe Tremblay", "CA"),
    ("+13055550161", "Luis Ortega", "US"),
    AGENT_PHONE,
)
_PICTURES = ("sms", "mms", "voice")
_TEXT_THREAD = {
    "behaviour": "text_thread",
    "words": "We answer by text. One is on its way to you.",
    "text_back": "Sorry we missed your call. How can we help? Just answer this text.",
}
_TWILIO = ("ACdec0de00000000000000000000000001", "demo-auth-token-0123456789abcdef")
_ACS = ("demo-resource", "ZGVtby1henVyZS1hY2Nlc3Mta2V5LTAxMjM0NTY3ODk=")
_TELESIGN = ("DE3000DE-0000-4000-8000-000000000001", "ZGVtby10ZWxlc2lnbi1hcGkta2V5LTAxMjM0NTY3ODk=")
ACCOUNTS = (
    DemoAccount(
        "twilio",
        "Twilio",
        "Demo carrier",
        *_TWILIO,
        {"account_sid": _TWILIO[0], "auth_token": _TWILIO[1]},
        (
            DemoNumber("+18885550100", "toll_free", "Support", _PICTURES, _TEXT_THREAD),
            DemoNumber("+13125550177", "long_code", "Sales", _PICTURES),
        ),
        calls_one_address=False,
    ),
    DemoAccount(
        "acs",
        "Azure",
        "Demo Azure",
        *_ACS,
        {"access_key": _ACS[1], "webhook_key": "demo-webhook-key-0123456789abcdef"},
        (DemoNumber("+18335550144", "toll_free", "Billing", ("sms", "voice")),),
    ),
    DemoAccount(
        "telesign",
        "TeleSign",
        "Demo TeleSign",
        *_TELESIGN,
        {"customer_id": _TELESIGN[0], "api_key": _TELESIGN[1]},
        (DemoNumber("+12065550133", "long_code", "Returns", ("sms",)),),
    ),
)
NUMBERS = tuple(number for account in ACCOUNTS for number in account.numbers)
