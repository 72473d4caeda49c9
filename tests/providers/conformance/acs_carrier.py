"""Azure Communication Services in the conformance suite; the access key signs what we ask, a key in the address opens
our door."""

from dataclasses import dataclass
from typing import Any

import aiohttp

from answerback.providers.acs.provider import AcsProvider
from answerback.providers.contract import Account, HookRequest
from tests.providers.conformance.carrier import AtEmulator, account_of, changed
from tests.running import Api

RESOURCE = "contoso"
FIRST, SECOND = "dGhlIGZpcnN0IGFjY2VzcyBrZXk=", "dGhlIHNlY29uZCBhY2Nlc3Mga2V5"


@dataclass(slots=True)
class AcsCarrier(AtEmulator):
    nobody: int = 4004
    checks_clock: bool = True
    keeps_old_credentials: bool = True
    public_url: str = ""

    @classmethod
    def make(cls, emulator: Api, session: aiohttp.ClientSession) -> "AcsCarrier":
        account = account_of("acs", emulator, access_key=FIRST, webhook_key="the first of our keys")
        return cls(emulator, AcsProvider(session), account, number="+18335550100")

    async def open(self, public_url: str) -> None:
        self.public_url = public_url
        await self.declare(self._declared(), {})

    async def rotate(self) -> Account:
        """As Microsoft advises: over the second key, the first still good; and our former key with it."""
        former = self.account.credentials["webhook_key"]
        self.account = self.with_credentials(
            access_key=SECOND, webhook_key="the second of our keys", webhook_key_old=former
        )
        await self.emulator.post("/emulator/accounts", self._declared())
        return self.account

    def forge(self, request: HookRequest) -> tuple[HookRequest, ...]:
        return tuple(
            changed(request, query=query) for query in ("", "key=", "key=wrong", "Key=the%20first%20of%20our%20keys")
        )

    def wrong_credentials(self) -> Account:
        return self.with_credentials(access_key="d3Jvbmcga2V5", webhook_key="another")

    def unknown_id(self) -> str:
        return "Outgoing_202611250000000000"

    def _declared(self) -> dict[str, Any]:
        return {
            "sid": RESOURCE,
            "provider": "acs",
            "auth_token": FIRST,
            "api_keys": [{"sid": "secondary", "secret": SECOND}],
            "event_url": self.provider.callback_urls(self.public_url, self.account).message,
        }
