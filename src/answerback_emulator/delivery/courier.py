"""Carries one HTTP request to whoever a webhook URL names, with the carrier's time-outs and retries.

Knows nothing of texts or signatures.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from answerback_emulator.delivery.exchanges import Exchange, ExchangeLog
from answerback_emulator.delivery.http_line import BrokenLineError
from answerback_emulator.delivery.http_lines import HttpLines, UnreachableError
from answerback_emulator.delivery.overrides import Patience

MAX_MEDIUM = 6 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Parcel:
    """A request to make: `url` is sent byte for byte as given. `carrier` is who makes it, for the log."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    patience: Patience
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back: a status, or `failure` ("ct" no connection, "rt" no answer in time or broken)."""

    status: int | None
    failure: str | None = None
    body: bytes = b""
    headers: Mapping[bytes, bytes] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        """Answered with 2xx."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        """Its header, or ""."""
        return self.header(b"content-type")

    def header(self, name: bytes) -> str:
        """The value of a header by its lower-case name, or ""."""
        return self.headers.get(name, b"").decode("latin-1")


class Courier:
    """One per emulator. Opens its connections at first use; `close` gives them back."""

    def __init__(self, log: ExchangeLog) -> None:
        self._log = log
        self._lines = HttpLines()

    async def carry(self, parcel: Parcel) -> Receipt:
        """Make the request, again only where the patience allows it, and log every attempt."""
        for attempt in range(parcel.patience.retries + 1):
            began = time.perf_counter()
            receipt = await self._try(parcel)
            self._record(parcel, receipt, attempt, began)
            if receipt.succeeded or not _may_retry(receipt, parcel.patience):
                break
        return receipt

    async def fetch(self, url: str, carrier: str) -> Receipt:
        """GET a resource, such as the picture of an outgoing text; follows redirects."""
        began = time.perf_counter()
        limits = aiohttp.ClientTimeout(total=15, sock_connect=5)
        try:
            async with (
                aiohttp.ClientSession(timeout=limits) as session,
                session.get(URL(url, encoded=True)) as answer,
            ):
                body = await answer.content.read(MAX_MEDIUM)
                headers = {name.lower().encode(): value.encode() for name, value in answer.headers.items()}
                receipt = Receipt(answer.status, None, body, headers)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            receipt = Receipt(None, "rt", body=str(error).encode())
        self._record(Parcel("GET", url, {}, b"", Patience(), carrier), receipt, 0, began)
        return receipt

    def close(self) -> None:
        """Close idle connections."""
        self._lines.close()

    async def _try(self, parcel: Parcel) -> Receipt:
        patience = parcel.patience
        try:
            async with asyncio.timeout(min(patience.total_s, patience.connect_s + patience.read_s)):
                answer = await self._lines.send(
                    parcel.method, parcel.url, parcel.headers, parcel.body, connect_s=patience.connect_s
                )
        except UnreachableError as error:
            return Receipt(None, "ct", body=str(error).encode())
        except (BrokenLineError, TimeoutError, ValueError) as error:
            return Receipt(None, "rt", body=(str(error) or "no answer in time").encode())
        return Receipt(answer.status, None, bytes(answer.body), answer.headers)

    def _record(self, parcel: Parcel, receipt: Receipt, attempt: int, began: float) -> None:
        exchange = Exchange("out", parcel.method, parcel.url, parcel.headers.items(), parcel.body)
        exchange.status, exchange.answer_body, exchange.carrier = receipt.status, receipt.body, parcel.carrier
        if attempt or receipt.failure:
            exchange.note = f"{receipt.failure or ''} attempt {attempt + 1}".strip()
        exchange.ms = (time.perf_counter() - began) * 1000
        self._log.add(exchange)


def _may_retry(receipt: Receipt, patience: Patience) -> bool:
    kind = receipt.failure or f"{(receipt.status or 0) // 100}xx"
    return "all" in patience.retry_on or kind in patience.retry_on
