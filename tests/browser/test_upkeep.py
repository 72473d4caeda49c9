"""What the daily look finds stands above every screen and is mended there; signatures are observed, then enforced."""

import aiohttp
from playwright.async_api import expect

from tests.browser.seat import Seats, shown_phone
from tests.stories.shop import Shop, new_phone


async def point_elsewhere(shop: Shop) -> None:
    """Somebody changes the number's address at the provider; then the daily look comes round."""
    number = await shop.api.get(f"/numbers/{shop.number_id}")
    path = f"/2010-04-01/Accounts/{shop.account_sid}/IncomingPhoneNumbers/{number['provider_number_id']}.json"
    headers = {"Authorization": aiohttp.encode_basic_auth(shop.account_sid, shop.token)}
    form = {"SmsUrl": "https://elsewhere.example.com/"}
    async with shop.session.post(shop.emulator.base_url + path, data=form, headers=headers) as answer:
        assert answer.status == 200
    await shop.api.post(f"/provider-accounts/{shop.account_id}/check")


async def test_texts_pointed_elsewhere_are_warned_of_everywhere_and_pointed_here_again(
    shop: Shop, seats: Seats
) -> None:
    admin = await seats.sit("Alex", role="administrator")
    await point_elsewhere(shop)
    banner = admin.page.get_by_role("status").filter(has_text=shown_phone(shop.number))
    await expect(banner).to_contain_text("go to https://elsewhere.example.com/")
    await admin.page.goto(f"/settings/numbers/{shop.number_id}")
    await expect(admin.page.get_by_role("dialog")).to_contain_text("Texts arrive here")
    await admin.page.goto("/desk")
    await banner.get_by_role("button", name="Point texts here again").click()
    await expect(banner).to_have_count(0)
    await shop.customer_texts(new_phone(), "It works again")


async def test_a_number_new_at_the_provider_is_found_and_leads_into_its_set_up(shop: Shop, seats: Seats) -> None:
    fresh = new_phone("206")
    await shop.emulator.post("/emulator/numbers", {"phone_number": fresh, "account_sid": shop.account_sid})
    admin = await seats.sit("Alex", role="administrator")
    await admin.page.goto("/settings/numbers")
    await admin.page.get_by_role("button", name="Sync from the providers").click()
    row = admin.page.get_by_role("region", name="At the providers").get_by_role("row", name=shown_phone(fresh))
    await expect(row).to_contain_text("Not used here yet")
    await row.get_by_role("link", name="Add").click()
    await expect(admin.page.get_by_role("heading", name="Connect Twilio")).to_be_visible()


async def test_signatures_are_observed_then_enforced_and_each_turn_says_its_effect(shop: Shop, seats: Seats) -> None:
    first, then = "Only count from now on", "Refuse from now on"
    admin = await seats.sit("Alex", role="administrator")
    page = admin.page
    await page.goto(f"/settings/provider-accounts/{shop.account_id}")
    await page.get_by_role("button", name=first).click()
    await expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("anybody who knows the address")
    await page.get_by_role("main").get_by_role("alert").get_by_role("button", name=first).click()
    await expect(page.get_by_text("Count, but take")).to_be_visible()
    url, _, form = shop.webhook(new_phone(), "Not signed, but taken")
    headers = {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}

    async def taken() -> int:
        async with shop.session.post(url, data=form, headers=headers) as answer:
            return answer.status

    while await taken() != 200:  # the other mode is known to the door within a second
        pass
    await expect(page.get_by_role("row", name="Taken, would be refused").first).to_be_visible()
    await page.get_by_role("button", name=then).click()
    await expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("that would have been")
    await page.get_by_role("main").get_by_role("alert").get_by_role("button", name=then).click()
    await expect(page.get_by_text("Refuse (recommended)")).to_be_visible()
