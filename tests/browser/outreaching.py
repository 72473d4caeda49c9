"""What tests of Outreach share: lists from files, consent for everybody in them, and the way through the wizard."""

from typing import Any

import aiohttp
from playwright.async_api import FilePayload, Locator, Page, expect

from tests.browser.seat import shown_phone
from tests.running import Json, eventually
from tests.stories.shop import Shop, new_phone


def csv_file(name: str, content: str) -> FilePayload:
    return {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content.encode()}


def list_of(phones: list[str]) -> str:
    """A file as the shop's till writes it."""
    return "Phone,order\n" + "".join(f"{phone},A-{place}\n" for place, phone in enumerate(phones))


def some_phones(count: int) -> list[str]:
    return [new_phone("312") for _ in range(count)]


def mark(page: Page, word: str) -> Locator:
    """The state beside the title of a page."""
    return page.locator("[data-page] header").get_by_text(word, exact=True)


async def post_file(shop: Shop, path: str, content: str) -> Json:
    form = aiohttp.FormData()
    form.add_field("file", content.encode(), filename="file.csv", content_type="text/csv")
    async with shop.session.post(shop.api.base_url + path, data=form, headers=shop.api.headers) as answer:
        assert answer.status < 300, await answer.text()
        return await answer.json()


async def agree(shop: Shop, phones: list[str]) -> None:
    """All of them said yes, and it is not night for anybody."""
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})
    lines = "".join(f"{phone},opt_in,2026-01-31,Yes please\n" for phone in phones)
    await post_file(shop, "/consent/import", "phone,choice,at,words\n" + lines)


async def audience(shop: Shop, name: str, phones: list[str]) -> int:
    """A list of people who agreed, ready to be written to."""
    await agree(shop, phones)
    made = await post_file(shop, f"/audiences/files?name={name.replace(' ', '%20')}", list_of(phones))
    path = f"/audiences/{made['id']}"
    await shop.api.post(f"{path}/import", {"phone": 0, "values": {"order": 1}})

    async def ready() -> bool:
        return (await shop.api.get(path))["state"] == "ready"

    await eventually(f"{name} ready", ready)
    return int(made["id"])


async def members_of(shop: Shop, audience_id: int) -> list[str]:
    phones: list[str] = []
    cursor = ""
    while True:
        page = await shop.api.get(f"/audiences/{audience_id}/members?limit=200{cursor}")
        phones += [one["phone"] for one in page["items"]]
        if page["next_cursor"] is None:
            return phones
        cursor = f"&cursor={page['next_cursor']}"


async def campaign(shop: Shop, name: str, audience_id: int, template_id: int, **more: Any) -> int:
    draft = {
        "name": name,
        "audience_id": audience_id,
        "number_ids": [shop.number_id],
        "variants": [{"template_id": template_id}],
    }
    return int((await shop.api.post("/campaigns", {**draft, **more}))["id"])


async def next_step(page: Page, title: str) -> None:
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("heading", level=3, name=title, exact=True)).to_be_visible()


async def choose_words_and_number(shop: Shop, page: Page, template: str) -> None:
    """From the first step, filled in, to the preview."""
    await next_step(page, "Text")
    await page.get_by_label("Text 1").select_option(template)
    await next_step(page, "Sending")
    await page.get_by_role("checkbox", name=shown_phone(shop.number)).check()
    await next_step(page, "Preview")
