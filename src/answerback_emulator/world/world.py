"""The emulated world as one value in memory: who has an account, which numbers and phones exist, who opted out."""

import base64
from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256

from answerback_emulator.world.areas import country_of, is_toll_free
from answerback_emulator.world.azure import AzureState
from answerback_emulator.world.calls import CallStore
from answerback_emulator.world.records import Account, Capability, Number, Phone, Provider, Service
from answerback_emulator.world.texts import TextStore

CAPABLE: dict[Provider, frozenset[Capability]] = {"acs": frozenset({"sms", "voice"}), "telesign": frozenset({"sms"})}
"""What numbers of a carrier can do at most; Twilio's can do everything."""
_CARRIERS = ("Blue Mobile", "Northern Wireless", "Coral Cell", "Prairie Tel", "Isla Móvil")


@dataclass(slots=True)
class Alert:
    """Something the carrier could not do and writes in its debugger (Twilio error codes)."""

    at: float
    code: int
    sid: str
    url: str
    detail: str


@dataclass(slots=True)
class World:
    """All state. Changing methods keep the look-up tables in step."""

    texts: TextStore
    calls: CallStore
    accounts: dict[str, Account] = field(default_factory=dict)
    credentials: dict[str, Account] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    numbers_by_sid: dict[str, Number] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    opted_out: set[tuple[str, str]] = field(default_factory=set)
    sticky_senders: dict[tuple[str, str], str] = field(default_factory=dict)
    azure: AzureState = field(default_factory=AzureState)
    alerts: deque[Alert] = field(default_factory=lambda: deque(maxlen=500))

    def add_account(self, account: Account) -> None:
        """Add or replace an account and its ways in."""
        self.credentials = {key: one for key, one in self.credentials.items() if one.sid != account.sid}
        self.accounts[account.sid] = account
        if account.provider != "twilio":
            return
        pairs = [(account.sid, account.auth_token), *((key.sid, key.secret) for key in account.api_keys)]
        for user, password in pairs:
            self.credentials[base64.b64encode(f"{user}:{password}".encode()).decode()] = account

    def add_number(self, number: Number) -> None:
        """Add or replace a number; a toll-free type follows from its prefix, an unset sid from the number itself."""
        if is_toll_free(number.phone_number):
            number.type = "toll_free"
        account = self.accounts.get(number.account_sid)
        if account is not None and account.provider != "twilio":
            number.provider = account.provider
            number.capabilities = [one for one in number.capabilities if one in CAPABLE[account.provider]]
        seed = f"{number.account_sid} {number.phone_number}".encode()
        number.sid = number.sid or "PN" + sha256(seed).hexdigest()[:32]
        known = self.numbers.get(number.phone_number)
        if known is not None:
            del self.numbers_by_sid[known.sid]
        self.numbers[number.phone_number] = number
        self.numbers_by_sid[number.sid] = number

    def add_phone(self, phone: Phone) -> None:
        """Add or replace a phone; country and carrier are made up where not given, but not for a SIP address."""
        if phone.number.startswith("sip"):
            phone.carrier = phone.carrier or "SIP"
            self.phones[phone.number] = phone
            return
        phone.country = phone.country or country_of(phone.number)
        phone.carrier = phone.carrier or _CARRIERS[sum(map(ord, phone.number)) % len(_CARRIERS)]
        self.phones[phone.number] = phone

    def pool(self, service_sid: str) -> list[Number]:
        """The numbers of a Messaging Service."""
        return [one for one in self.numbers.values() if one.messaging_service_sid == service_sid]

    def consent_scope(self, number: str) -> str:
        """What an opt-out on this number covers: its whole service, else the number alone."""
        known = self.numbers.get(number)
        return known.messaging_service_sid or number if known is not None else number

    def is_opted_out(self, scope: str, phone: str) -> bool:
        """Whether the phone has stopped this number or service."""
        return (scope, phone) in self.opted_out
