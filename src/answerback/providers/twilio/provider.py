"""Twilio as the contract sees it: each part is a module of this folder, joined here with the process's HTTP session."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

import aiohttp

from answerback.domain.calls.behaviour import VoiceRules
from answerback.domain.ids import MessageId
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
from answerback.providers.twilio import (
    calls,
    connect,
    credentials,
    hooks,
    lookup,
    media,
    numbers,
    parse,
    send,
    signature,
    voice,
)
from answerback.providers.twilio.client import Client
from answerback.providers.twilio.facts import FACTS


class TwilioProvider:
    """https://www.twilio.com/docs/messaging; the session belongs to whoever made it."""

    name = "twilio"
    facts = FACTS

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    def verify(self, request: HookRequest, account: Account) -> Genuine | Forged:
        return signature.verify(request, account)

    def parse(self, request: HookRequest) -> tuple[Happening, ...]:
        return parse.parse(request)

    def answer(self, request: HookRequest) -> HookAnswer:
        return hooks.answer(request)

    async def send(self, account: Account, texts: Sequence[OutboundText]) -> list[SendResult]:
        client = self._client(account)
        return [await send.send(client, text) for text in texts]

    async def look_up(self, account: Account, provider_message_id: str) -> DeliveryReport | None:
        return await lookup.look_up(self._client(account), provider_message_id)

    async def find_sent(self, account: Account, text: OutboundText, since: datetime) -> list[Found]:
        return await lookup.find_sent(self._client(account), text, since)

    def list_inbound(self, account: Account, since: datetime) -> AsyncIterator[InboundText]:
        return lookup.list_inbound(self._client(account), since)

    async def check_credentials(self, account: Account) -> list[Check]:
        return await credentials.check_credentials(self._client(account))

    async def list_numbers(self, account: Account) -> list[AvailableNumber]:
        return await numbers.list_numbers(self._client(account))

    async def connect_number(self, account: Account, number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
        return await connect.connect_number(self._client(account), number, urls)

    def media_credentials(self, account: Account, url: str) -> Mapping[str, str] | None:
        return media.media_credentials(account, url)

    def callback_urls(self, public_url: str, account: Account) -> CallbackUrls:
        return hooks.callback_urls(public_url, account)

    def status_callback(self, public_url: str, account: Account, message_id: MessageId) -> str:
        return hooks.status_callback(public_url, account, message_id)

    async def conduct_call(self, account: Account, turn: CallTurn) -> HookAnswer:
        return calls.conduct(turn)

    def why_not(self, account: Account, rules: VoiceRules) -> str | None:
        return None

    async def take_calls(
        self, account: Account, number: AvailableNumber, voice_url: str
    ) -> tuple[Taken | None, list[Check]]:
        return await voice.take_calls(self._client(account), number, voice_url)

    async def give_calls_back(
        self, account: Account, number: AvailableNumber, voice_url: str, before: Mapping[str, str]
    ) -> list[Check]:
        return await voice.give_calls_back(self._client(account), number, voice_url, before)

    async def place_call(self, account: Account, order: CallOrder) -> PlaceResult:
        return await calls.place(self._client(account), order)

    def _client(self, account: Account) -> Client:
        return Client(self._session, account)
