"""Azure Communication Services as the contract sees it: each part is a module of this folder."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

import aiohttp

from answerback.domain.calls.behaviour import VoiceRules
from answerback.domain.ids import MessageId
from answerback.providers.acs import (
    call_automation,
    connect,
    credentials,
    hooks,
    lookup,
    numbers,
    opt_outs,
    parse,
    send,
    voice,
)
from answerback.providers.acs.client import Client
from answerback.providers.acs.facts import FACTS
from answerback.providers.acs.tokens import Tokens
from answerback.providers.calls import CallOrder, CallTurn, PlaceResult, Taken
from answerback.providers.contract import (
    Account,
    AvailableNumber,
    CallbackUrls,
    Check,
    DeliveryReport,
    Forged,
    Found,
    Genuine,
    Happening,
    HookAnswer,
    HookRequest,
    InboundText,
    OutboundText,
    SendResult,
)


class AcsProvider:
    """https://learn.microsoft.com/azure/communication-services; the session belongs to whoever made it."""

    name = "acs"
    facts = FACTS

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._tokens = Tokens()

    def verify(self, request: HookRequest, account: Account) -> Genuine | Forged:
        return hooks.verify(request, account)

    def parse(self, request: HookRequest) -> tuple[Happening, ...]:
        return parse.parse(request)

    def answer(self, request: HookRequest) -> HookAnswer:
        return hooks.answer(request)

    async def send(self, account: Account, texts: Sequence[OutboundText]) -> list[SendResult]:
        return await send.send(self._client(account), texts)

    async def look_up(self, account: Account, provider_message_id: str) -> DeliveryReport | None:
        return await lookup.look_up(self._client(account), provider_message_id)

    async def find_sent(self, account: Account, text: OutboundText, since: datetime) -> list[Found]:
        """Nothing: there is no list. A lost request is repeated, which tells the ids of what it did the first time."""
        return []

    def list_inbound(self, account: Account, since: datetime) -> AsyncIterator[InboundText]:
        return lookup.list_inbound()

    async def check_credentials(self, account: Account) -> list[Check]:
        return await credentials.check_credentials(self._client(account))

    async def list_numbers(self, account: Account) -> list[AvailableNumber]:
        return await numbers.list_numbers(self._client(account))

    async def connect_number(self, account: Account, number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
        return connect.connect_number(number, urls)

    async def opted_out(self, account: Account, sender: str, phones: Sequence[str]) -> frozenset[str]:
        return await opt_outs.opted_out(self._client(account), sender, phones)

    def media_credentials(self, account: Account, url: str) -> Mapping[str, str] | None:
        return None

    def callback_urls(self, public_url: str, account: Account) -> CallbackUrls:
        return hooks.callback_urls(public_url, account)

    def status_callback(self, public_url: str, account: Account, message_id: MessageId) -> None:
        """Reports come through Event Grid only."""
        return None

    async def conduct_call(self, account: Account, turn: CallTurn) -> None:
        await call_automation.conduct(self._client(account), turn)

    def why_not(self, account: Account, rules: VoiceRules) -> str | None:
        return voice.why_not(account, rules)

    async def take_calls(
        self, account: Account, number: AvailableNumber, voice_url: str
    ) -> tuple[Taken | None, list[Check]]:
        return voice.take_calls(account, number)

    async def give_calls_back(
        self, account: Account, number: AvailableNumber, voice_url: str, before: Mapping[str, str]
    ) -> list[Check]:
        return voice.give_calls_back(number)

    async def place_call(self, account: Account, order: CallOrder) -> PlaceResult:
        return await call_automation.place(self._client(account), order)

    def _client(self, account: Account) -> Client:
        return Client(self._session, account, self._tokens)
