"""An offer comes with its reason and its countdown; accepted it opens, declined it goes to the next agent."""

import re

from playwright.async_api import expect

from tests.browser.seat import Seats, composer, conversations, offer, shown_phone, text_of, thread
from tests.stories.shop import Shop, new_phone


async def test_an_offer_says_who_what_and_why_and_opens_when_accepted(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Is my bicycle ready?")
    card = offer(ana.page)
    await expect(card.get_by_role("heading")).to_have_text(shown_phone(phone))
    await expect(card).to_contain_text("Is my bicycle ready?")
    await expect(card.get_by_role("timer")).to_have_attribute("aria-label", re.compile(r"^\d+ s left$"))

    await card.get_by_role("button", name="Accept").click()
    await expect(offer(ana.page)).to_have_count(0)
    await expect(text_of(ana.page, "Is my bicycle ready?")).to_be_visible()
    await expect(composer(ana.page)).to_be_visible()
    await expect(thread(ana.page)).to_contain_text("Ana accepted")
    held = await shop.conversation_with(phone, lambda one: one["state"] == "active")
    assert held["agent_id"] == ana.id
    assert ana.page.url.endswith(f"/desk/{held['id']}")


async def test_a_declined_offer_goes_to_the_next_agent(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana", capacity=10)
    ben = await seats.sit("Ben", capacity=1)
    await shop.customer_texts(new_phone(), "Hello")
    await offer(ana.page).get_by_role("button", name="Decline").click()
    await expect(offer(ana.page)).to_have_count(0)
    await ben.accepts()
    await expect(thread(ben.page)).to_contain_text("Ana declined")


async def test_nobody_available_leaves_it_in_open_where_it_can_be_taken(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana", presence="away")
    await expect(conversations(ana.page)).to_contain_text("You are not available")
    phone = new_phone()
    await shop.customer_texts(phone, "Anybody there?")
    await conversations(ana.page).get_by_role("tab", name="Open").click()
    await conversations(ana.page).get_by_role("button", name=shown_phone(phone)).click()
    await ana.page.get_by_role("button", name="Take it").click()
    await expect(composer(ana.page)).to_be_visible()
    await expect(thread(ana.page)).to_contain_text("Ana took it")


async def test_becoming_available_brings_what_waits(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana", presence="away")
    await shop.customer_texts(new_phone(), "Still waiting")
    await ana.page.get_by_role("button", name="Become available").click()
    await expect(offer(ana.page)).to_contain_text("Still waiting")
