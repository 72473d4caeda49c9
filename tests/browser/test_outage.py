"""The server goes away and comes back: the desk says so, catches up, and what was written meanwhile goes out once."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, expect

from tests.browser.seat import Seats, composer, text_of
from tests.conftest import PgServer
from tests.running import Api, Centre, Running, eventually, new_centre
from tests.stories.conftest import Stage, own_database
from tests.stories.shop import Shop, new_phone


@dataclass(slots=True)
class FrailCentre:
    """A centre whose server may be killed and started again at the same address."""

    centre: Centre
    folder: Path
    token: str
    stack: ExitStack
    server: Running

    def kill(self) -> None:
        self.server.process.kill()
        self.server.process.wait()

    def start(self) -> None:
        self.server = self.stack.enter_context(self.centre.serving(self.folder))


@pytest.fixture
def frail(pg_server: PgServer, template_database: str, tmp_path: Path) -> Iterator[FrailCentre]:
    with ExitStack() as stack:
        centre = new_centre(stack.enter_context(own_database(pg_server, template_database)), tmp_path)
        token = centre.make_administrator()
        yield FrailCentre(centre, tmp_path, token, stack, stack.enter_context(centre.serving(tmp_path)))


@pytest_asyncio.fixture(loop_scope="session")
async def frail_shop(frail: FrailCentre, stage: Stage) -> AsyncIterator[Shop]:
    async with aiohttp.ClientSession() as session:
        api = Api(session, frail.centre.public_url + "/api/v1", {"Authorization": f"Bearer {frail.token}"})
        shop = Shop(session, api, Api(session, stage.emulator.base_url), frail.centre.public_url)
        await shop.open()
        yield shop


async def test_after_a_restart_nothing_is_missing_and_nothing_goes_out_twice(
    chromium: Browser, frail: FrailCentre, frail_shop: Shop
) -> None:
    shop = frail_shop
    seats = Seats(chromium, shop)
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()

    frail.kill()
    banner = ana.page.get_by_role("status").filter(has_text="Reconnecting…")
    await expect(banner).to_contain_text("What you write is kept and sent when the connection is back.")
    await ana.replies("Written while nobody listened")
    await expect(text_of(ana.page, "Written while nobody listened")).to_contain_text("Waits for the connection")
    lost = {"to": shop.number, "body": "Texted while nobody listened"}
    await shop.emulator.ask("POST", f"/emulator/phones/{phone}/texts", lost)

    frail.start()
    await expect(text_of(ana.page, "Texted while nobody listened")).to_be_visible(timeout=30_000)
    await expect(text_of(ana.page, "Written while nobody listened")).to_contain_text("Delivered", timeout=30_000)
    await expect(banner).to_have_count(0)
    await expect(text_of(ana.page, "nobody listened")).to_have_count(2)

    async def arrived() -> bool:
        return bool(await shop.phone_shows(phone))

    await eventually("the reply on the phone", arrived)
    assert [text["body"] for text in await shop.phone_shows(phone)] == ["Written while nobody listened"]
    await shop.customer_texts(phone, "And live again")
    await expect(text_of(ana.page, "And live again")).to_be_visible()
    await seats.leave()


async def test_an_answer_lost_on_its_way_back_is_not_sent_twice(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    tries: list[str] = []

    async def lose_the_first_answer(route: Route) -> None:
        tries.append(route.request.headers["idempotency-key"])
        if len(tries) > 1:
            return await route.continue_()
        await route.fetch()  # the server has it, the browser never hears so
        await route.abort("connectionreset")

    await ana.page.route("**/api/v1/conversations/*/messages", lose_the_first_answer)
    await ana.replies("Only once, please")
    await expect(text_of(ana.page, "Only once, please")).to_contain_text("Delivered")
    await expect(composer(ana.page)).to_have_value("")

    async def tried_again() -> bool:
        return len(tries) > 1

    await eventually("a second try", tried_again)
    assert len(set(tries)) == 1
    await expect(text_of(ana.page, "Only once, please")).to_have_count(1)
    assert [text["body"] for text in await shop.phone_shows(phone)] == ["Only once, please"]


async def test_what_was_being_written_outlives_a_reload(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "Hello")
    await ana.accepts()
    await composer(ana.page).fill("Half a sent")
    await ana.page.reload()
    await expect(composer(ana.page)).to_have_value("Half a sent")
