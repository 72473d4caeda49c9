"""Twilio in the conformance suite; the auth token signs."""

from dataclasses import dataclass

import aiohttp

from answerback.providers.contract import Account, HookRequest
from answerback.providers.twilio.provider import TwilioProvider
from tests.providers.conformance.carrier import AtEmulator, account_of, changed
from tests.running import Api

SID = "AC" + "5" * 32


@dataclass(slots=True)
class TwilioCarrier(AtEmulator):
    nobody: int = 30005
    checks_clock: bool = False
    keeps_old_credentials: bool = False

    @classmethod
    def make(cls, emulator: Api, session: aiohttp.ClientSession) -> "TwilioCarrier":
        account = account_of("twilio", emulator, account_sid=SID, auth_token="e" * 32)
        return cls(emulator, TwilioProvider(session), account)

    async def open(self, public_url: str) -> None:
        urls = self.provider.callback_urls(public_url, self.account)
        await self.declare(self._declared(), {"sms_url": urls.message, "voice_url": urls.voice})

    async def rotate(self) -> Account:
        self.account = self.with_credentials(auth_token="f" * 32)
        await self.emulator.post("/emulator/accounts", self._declared())
        return self.account

    def forge(self, request: HookRequest) -> tuple[HookRequest, ...]:
        unsigned = {name: value for name, value in request.headers.items() if name != "x-twilio-signature"}
        return (
            changed(request, headers=unsigned),
            changed(request, body=request.body + b"&Extra=1"),
            changed(request, body=request.body.replace(b"Body=", b"Body=x")),
            changed(request, url=request.url + "?message=8"),
        )

    def wrong_credentials(self) -> Account:
        return self.with_credentials(auth_token="0" * 32)

    def unknown_id(self) -> str:
        return "SM" + "0" * 32

    def _declared(self) -> dict[str, str]:
        return {"sid": SID, "auth_token": self.account.credentials["auth_token"]}
