"""An administrator has another system told of what happens, and sees what it answered."""

import json

from playwright.async_api import expect

from tests.browser.seat import Seats


async def test_a_webhook_is_added_its_secret_shown_once_and_its_calls_explained(seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page = admin.page
    await page.goto("/settings/webhook-subscriptions")
    await page.get_by_role("button", name="Add webhook").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Address").fill("http://127.0.0.2:9/texts")
    await dialog.get_by_role("checkbox", name="A customer's text came in").check()
    await dialog.get_by_role("button", name="Add webhook").click()
    await expect(dialog).to_contain_text("whsec_")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="http://127.0.0.2:9/texts").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Make a test call").click()
    row = dialog.get_by_role("row", name="test")
    await expect(row).to_contain_text("ANSWERBACK_PRIVATE_HOSTS")  # a private address is not called
    await row.get_by_role("button", name="Make it again").click()
    await expect(row).to_contain_text("not taken")
    await dialog.get_by_role("checkbox", name="A conversation was closed").check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("row", name="http://127.0.0.2:9/texts")).to_contain_text("conversation.closed")


async def test_the_files_of_the_connector_are_downloaded(seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    await admin.page.goto("/settings/webhook-subscriptions")
    async with admin.page.expect_download() as download:
        await admin.page.get_by_role("link", name="Download the definition").click()
    file = await download.value
    assert file.suggested_filename == "apiDefinition.swagger.json"
    assert json.loads((await file.path()).read_text())["swagger"] == "2.0"
