"""Twilio as the contract sees it: each part is a module of this folder, joined here with the process's HTTP session."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import aiohttp

from answerback.domain.ids import AccountId, MessageId
from answerback.providers.contract import (
    Account,
    AvailableNumber,
    CallbackUrls,
    Check,
    DeliveryReport,
    Door,
    Forged,
    Found,
    Genuine,
    HookAnswer,
    HookRequest,
    InboundText,
    Malformed,
    OutboundText,
    SendResult,
    VoiceCall,
)
from answerback.providers.twilio import (
    connect,
    credentials,
    hooks,
    lookup,
    media,
    numbers,
    parse,
    send,
    signature,
)
from answerback.providers.twilio.client import Client


class TwilioProvider:
    """https://www.twilio.com/docs/messaging; the session belongs to whoever made it."""

    name = "twilio"

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    def verify(self, request: HookRequest, account: Account) -> Genuine | Forged:
        return signature.verify(request, account)

    def parse_message(self, request: HookRequest) -> tuple[InboundText, ...] | Malformed:
        return parse.parse_message(request)

    def parse_status(self, request: HookRequest) -> tuple[DeliveryReport, ...] | Malformed:
        return parse.parse_status(request)

    def parse_voice(self, request: HookRequest) -> VoiceCall | Malformed:
        return parse.parse_voice(request)

    def answer(self, door: Door) -> HookAnswer:
        return hooks.answer(door)

    async def send(self, account: Account, text: OutboundText) -> SendResult:
        return await send.send(self._client(account), text)

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

    def callback_urls(self, public_url: str, account_id: AccountId) -> CallbackUrls:
        return hooks.callback_urls(public_url, account_id)

    def status_callback(self, public_url: str, account_id: AccountId, message_id: MessageId) -> str:
        return hooks.status_callback(public_url, account_id, message_id)

    def _client(self, account: Account) -> Client:
        return Client(self._session, account)
