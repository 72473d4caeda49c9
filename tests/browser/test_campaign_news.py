"""The list of campaigns follows what others do with them, though nothing runs and nobody loads it again."""

from playwright.async_api import expect

from tests.browser.outreaching import audience, campaign, some_phones
from tests.browser.seat import Seats
from tests.browser.test_outbound import approved_template
from tests.stories.shop import Shop


async def test_a_campaign_that_a_colleague_adds_is_there_without_loading_again(shop: Shop, seats: Seats) -> None:
    name = f"Added {shop.number}"
    template = await approved_template(shop, name, "Order {order} is ready.")
    audience_id = await audience(shop, name, some_phones(1))
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    await page.goto("/outreach/campaigns")
    await expect(page.get_by_role("heading", name="Campaigns", exact=True).first).to_be_visible()
    await campaign(shop, name, audience_id, template)
    await expect(page.get_by_text(name).first).to_be_visible(timeout=60_000)
