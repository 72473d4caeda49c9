"""TeleSign in the conformance suite; the API key signs both ways."""

from dataclasses import dataclass

import aiohttp

from answerback.providers.contract import Account, HookRequest
from answerback.providers.telesign.provider import TelesignProvider
from tests.providers.conformance.carrier import AtEmulator, account_of, changed
from tests.running import Api

CUSTOMER = "FFFFFFFF-EEEE-DDDD-1234-AB1234567890"


@dataclass(slots=True)
class TelesignCarrier(AtEmulator):
    nobody: int = 507
    checks_clock: bool = True
    keeps_old_credentials: bool = False
    event_url: str = ""

    @classmethod
    def make(cls, emulator: Api, session: aiohttp.ClientSession) -> "TelesignCarrier":
        account = account_of("telesign", emulator, customer_id=CUSTOMER, api_key="dGhlIGZpcnN0IGtleQ==")
        return cls(emulator, TelesignProvider(session), account)

    async def open(self, public_url: str) -> None:
        self.event_url = self.provider.callback_urls(public_url, self.account).message
        await self.declare(self._declared(), {"carrier_handles_keywords": True})

    async def rotate(self) -> Account:
        self.account = self.with_credentials(api_key="dGhlIHNlY29uZCBrZXk=")
        await self.emulator.post("/emulator/accounts", self._declared())
        return self.account

    def forge(self, request: HookRequest) -> tuple[HookRequest, ...]:
        signed = ("authorization", "x-ts-authorization")
        unsigned = {name: value for name, value in request.headers.items() if name not in signed}
        return (
            changed(request, headers=unsigned),
            changed(request, headers={**unsigned, "authorization": "Basic Og=="}),
            changed(request, headers={**unsigned, "authorization": f"TSA {CUSTOMER}:AAAA"}),
            changed(request, body=request.body + b" "),
            changed(request, body=request.body.replace(b"mo_message", b"message")),
        )

    def wrong_credentials(self) -> Account:
        return self.with_credentials(api_key="d3Jvbmcga2V5")

    def unknown_id(self) -> str:
        return "0" * 32

    def _declared(self) -> dict[str, str]:
        key = self.account.credentials["api_key"]
        return {"sid": CUSTOMER, "provider": "telesign", "auth_token": key, "event_url": self.event_url}
