"""TeleSign as the contract sees it: each part is a module of this folder, joined with the process's HTTP session."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

import aiohttp

from answerback.domain.ids import MessageId
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
from answerback.providers.telesign import connect, credentials, hooks, lookup, parse, send, signature
from answerback.providers.telesign.client import Client
from answerback.providers.telesign.facts import FACTS


class TelesignProvider:
    """https://developer.telesign.com/enterprise/reference/sms; the session belongs to whoever made it."""

    name = "telesign"
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
        """Nothing: TeleSign has no list. The report of a lost text names it by its `external_id`."""
        return []

    def list_inbound(self, account: Account, since: datetime) -> AsyncIterator[InboundText]:
        return lookup.list_inbound()

    async def check_credentials(self, account: Account) -> list[Check]:
        return await credentials.check_credentials(self._client(account))

    async def list_numbers(self, account: Account) -> list[AvailableNumber]:
        """Nothing: senders are leased through TeleSign's support, and its messaging API names none."""
        return []

    async def connect_number(self, account: Account, number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
        return connect.connect_number(number, urls)

    def media_credentials(self, account: Account, url: str) -> Mapping[str, str] | None:
        return None

    def callback_urls(self, public_url: str, account: Account) -> CallbackUrls:
        return hooks.callback_urls(public_url, account)

    def status_callback(self, public_url: str, account: Account, message_id: MessageId) -> str:
        """The account's one address: a report names its text inside the signed body, a query would be unsigned."""
        return hooks.callback_urls(public_url, account).status

    def _client(self, account: Account) -> Client:
        return Client(self._session, account)
