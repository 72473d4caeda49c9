"""From signing in to a delivered answer without a mouse; and each shortcut that the list of keys promises."""

from playwright.async_api import Page, expect

from tests.browser.seat import Seats, composer, conversations, offer, text_of
from tests.running import PASSWORD
from tests.stories.shop import Shop, new_phone


async def test_from_signing_in_to_a_sent_answer_without_a_mouse(shop: Shop, seats: Seats) -> None:
    person = await seats.sit("Ana", presence="offline")
    page = await (await seats.open_browser()).new_page()
    await person.context.close()
    keys = page.keyboard
    await page.goto("/")
    await expect(page.get_by_label("Email")).to_be_focused()
    await keys.type(person.email)
    await keys.press("Tab")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await expect(conversations(page)).to_be_visible()

    await keys.press("Control+k")
    await expect(page.get_by_role("combobox", name="Commands")).to_be_focused()
    await keys.type("available")
    await keys.press("Enter")
    await expect(page.get_by_role("button", name="You are Available")).to_be_visible()

    await shop.customer_texts(new_phone(), "Is anybody there?")
    await expect(offer(page)).to_be_visible()
    await keys.press("a")
    await expect(text_of(page, "Is anybody there?")).to_be_visible()
    await keys.press("r")
    await expect(composer(page)).to_be_focused()
    await keys.type("Yes, I am.")
    await keys.press("Control+Enter")
    await expect(text_of(page, "Yes, I am.")).to_contain_text("Delivered")

    await keys.press("Escape")
    await keys.press("e")
    await expect(page.get_by_role("region", name="Wrap up")).to_be_visible()
    await keys.press("Control+Enter")
    await expect(page.get_by_text("This conversation is closed.")).to_be_visible()


async def test_the_keys_move_through_the_lists(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    page, keys = ana.page, ana.page.keyboard
    for body in ("First", "Second"):
        await shop.customer_texts(new_phone(), body)
        await ana.accepts(body)
    await keys.press("Escape")  # out of the composer, were it focused
    await keys.press("g")
    await keys.press("d")
    await expect(page.get_by_text("Choose a conversation")).to_be_visible()
    await keys.press("j")
    await keys.press("Enter")
    await expect(text_of(page, "First")).to_be_visible()
    await keys.press("j")
    await keys.press("Enter")
    await expect(text_of(page, "Second")).to_be_visible()
    await keys.press("3")
    await expect(page.get_by_role("tab", name="Closed")).to_have_attribute("aria-selected", "true")
    await keys.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()


async def test_letters_are_text_while_one_writes_and_offers_wait(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "First")
    await ana.accepts()
    await composer(ana.page).focus()
    await shop.customer_texts(new_phone(), "Second")
    await expect(offer(ana.page)).to_be_visible()
    await ana.page.keyboard.type("a d e s t w")
    await expect(composer(ana.page)).to_have_value("a d e s t w")
    await expect(offer(ana.page)).to_be_visible()
    await expect(ana.page.get_by_role("dialog")).to_have_count(0)


async def test_the_list_of_keys_opens_with_a_question_mark(seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await ana.page.keyboard.press("?")
    dialog = ana.page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(dialog).to_contain_text("Write a reply")
    await ana.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await focus_is_not_lost(ana.page)


async def focus_is_not_lost(page: Page) -> None:
    await page.keyboard.press("Tab")
    await expect(page.locator(":focus")).to_have_count(1)
