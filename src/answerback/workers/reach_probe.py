"""Asks our own public address, as a provider would: one GET, no redirects, nothing private but this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from answerback.usecases.reach import Answered, Barrier, is_loopback
from answerback.workers.public_addresses import PrivateAddress, PublicResolver, refuse_private_literal

TIMEOUT: Final = aiohttp.ClientTimeout(total=8, connect=5)
LONGEST_PROOF: Final = 1024


class ReachProbe:
    """Callable; make it with `open_probe`."""

    def __init__(self, guarded: aiohttp.ClientSession, own: aiohttp.ClientSession) -> None:
        self._guarded = guarded
        self._own = own

    async def __call__(self, url: str) -> Answered | Barrier:
        try:
            return await self._ask(url)
        except PrivateAddress:
            return Barrier.PRIVATE
        except aiohttp.ClientConnectorDNSError as error:
            return Barrier.PRIVATE if _is_private(error) else Barrier.NAME
        except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch):
            return Barrier.TLS
        except aiohttp.ClientConnectorError as error:
            return Barrier.PRIVATE if _is_private(error) else Barrier.REFUSED
        except TimeoutError:
            return Barrier.SILENT
        except (aiohttp.ClientError, OSError, ValueError):
            return Barrier.REFUSED

    async def _ask(self, url: str) -> Answered:
        here = is_loopback(url)
        session = self._own if here else self._guarded
        if not here:
            refuse_private_literal(urlsplit(url).hostname or "")
        async with session.get(url, allow_redirects=False, timeout=TIMEOUT) as answer:
            body = await answer.content.read(LONGEST_PROOF)
            return Answered(answer.status, body.decode("utf-8", "replace"))


@asynccontextmanager
async def open_probe(own: aiohttp.ClientSession) -> AsyncIterator[ReachProbe]:
    """`own` is the process's session; it is used for this machine only."""
    connector = aiohttp.TCPConnector(resolver=PublicResolver(), use_dns_cache=False, limit=4, force_close=True)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as guarded:
        yield ReachProbe(guarded, own)


def _is_private(error: BaseException) -> bool:
    return isinstance(error.__cause__, PrivateAddress) or isinstance(error.__context__, PrivateAddress)
