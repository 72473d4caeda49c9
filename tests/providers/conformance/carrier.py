"""What a provider brings along to be held against the behaviours all share: itself, and its account at its emulator."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, HookRequest, Provider
from tests.running import Api

PHONE, OTHER_PHONE = "+14155550142", "+13125550199"
NUMBER = "+15017122661"


class Carrier(Protocol):
    """A provider with one account that owns one number, at its emulator.

    What a provider has or lacks is said by its `facts`; here is only what concerns its emulator and its credentials.
    """

    provider: Provider
    account: Account
    number: str
    # How the emulator words "nobody has this number", as a phone's `fails_with`.
    nobody: int
    # A provider that signs its requests with the time refuses those of a wrong clock.
    checks_clock: bool
    # The old credentials are good for a while beside the new ones.
    keeps_old_credentials: bool

    async def open(self, public_url: str) -> None:
        """Declare the account and the number, its texts going to `public_url`; keywords are handled by the carrier."""
        ...

    async def rotate(self) -> Account:
        """Give the account new credentials at the provider, and give back our account with them."""
        ...

    def forge(self, request: HookRequest) -> tuple[HookRequest, ...]:
        """The same request as somebody else would send it, in the ways there are."""
        ...

    def wrong_credentials(self) -> Account: ...

    def unknown_id(self) -> str:
        """An id of the provider's form that belongs to no text."""
        ...


@dataclass(slots=True)
class AtEmulator:
    """What the carriers have in common: an emulator emptied for each test."""

    emulator: Api
    provider: Provider
    account: Account
    number: str = NUMBER

    async def declare(self, account: dict[str, Any], number: dict[str, Any]) -> None:
        await self.emulator.post("/emulator/reset")
        await self.emulator.post("/emulator/accounts", account)
        declared = {"phone_number": self.number, "account_sid": account["sid"], **number}
        await self.emulator.post("/emulator/numbers", declared)
        for phone in (PHONE, OTHER_PHONE):
            await self.emulator.post("/emulator/phones", {"number": phone})
        await self.emulator.put("/emulator/dials", {"delay_ms": 0})

    def with_credentials(self, **changes: str) -> Account:
        return replace(self.account, credentials={**self.account.credentials, **changes})


def account_of(provider: str, emulator: Api, **credentials: str) -> Account:
    return Account(AccountId(1), provider, credentials, emulator.base_url)


def changed(request: HookRequest, **changes: Any) -> HookRequest:
    """A request of its own: nothing that was read of the other one is kept."""
    return replace(request, scratch={}, **changes)
