"""One Chromium, one centre and one emulator for each worker; a shop of its own for each test.

Everything here runs in one event loop for the whole session, because the browser is tied to the loop it began in.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from answerback.web.desktop import STATIC
from tests.browser.chromium import SWITCHES, program
from tests.browser.fresh import FreshCentre
from tests.browser.seat import Seats
from tests.conftest import PgServer
from tests.running import Api, Centre, Running, new_centre
from tests.stories.conftest import Stage, own_database, stage
from tests.stories.shop import Shop

__all__ = ["stage"]
HERE = Path(__file__).parent
PATIENCE_MS = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)  # before the automatic one


@pytest.fixture(scope="session")
def built_desktop() -> None:
    if not (STATIC / "index.html").is_file():
        pytest.fail("The web desktop is not built. Run `python hatch_build.py build` (or `make ui`), then repeat.")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(built_desktop: None, request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    Seats.slow_answers_ms = request.config.getoption("--slow-answers")
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program(), args=SWITCHES)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def shop(stage: Stage) -> AsyncIterator[Shop]:
    """An account, a number, a queue and a workstream that no other test touches."""
    async with aiohttp.ClientSession() as session:
        api = Api(session, stage.server.base_url + "/api/v1", {"Authorization": f"Bearer {stage.token}"})
        shop = Shop(session, api, Api(session, stage.emulator.base_url), stage.centre.public_url)
        await shop.open()
        yield shop
        await shop.close()


@pytest_asyncio.fixture(loop_scope="session")
async def seats(chromium: Browser, shop: Shop) -> AsyncIterator[Seats]:
    """Where people sit down before a browser; nothing may have gone wrong in any of their pages."""
    seats = Seats(chromium, shop)
    yield seats
    await seats.leave()


@pytest.fixture
def fresh_server(
    pg_server: PgServer, template_database: str, tmp_path: Path
) -> Iterator[tuple[Centre, str, ExitStack, Running]]:
    with ExitStack() as stack:
        centre = new_centre(stack.enter_context(own_database(pg_server, template_database)), tmp_path)
        token = centre.make_administrator()
        yield centre, token, stack, stack.enter_context(centre.serving(tmp_path))


@pytest_asyncio.fixture(loop_scope="session")
async def fresh(
    fresh_server: tuple[Centre, str, ExitStack, Running], stage: Stage, tmp_path: Path
) -> AsyncIterator[FreshCentre]:
    """A centre of this test's own, empty but for its administrator."""
    centre, token, stack, server = fresh_server
    async with aiohttp.ClientSession() as session:
        yield FreshCentre(centre, tmp_path, token, stage.emulator.base_url, stack, server, session)
