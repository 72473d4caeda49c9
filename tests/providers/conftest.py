"""An adapter with its session, an account, and servers to speak to."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from answerback.providers.contract import Account
from answerback.providers.exchange import TIMEOUT
from answerback.providers.twilio.provider import TwilioProvider
from tests.providers.canned import Canned, serving
from tests.providers.hooks import account


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioProvider]:
    """The adapter under test."""
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield TwilioProvider(session)


@pytest.fixture
async def canned() -> AsyncIterator[Canned]:
    """A server that answers as told."""
    async with serving() as server:
        yield server


@pytest.fixture
def at_canned(canned: Canned) -> Account:
    """An account whose API is the canned server."""
    return replace(account(), api_base_url=canned.base_url)
