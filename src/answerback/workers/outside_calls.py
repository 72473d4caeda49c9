"""Calls to other systems: signed, into public networks only, nothing followed, nothing kept between them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

import aiohttp

from answerback.domain.webhooks.calls import sign
from answerback.workers.public_addresses import PrivateAddress, PublicResolver, refuse_private_literal

TIMEOUT: Final = aiohttp.ClientTimeout(total=20, connect=10)
MOST_READ: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """What was answered; without a status nothing was, and `problem` says why, for people."""

    status: int | None
    problem: str
    body: bytes = b""


class OutsideCalls:
    """`allowed` are hosts that may be called although they are not public. Use it as a context."""

    def __init__(self, allowed: frozenset[str], at_once: int) -> None:
        self._allowed = allowed
        connector = aiohttp.TCPConnector(resolver=PublicResolver(allowed), use_dns_cache=False, limit=at_once)
        self._http = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    async def make(self, method: str, url: str, body: bytes, *, call_id: str, secrets: Sequence[str]) -> Heard:
        """Signed as Standard Webhooks says; the same `call_id` whenever the same call is made again."""
        now = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Answerback",
            "webhook-id": call_id,
            "webhook-timestamp": str(now),
            "webhook-signature": sign(secrets, call_id, now, body),
        }
        try:
            host = (urlsplit(url).hostname or "").lower()
            if host not in self._allowed:
                refuse_private_literal(host)
            async with self._http.request(
                method, url, data=body or None, headers=headers, allow_redirects=False, timeout=TIMEOUT
            ) as answer:
                return Heard(answer.status, f"It answered {answer.status}.", await answer.content.read(MOST_READ))
        except TimeoutError:
            return Heard(None, f"It did not answer within {TIMEOUT.total:.0f} seconds.")
        except (PrivateAddress, aiohttp.ClientError, OSError, ValueError) as error:
            return Heard(None, _explain(error))


def _explain(error: Exception) -> str:
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(cause, PrivateAddress) for cause in causes):
        return (
            "The address leads into a private network, where calls are not made. "
            "If it is yours, name its host in ANSWERBACK_PRIVATE_HOSTS."
        )
    return f"It could not be reached ({type(error).__name__})."
