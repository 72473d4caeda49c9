"""One emulator for a module; a stage for each test and provider."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import aiohttp
import pytest

from answerback.providers.exchange import TIMEOUT
from tests.providers.conformance.carriers import CARRIERS
from tests.providers.conformance.doors import open_doors
from tests.providers.conformance.stage import Stage
from tests.running import Api, Running, emulator_running


@pytest.fixture(scope="module")
def emulator_process() -> Iterator[Running]:
    with emulator_running() as process:
        yield process


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, emulator_process: Running) -> AsyncIterator[Stage]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session, open_doors() as doors:
        emulator = Api(session, emulator_process.base_url)
        carrier = CARRIERS[request.param](emulator, session)
        doors.provider = carrier.provider
        await carrier.open(doors.public_url)
        yield Stage(carrier, doors, emulator, datetime.now(UTC))
