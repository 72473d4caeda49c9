"""Takes the picture of the desk for the README: `python -m tests.browser.portrait`. Made of the tests' own scene.

Needs what the browser tests need: the built desktop and Chromium. The centre is a scratch one.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import asyncpg
from playwright.async_api import Page, async_playwright, expect

from answerback.storage.embedded import open_embedded
from answerback.storage.migrate import migrate
from tests.browser.chromium import SWITCHES, program
from tests.browser.looking import SETTLED
from tests.browser.scene import MARIA, furnish
from tests.browser.seat import Seats, conversations, text_of
from tests.running import Api, emulator_running, new_centre
from tests.stories.shop import Shop

TARGET = Path(__file__).resolve().parents[2] / "docs" / "images" / "desk.png"
MOST_BYTES = 300_000

# People write over minutes, not within a second: the conversations move back in time, and their texts apart.
AGE = (
    """update message m set created_at = now() - age.by from (
        select id, interval '1 minute' * (8 - 2 * least(conversation_id, 3.5)
            + 3 * (max(seq) over (partition by conversation_id) - seq)) as by from message) age
    where age.id = m.id""",
    """update event e set at = first.at + interval '40 seconds' from (
        select conversation_id, min(created_at) as at from message group by 1) first
    where first.conversation_id = e.conversation_id""",
    """update conversation c set last_message_at = m.newest, waiting_since = m.newest, opened_at = m.oldest,
        state_since = m.oldest + interval '40 seconds', queued_at = m.oldest
    from (select conversation_id, min(created_at) as oldest, max(created_at) as newest from message group by 1) m
    where m.conversation_id = c.id""",
)


@contextmanager
def scratch_database() -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="answerback-portrait-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the embedded server of root runs as another user
        with open_embedded(folder, "command", share=False) as server:
            yield server.url, folder


@asynccontextmanager
async def open_shop(database_url: str, folder: Path) -> AsyncIterator[Shop]:
    await migrate(database_url)
    centre = new_centre(database_url, folder)
    token = await asyncio.to_thread(centre.make_administrator)
    with emulator_running() as emulator, centre.serving(folder / "served"):
        async with aiohttp.ClientSession() as session:
            api = Api(session, centre.public_url + "/api/v1", {"Authorization": f"Bearer {token}"})
            shop = Shop(session, api, Api(session, emulator.base_url), centre.public_url)
            shop.number = "+18885550100"
            await shop.open()
            await shop.api.patch(f"/queues/{shop.queue_id}", {"name": "Workshop"})
            await shop.api.patch(f"/numbers/{shop.number_id}", {"name": "Bike shop"})
            yield shop
            await shop.close()


async def pose(page: Page, database_url: str) -> None:
    database = await asyncpg.connect(database_url)
    try:
        for statement in AGE:
            await database.execute(statement)
    finally:
        await database.close()
    await page.reload()
    await expect(text_of(page, "see you at five")).to_be_visible()
    await expect(conversations(page).get_by_role("button", name=MARIA)).to_be_visible()
    await page.get_by_role("textbox", name="Reply", exact=True).fill(
        "See you at five, Maria. Ask for Tom at the workshop."
    )
    await expect(page.get_by_role("button", name="Send")).to_be_enabled()
    await page.evaluate(SETTLED)


async def main() -> None:
    with scratch_database() as (database_url, folder):
        async with open_shop(database_url, folder) as shop, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program(), args=SWITCHES)
            seats = Seats(browser, shop)
            ana = await furnish(shop, seats)
            await pose(ana.page, database_url)
            TARGET.parent.mkdir(parents=True, exist_ok=True)
            await ana.page.screenshot(path=TARGET)
            await seats.leave()
            await browser.close()
    size = TARGET.stat().st_size
    assert size < MOST_BYTES, f"{TARGET} has {size} bytes"
    print(f"{TARGET}: {size} bytes")


if __name__ == "__main__":
    asyncio.run(main())
