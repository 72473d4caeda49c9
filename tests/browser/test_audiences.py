"""Whom one writes to: a file is read with its faults told, a filter counts as it is made, both are put away."""

from pathlib import Path

from playwright.async_api import FilePayload, Page, expect

from tests.browser.outreaching import csv_file, mark
from tests.browser.seat import Seats, shown_phone
from tests.stories.shop import Shop, new_phone


async def upload(page: Page, file: Path | FilePayload, name: str = "") -> None:
    await page.goto("/outreach/audiences/new")
    await page.get_by_role("textbox", name="Name").fill(name)
    await page.locator('input[type="file"]').set_input_files(file)
    await expect(page.get_by_role("heading", name="What is in the columns")).to_be_visible()


async def test_a_file_is_read_and_each_bad_line_is_told(shop: Shop, seats: Seats) -> None:
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    phone, name = new_phone("312"), f"spring {shop.number[1:]}"
    lines = (f"{phone};A-1", "call me;A-2", f"{phone};A-3", f"{new_phone('312')};=A-4")
    await upload(page, csv_file(name.replace(" ", "_"), "Mobile phone;Order\n" + "\n".join(lines)))
    await expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()
    await expect(page.get_by_text("UTF-8, semicolons between the cells")).to_be_visible()

    await page.get_by_label("What Mobile phone is").select_option("Left out")
    await expect(page.get_by_text("Say which column is the phone.")).to_be_visible()
    await expect(page.get_by_role("button", name="Read the file")).to_be_disabled()
    await page.get_by_label("What Mobile phone is").select_option("Phone")
    await page.get_by_label("What Order is").select_option("Value for a slot")
    await page.get_by_role("textbox", name="Slot that Order fills").fill("order")
    await page.get_by_role("button", name="Read the file").click()

    await expect(mark(page, "Ready")).to_be_visible()
    await expect(page.get_by_text("From a file · 2 members")).to_be_visible()
    rows = page.get_by_role("row")
    await expect(rows.filter(has_text="call me")).to_contain_text("This is not a phone number")
    await expect(rows.filter(has_text="Said twice")).to_contain_text("line 2")
    await expect(rows.filter(has_text="Note")).to_contain_text("=A-4")
    await expect(rows.filter(has_text=shown_phone(phone))).to_contain_text("order: A-1")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Download as CSV").click()
    assert "call me" in (await (await waiting.value).path()).read_text()


async def test_an_audience_gets_another_name_and_is_put_away(shop: Shop, seats: Seats) -> None:
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    await upload(page, csv_file("x", f"Phone\n{new_phone('312')}\n"), f"List {shop.number}")
    await page.get_by_role("button", name="Read the file").click()
    await expect(page.get_by_role("link", name="Use in a campaign")).to_be_visible()
    await page.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(f"Old list {shop.number}")
    await dialog.get_by_role("switch", name="kept, but no longer offered").check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name=f"Old list {shop.number}", level=2)).to_be_visible()
    await expect(mark(page, "Archived")).to_be_visible()
    await expect(page.get_by_role("link", name="Use in a campaign")).to_have_count(0)
    await page.goto("/outreach/campaigns/new")
    await expect(page.get_by_label("Audience").get_by_role("option", name=f"Old list {shop.number}")).to_have_count(0)


async def test_a_filter_counts_as_it_is_made(shop: Shop, seats: Seats) -> None:
    tag, phones = f"bikes{shop.number[1:]}", [new_phone("312"), new_phone("773")]
    for phone in phones:
        await shop.api.post("/contacts", {"name": "Bo", "phones": [phone], "tags": [tag]})
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    await page.goto("/outreach/audiences/new")
    await page.get_by_role("tab", name="A saved filter").click()
    await page.get_by_label("Value of condition 1").fill(tag)
    await expect(page.get_by_text("2 contacts fit now")).to_be_visible()
    await page.get_by_role("button", name="Add condition").click()
    await expect(page.get_by_text("Finish the marked condition")).to_be_visible()
    await page.get_by_label("Condition 2", exact=True).select_option("Area code")
    await page.get_by_label("Value of condition 2").fill("77")
    await expect(page.get_by_text("Write three digits each")).to_be_visible()
    await page.get_by_label("Value of condition 2").fill("773")
    await expect(page.get_by_text("1 contact fits now")).to_be_visible()

    await expect(page.get_by_role("button", name="Save audience")).to_be_disabled()
    await page.get_by_role("textbox", name="Name").fill(f"Bikes {shop.number}")
    await page.get_by_role("button", name="Save audience").click()
    await expect(page.get_by_text(f"Tag is one of {tag}")).to_be_visible()
    await expect(page.get_by_text("Area code is one of 773")).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text=shown_phone(phones[1]))).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text=shown_phone(phones[0]))).to_have_count(0)
