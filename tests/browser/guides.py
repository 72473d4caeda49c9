"""Takes the pictures of the connecting guides: `python -m tests.browser.guides [provider ...]`.

Needs what the browser tests need: the built desktop and Chromium. The way is the tests' own, in a scratch centre; where
its addresses show, the pictures have those of an installed one.
"""

import asyncio
import re
import sys
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from answerback.providers.acs.facts import EXAMPLE
from tests.browser.chromium import SWITCHES, program
from tests.browser.connecting import CARRIERS, Walk
from tests.browser.looking import SETTLED
from tests.browser.portrait import open_shop, scratch_database
from tests.browser.seat import Seats
from tests.browser.small_png import shrink
from tests.stories.shop import Shop

TARGET = Path(__file__).resolve().parents[2] / "docs" / "images"
MOST_BYTES = 150_000
SIZE = {"width": 1280, "height": 860}
NUMBERS = {"twilio": "+13125550177", "telesign": "+12065550133", "acs": "+18335550123"}
PHONE = "+14155550142"
APIS = {"twilio": "https://api.twilio.com", "telesign": "https://rest-api.telesign.com", "acs": EXAMPLE}
PUBLIC = "https://texts.example.org"
DRESS = """(pairs) => {
  const change = (text) => pairs.reduce((said, [from, to]) => said.replaceAll(from, to), text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = change(walker.currentNode.data);
    if (text !== walker.currentNode.data) walker.currentNode.data = text;
  }
  for (const input of document.querySelectorAll("input")) input.value = change(input.value);
}"""

FRAME = """() => {
  const place = document.querySelector("[data-page]");
  const { x, y, width } = place.getBoundingClientRect();
  const bottom = Math.max(...[...place.children].map((one) => one.getBoundingClientRect().bottom));
  return { x, y, width, height: bottom - y + 24 };
}"""


class Camera:
    """Takes a picture of the settings page, without the rail and the list of pages."""

    def __init__(self, walk: Walk, shop: Shop) -> None:
        self._walk = walk
        self._pairs = [
            (shop.public_url, PUBLIC),
            (walk.emulator.base_url, APIS[walk.carrier.provider]),
            (f"{walk.carrier.label} on this machine", "a request from here"),
        ]
        self._count = 0

    async def take(self, step: str) -> None:
        page = self._walk.page
        await page.evaluate(SETTLED)
        await page.evaluate(DRESS, self._pairs)
        self._count += 1
        target = TARGET / f"connect-{self._walk.carrier.provider}-{self._count}-{step}.png"
        target.write_bytes(shrink(await page.screenshot(clip=await page.evaluate(FRAME))))
        size = target.stat().st_size
        assert size < MOST_BYTES, f"{target} has {size} bytes"
        print(f"{target.name}: {size} bytes")


async def walk_through(walk: Walk, shop: Shop) -> None:
    """The whole way, with a picture of each step."""
    camera, page = Camera(walk, shop), walk.page
    await walk.choose_provider()
    await camera.take("provider")
    await walk.next()
    label, wrong = walk.carrier.wrong
    await walk.enter({**walk.carrier.typed, label: wrong})
    await expect(walk.checks).to_contain_text("to mend")
    await fold(page)
    await camera.take("wrong-key")
    await walk.enter({label: walk.carrier.typed[label]})
    await expect(walk.checks).not_to_contain_text("to mend")
    await expect(walk.checks).to_contain_text("fine")
    await fold(page)
    await camera.take("credentials")
    await walk.next()
    await walk.at("Numbers")
    await walk.choose_number()
    await camera.take("numbers")
    await walk.next()
    await walk.at("Workstream")
    await page.get_by_role("combobox", name="Workstream").select_option(index=1)
    await camera.take("workstream")
    await walk.next()
    await walk.at("Behaviours")
    await expect(walk.main).to_contain_text(re.compile("Take and send pictures|carries no pictures"))
    await expect(walk.main).to_contain_text("Out of hours")
    await camera.take("behaviours")
    await walk.next()
    await walk.at("Callbacks")
    await walk.connect()
    await expect(walk.checks).to_contain_text("Public address")
    await expect(walk.main.get_by_role("listitem").filter(has_text="fine").first).to_be_visible()
    await camera.take("callbacks")
    await walk.next()
    await walk.at("Summary")
    await expect(walk.main).to_contain_text(re.compile("All .* fine"))
    await camera.take("summary")
    await walk.next()
    await walk.send_test(PHONE)
    await expect(page.get_by_text(f"Now answer it from {PHONE}")).to_be_visible()
    await expect(page.get_by_text("Delivered", exact=True)).to_be_visible()
    await walk.emulator.post(f"/emulator/phones/{PHONE}/texts", {"to": walk.carrier.number, "body": "It arrived"})
    await expect(page.get_by_text("Texts go both ways.")).to_be_visible()
    await camera.take("test")


async def fold(page: Page) -> None:
    """The emulator's address is of no interest to readers."""
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false })")


async def guide(browser: Browser, shop: Shop, provider: str) -> None:
    carrier = replace(CARRIERS[provider](), number=NUMBERS[provider])
    await carrier.declare(shop.emulator)
    seats = Seats(browser, shop)
    admin = await seats.sit("Alex", role="administrator", viewport=SIZE)
    await walk_through(Walk(admin.page, carrier, shop.emulator), shop)
    await seats.leave()


async def main(providers: list[str]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with scratch_database() as (database_url, folder):
        async with open_shop(database_url, folder) as shop, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=program(), args=[*SWITCHES, "--disable-lcd-text"]
            )
            await shop.api.patch(f"/workstreams/{shop.workstream_id}", {"name": "Workshop texts"})
            for provider in providers:
                await guide(browser, shop, provider)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:] or sorted(CARRIERS)))
