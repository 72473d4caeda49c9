"""Calls on screen: a missed one is texted back and offered, an agent calls the customer, an administrator chooses."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import Seat, Seats, conversations, offer, shown_phone, text_of, thread
from tests.browser.test_accessibility import looker
from tests.running import Json, eventually
from tests.stories.shop import Shop, new_phone
from tests.stories.test_calls import TEXT_BACK, declare_phone

__all__ = ["looker"]


def calls_in(page: Page) -> Locator:
    return thread(page).get_by_text(re.compile("call", re.IGNORECASE))


async def may_call(shop: Shop, seat: Seat) -> None:
    """The number has voice, and this person may use it; their screen starts anew with that."""
    await shop.api.patch(f"/numbers/{shop.number_id}", {"capabilities": ["sms", "mms", "voice"]})
    await shop.api.patch(f"/users/{seat.id}", {"granted": ["call_customers"]})
    await seat.page.goto("/desk")
    await expect(conversations(seat.page)).to_be_visible()


async def test_a_missed_call_is_texted_back_and_its_conversation_offered(
    shop: Shop, seats: Seats, looker: Looker
) -> None:
    await shop.do_with_calls(behaviour="text_thread", words="We will text you.", text_back=TEXT_BACK)
    ana = await seats.sit("Ana", color_scheme=looker.scheme)
    phone = new_phone("787")
    await declare_phone(shop, phone)
    await shop.customer_calls(phone)
    await expect(offer(ana.page)).to_contain_text(shown_phone(phone))
    await ana.accepts()
    page = ana.page
    await expect(thread(page).get_by_text("Missed call · texted back")).to_be_visible()
    await expect(text_of(page, TEXT_BACK)).to_contain_text("Automatic")

    async def arrived() -> Json:
        return await shop.phone_shows(phone)

    assert [text["body"] for text in await eventually("the text back", arrived)] == [TEXT_BACK]
    await ana.replies("We are open until six.")
    await expect(text_of(page, "We are open until six.")).to_contain_text("Delivered")
    await shop.customer_texts(phone, "Do you have a bicycle for a child?")
    await expect(text_of(page, "for a child")).to_be_visible()
    card = page.get_by_role("complementary", name="Customer")
    await expect(card).to_contain_text("1 call, 1 missed")
    await looker.look(page, "missed call")


async def test_an_agent_enters_their_phone_calls_the_customer_and_sees_it_live(
    shop: Shop, seats: Seats, looker: Looker
) -> None:
    ana = await seats.sit("Ana", color_scheme=looker.scheme)
    await may_call(shop, ana)
    page, own, phone = ana.page, new_phone("212"), new_phone("787")
    await declare_phone(shop, phone)
    await declare_phone(shop, own)
    await shop.customer_texts(phone, "Please call me")
    await ana.accepts()
    await page.keyboard.press("Escape")
    await page.keyboard.press("p")
    dialog = page.get_by_role("dialog", name=f"Call {shown_phone(phone)}")
    await expect(dialog).to_contain_text("Your own phone is not known")
    await looker.look(page, "call without own phone")
    await dialog.get_by_label("My phone").fill(own)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_contain_text(f"Your phone, {shown_phone(own)}, rings first")
    await looker.look(page, "call")
    await dialog.get_by_role("button", name="Ring my phone").click()
    await expect(dialog).to_have_count(0)
    await expect(thread(page).get_by_text("Ana is calling the customer")).to_be_visible()
    await shop.picks_up(own)
    leg = await shop.picks_up(phone)
    await expect(thread(page).get_by_text("Ana is on the phone with the customer")).to_be_visible()
    await shop.emulator.post(f"/emulator/calls/{leg}/hang-up")
    await expect(thread(page).get_by_text("Ana called the customer")).to_be_visible()
    await page.reload()
    await expect(thread(page).get_by_text("Ana called the customer")).to_be_visible()
    await looker.look(page, "called")


async def test_who_may_not_call_has_no_button_and_no_key(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "Hello")
    await ana.accepts()
    await expect(ana.page.get_by_role("button", name="Transfer")).to_be_visible()
    await expect(ana.page.get_by_role("button", name="Call", exact=True)).to_have_count(0)
    await ana.page.keyboard.press("Escape")
    await ana.page.keyboard.press("p")
    await expect(ana.page.get_by_role("dialog")).to_have_count(0)


async def test_an_administrator_chooses_what_callers_meet_and_sees_what_was_there_before(
    shop: Shop, seats: Seats, looker: Looker
) -> None:
    before = {"phone_number": shop.number, "account_sid": shop.account_sid, "voice_url": "http://127.0.0.1:9/pbx"}
    await shop.emulator.post("/emulator/numbers", before)
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page = admin.page
    await page.goto(f"/settings/numbers/{shop.number_id}")
    section = page.get_by_role("region", name="Calls to this number")
    await expect(section).to_contain_text("This number has no voice")
    await shop.api.patch(f"/numbers/{shop.number_id}", {"capabilities": ["sms", "mms", "voice"]})
    await page.reload()
    await section.get_by_label("When somebody calls").select_option("text_thread")
    await section.get_by_role("button", name="Set at the provider").click()
    await expect(section).to_contain_text("is missing")
    await section.get_by_label("Callers hear").fill("We answer texts. One is on its way to you.")
    await section.get_by_label("Text back").fill(TEXT_BACK)
    await section.get_by_role("button", name="Set at the provider").click()
    await expect(section).to_contain_text("Before, calls went to http://127.0.0.1:9/pbx")
    await section.scroll_into_view_if_needed()
    await looker.look(page, "number calls")
    await section.get_by_label("When somebody calls").select_option("untouched")
    await section.get_by_role("button", name="Set at the provider").click()
    await expect(section).not_to_contain_text("Before, calls went to")
    number = await shop.api.get(f"/numbers/{shop.number_id}")
    assert number["voice"]["behaviour"] == "untouched"
