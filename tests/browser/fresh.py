"""A centre of a test's own: nothing is set up in it, and its server may be killed and started again."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from playwright.async_api import Page, expect

from tests.browser.seat import Seats
from tests.running import ADMINISTRATOR, PASSWORD, Api, Centre, Running
from tests.stories.shop import Shop


@dataclass(slots=True)
class FreshCentre:
    """A centre with an administrator and nothing else; the emulator is the worker's."""

    centre: Centre
    folder: Path
    token: str
    emulator_url: str
    stack: ExitStack
    server: Running
    session: aiohttp.ClientSession

    def kill(self) -> None:
        self.server.process.kill()
        self.server.process.wait()

    def start(self) -> None:
        self.server = self.stack.enter_context(self.centre.serving(self.folder))

    def plan_shop(self) -> Shop:
        """A shop of which nothing exists yet."""
        api = Api(self.session, self.centre.public_url + "/api/v1", {"Authorization": f"Bearer {self.token}"})
        return Shop(self.session, api, Api(self.session, self.emulator_url), self.centre.public_url)

    async def open_shop(self) -> Shop:
        shop = self.plan_shop()
        await shop.open()
        return shop


async def enter_settings(seats: Seats, base_url: str) -> Page:
    seats.base_url = base_url
    page = await (await seats.open_browser()).new_page()
    await page.goto("/settings")
    await page.get_by_label("Email").fill(ADMINISTRATOR)
    await page.get_by_label("Password").first.fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    return page
