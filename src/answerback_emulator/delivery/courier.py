"""Carries one HTTP request to whoever a webhook URL names, with the carrier's time-outs and retries.

Holds one connection pool; knows nothing of texts or signatures.
"""

import asyncio
import time
from dataclasses import dataclass

import aiohttp
from yarl import URL

from answerback_emulator.delivery.exchanges import Exchange, ExchangeLog
from answerback_emulator.delivery.overrides import Patience

MAX_ANSWER = 6 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Parcel:
    """A request to make: `url` is sent byte for byte as given."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    patience: Patience


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back: a status, or `failure` ("ct" no connection, "rt" no answer in time or broken)."""

    status: int | None
    failure: str | None = None
    content_type: str = ""
    body: bytes = b""

    @property
    def succeeded(self) -> bool:
        """Answered with 2xx."""
        return self.status is not None and 200 <= self.status < 300


class Courier:
    """One per emulator. Opens its connections at first use; `close` gives them back."""

    def __init__(self, log: ExchangeLog) -> None:
        self._log = log
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, parcel: Parcel) -> Receipt:
        """Make the request, again only where the patience allows it, and log every attempt."""
        for attempt in range(parcel.patience.retries + 1):
            receipt = await self._try(parcel, attempt)
            if receipt.succeeded or not _may_retry(receipt, parcel.patience):
                break
        return receipt

    async def fetch(self, url: str, patience: Patience) -> Receipt:
        """GET a resource, such as the picture of an outgoing text."""
        return await self.carry(Parcel("GET", url, {"Accept": "*/*"}, b"", patience))

    async def close(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _try(self, parcel: Parcel, attempt: int) -> Receipt:
        began = time.perf_counter()
        try:
            receipt = await self._request(parcel)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            receipt = Receipt(None, "ct", body=str(error).encode())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            receipt = Receipt(None, "rt", body=(str(error) or type(error).__name__).encode())
        note = receipt.failure or ""
        exchange = Exchange("out", parcel.method, parcel.url, parcel.headers.items(), parcel.body)
        exchange.status, exchange.answer_body = receipt.status, receipt.body
        exchange.note = f"{note} attempt {attempt + 1}".strip() if note or attempt else ""
        exchange.ms = (time.perf_counter() - began) * 1000
        self._log.add(exchange)
        return receipt

    async def _request(self, parcel: Parcel) -> Receipt:
        session = self._session or self._open()
        patience = parcel.patience
        async with session.request(
            parcel.method,
            URL(parcel.url, encoded=True),
            data=parcel.body or None,
            headers=parcel.headers,
            allow_redirects=parcel.method == "GET",
            timeout=aiohttp.ClientTimeout(
                total=patience.total_s, sock_connect=patience.connect_s, sock_read=patience.read_s
            ),
        ) as answer:
            body = await answer.content.read(MAX_ANSWER) if answer.content_length != 0 else b""
            return Receipt(answer.status, None, answer.headers.get("Content-Type", ""), body)

    def _open(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=256, keepalive_timeout=2, loop=asyncio.get_running_loop()),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent",),
            auto_decompress=True,
        )
        return self._session


def _may_retry(receipt: Receipt, patience: Patience) -> bool:
    kind = receipt.failure or f"{(receipt.status or 0) // 100}xx"
    return "all" in patience.retry_on or kind in patience.retry_on
