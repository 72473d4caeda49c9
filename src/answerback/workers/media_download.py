"""Fetches one file of a customer's text safely: redirects by hand, within limits, secrets only where they belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp

from answerback.providers.contract import Account, Provider
from answerback.usecases.media_rules import LARGEST_BYTES, choose_type
from answerback.workers.public_addresses import PrivateAddress, PublicResolver, refuse_private_literal

MOST_REDIRECTS: Final = 5
TIMEOUT: Final = aiohttp.ClientTimeout(total=30, connect=10)
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PORTS: Final = {"http": 80, "https": 443}
LARGEST_MEGABYTES: Final = LARGEST_BYTES // (1024 * 1024)


@dataclass(frozen=True, slots=True)
class Fetched:
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """It will not be fetched; `problem` is a sentence for people."""

    problem: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """It could not be fetched now."""

    problem: str


Download = Fetched | RefusedFile | NotYet


class Downloads:
    """`own` is the process's session, used only for the provider's own address; elsewhere a guarded one is used."""

    def __init__(self, own: aiohttp.ClientSession) -> None:
        self._own = own
        connector = aiohttp.TCPConnector(resolver=PublicResolver(), use_dns_cache=False, limit=16)
        self._guarded = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        await self._guarded.close()

    async def fetch(self, provider: Provider, account: Account, url: str, announced: str) -> Download:
        """`announced` is the content type that the text told."""
        try:
            for _ in range(MOST_REDIRECTS + 1):
                step = await self._step(provider, account, url, announced)
                if not isinstance(step, str):
                    return step
                url = step
        except PrivateAddress:
            return RefusedFile("The file's address leads into a private network, so it was not fetched.")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error.__cause__, PrivateAddress) or isinstance(error.__context__, PrivateAddress):
                return RefusedFile("The file's address leads into a private network, so it was not fetched.")
            return NotYet(f"The file could not be fetched ({type(error).__name__}).")
        return RefusedFile(f"The file's address was redirected more than {MOST_REDIRECTS} times.")

    async def _step(self, provider: Provider, account: Account, url: str, announced: str) -> Download | str:
        """One request; gives the next address where it is redirected."""
        origin = _origin(url)
        if origin is None:
            return RefusedFile("The file's address is not a web address.")
        is_own = origin == _origin(account.api_base_url)
        if not is_own:
            refuse_private_literal(origin[1])
        headers: Mapping[str, str] = provider.media_credentials(account, url) or {} if is_own else {}
        session = self._own if is_own else self._guarded
        async with session.get(url, headers=headers, allow_redirects=False, timeout=TIMEOUT) as response:
            if response.status in REDIRECTS and "Location" in response.headers:
                return urljoin(url, response.headers["Location"])
            return await _read(response, announced)


async def _read(response: aiohttp.ClientResponse, announced: str) -> Download:
    if response.status != 200:
        return NotYet(f"The provider answered {response.status} when the file was fetched.")
    kind = choose_type(response.headers.get("Content-Type", ""), announced)
    if kind is None:
        return RefusedFile("The file is of a kind that is not taken.")
    content = bytearray()
    if (response.content_length or 0) <= LARGEST_BYTES:
        async for piece in response.content.iter_any():
            content += piece
            if len(content) > LARGEST_BYTES:
                break
    if len(content) > LARGEST_BYTES or (response.content_length or 0) > LARGEST_BYTES:
        return RefusedFile(f"The file is larger than {LARGEST_MEGABYTES} MB.")
    return Fetched(kind, bytes(content))


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
