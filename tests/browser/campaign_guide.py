"""Takes the pictures of the campaign guide: `python -m tests.browser.campaign_guide`. The way is the tests' own.

Needs what the browser tests need: the built desktop and Chromium. The centre is a scratch one.
"""

import asyncio
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from answerback.cli.demo_outreach import TEMPLATES
from tests.browser.chromium import SWITCHES, program
from tests.browser.guides import FRAME, MOST_BYTES, SIZE, TARGET
from tests.browser.looking import SETTLED
from tests.browser.outreaching import agree, choose_words_and_number, mark, members_of, next_step
from tests.browser.portrait import open_shop, scratch_database
from tests.browser.seat import Seats, text_of
from tests.browser.small_png import shrink
from tests.browser.test_audiences import upload
from tests.browser.test_campaigns import start, take_sample
from tests.stories.shop import Shop

NAME = "Spring pick-ups"
REFUSED = 19
"""So many of the last members have not agreed."""


async def take(page: Page, place: int, step: str, *, whole: bool = False) -> None:
    """The page itself, without rail and list of pages; or the whole window."""
    await page.evaluate(SETTLED)
    clip = None if whole else await page.evaluate(FRAME)
    if clip:
        clip["height"] = min(clip["height"], SIZE["height"] - clip["y"])
    target = TARGET / f"campaign-{place}-{step}.png"
    target.write_bytes(shrink(await page.screenshot(clip=clip)))
    size = target.stat().st_size
    assert size < MOST_BYTES, f"{target} has {size} bytes"
    print(f"{target.name}: {size} bytes")


async def furnish(shop: Shop) -> str:
    """An approved template, a price and a pace one can look on at; the template's name."""
    made = await shop.api.post("/message-templates", TEMPLATES[0])
    await shop.api.post(f"/message-templates/{made['id']}/decision", {"decision": "approved", "version": 1})
    await shop.api.patch(f"/numbers/{shop.number_id}", {"price_per_part": 0.0079, "parts_per_second": 20})
    return str(made["name"])


async def prepare(shop: Shop, page: Page, template: str, folder: Path) -> list[str]:
    """From the file to the last step; the phones."""
    await upload(page, await take_sample(page, folder), "Spring customers")
    await take(page, 1, "columns")
    await page.get_by_role("button", name="Read the file").click()
    await expect(mark(page, "Ready")).to_be_visible()
    await take(page, 2, "audience")
    phones = await members_of(shop, int(page.url.rsplit("/", 1)[1]))
    await agree(shop, phones[:-REFUSED])
    await page.get_by_role("link", name="Use in a campaign").click()
    await page.get_by_label("Name of the campaign").fill(NAME)
    await choose_words_and_number(shop, page, template)
    await expect(page.get_by_text(f"{REFUSED} are refused")).to_be_visible()
    await take(page, 3, "preview")
    await next_step(page, "Start")
    return phones


async def walk(shop: Shop, seats: Seats, folder: Path) -> None:
    template = await furnish(shop)
    page = (await seats.sit("Alex", role="administrator", presence="away", viewport=SIZE)).page
    ana = await seats.sit("Ana Flores", viewport=SIZE)
    phones = await prepare(shop, page, template, folder)
    await start(page)
    await expect(page.get_by_role("row").filter(has_text="Delivered").nth(8)).to_be_visible()
    await take(page, 4, "running")
    await shop.customer_texts(phones[1], "Could I come on Friday instead?")
    await ana.accepts()
    await ana.replies("Friday is fine, see you then.")
    await expect(text_of(ana.page, "Friday is fine")).to_contain_text("Delivered")
    await take(ana.page, 5, "reply", whole=True)


async def main() -> None:
    with scratch_database() as (database_url, folder):
        async with open_shop(database_url, folder) as shop, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=program(), args=[*SWITCHES, "--disable-lcd-text"]
            )
            seats = Seats(browser, shop)
            await walk(shop, seats, folder)
            await seats.leave()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
