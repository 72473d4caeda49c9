"""Every tab in step: one holds the live stream, the others hear it from there, and another takes over when it goes."""

from playwright.async_api import expect

from tests.browser.seat import Seats, composer, conversations, offer, shown_phone, text_of
from tests.stories.shop import Shop, new_phone


async def test_what_happens_in_one_tab_shows_in_the_other(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    other = await ana.another_tab()
    phone = new_phone()
    await shop.customer_texts(phone, "Hello from outside")
    await expect(offer(ana.page)).to_be_visible()
    await expect(offer(other)).to_be_visible()

    await ana.accepts()
    await expect(offer(other)).to_have_count(0)
    await conversations(other).get_by_role("button", name=shown_phone(phone)).click()
    await expect(text_of(other, "Hello from outside")).to_be_visible()

    await ana.replies("Hello from the first tab")
    await expect(text_of(other, "Hello from the first tab")).to_contain_text("Delivered")
    await shop.customer_texts(phone, "Seen by both")
    for page in (ana.page, other):
        await expect(text_of(page, "Seen by both")).to_be_visible()


async def test_when_the_tab_that_held_the_stream_closes_another_takes_over(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    second = await ana.another_tab()
    third = await ana.another_tab()
    await ana.page.close()
    for page in (second, third):
        await expect(conversations(page)).to_be_visible()
    phone = new_phone()
    await shop.customer_texts(phone, "Who holds the line now?")
    for page in (second, third):
        await expect(offer(page)).to_contain_text("Who holds the line now?")
    await offer(third).get_by_role("button", name="Accept").click()
    await expect(offer(second)).to_have_count(0)
    await expect(composer(third)).to_be_visible()


async def test_presence_set_in_one_tab_shows_in_the_other_and_to_colleagues(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    other = await ana.another_tab()
    await ana.page.get_by_role("button", name="Change presence").click()
    await ana.page.get_by_role("menuitem", name="Away").click()
    for page in (ana.page, other):
        await expect(page.get_by_role("button", name="You are Away")).to_be_visible()
