"""Consent and texts for later, as an agent sees them: the card, marked sentences, schedules, and texting first."""

from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import Seat, Seats, composer, text_of
from tests.stories.shop import Shop, new_phone


def card(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Customer").get_by_role("region", name="Consent")


async def look(page: Page, screen: str, scheme: str = "light") -> None:
    looker = Looker(scheme)
    await looker.look(page, screen)
    assert looker.findings == []


async def opened(shop: Shop, seats: Seats, body: str = "Hello", **options: Any) -> tuple[Seat, str]:
    ana = await seats.sit("Ana", **options)
    phone = new_phone("312")
    await shop.customer_texts(phone, body)
    await ana.accepts()
    return ana, phone


async def test_the_card_says_what_holds_and_records_what_the_customer_said(shop: Shop, seats: Seats) -> None:
    ana, _ = await opened(shop, seats, color_scheme="dark")
    await expect(card(ana.page).get_by_text("Nothing said")).to_have_count(3)
    await card(ana.page).get_by_role("button", name="Record opt-in").click()
    dialog = ana.page.get_by_role("dialog", name="Record an opt-in")
    await dialog.get_by_label("What the customer said").fill("Yes, send me news about my repair")
    await dialog.get_by_label("Proof: a link").fill("https://shop.example/forms/12")
    await dialog.get_by_role("button", name="Record").click()
    await expect(dialog).to_have_count(0)
    await expect(card(ana.page).get_by_text("Agreed")).to_have_count(1)
    await expect(card(ana.page)).to_contain_text("Opted in to informational texts as an agent recorded")
    await card(ana.page).get_by_text("1 entry").click()
    await expect(card(ana.page)).to_contain_text("Yes, send me news about my repair")
    await expect(card(ana.page).get_by_role("link")).to_have_attribute("href", "https://shop.example/forms/12")
    await look(ana.page, "consent card", "dark")


async def test_a_sentence_that_looks_like_an_opt_out_is_marked_and_recorded_by_the_agent(
    shop: Shop, seats: Seats
) -> None:
    ana, _ = await opened(shop, seats, "Thanks. Please stop texting me now. Bye")
    text = text_of(ana.page, "Please stop texting me now.")
    await expect(text.locator("mark")).to_have_text("Please stop texting me now.")
    await expect(ana.page.get_by_role("button", name="Send")).to_have_count(1)
    await look(ana.page, "opt-out suggestion")
    await text.get_by_role("button", name="Record opt-out").click()
    await expect(text.locator("mark")).to_have_count(0)
    await expect(ana.page.get_by_text("Customer opted out of texts")).to_be_visible()
    await expect(card(ana.page).get_by_role("definition").get_by_text("Opted out", exact=True)).to_have_count(3)
    await composer(ana.page).fill("One more thing")
    await expect(ana.page.get_by_role("button", name="Send")).to_be_disabled()


async def test_a_text_for_later_is_shown_with_its_time_and_taken_back(shop: Shop, seats: Seats) -> None:
    ana, _ = await opened(shop, seats)
    await composer(ana.page).fill("Good morning!")
    await ana.page.get_by_role("button", name="Schedule").click()
    await ana.page.get_by_role("menuitem", name="In 1 hour").click()
    await expect(composer(ana.page)).to_have_value("")
    text = text_of(ana.page, "Good morning!")
    await expect(text).to_contain_text("Leaves")
    await expect(text).to_contain_text("Scheduled")
    await ana.replies("One moment please")
    await expect(text_of(ana.page, "One moment please")).to_contain_text("Delivered")
    await look(ana.page, "scheduled text")
    await text.get_by_role("button", name="Take back").click()
    await expect(text).to_contain_text("Canceled")


async def test_texting_first_is_for_who_may_and_shows_the_gates_answer_before_it_is_sent(
    shop: Shop, seats: Seats
) -> None:
    ana = await seats.sit("Ana")
    await ana.page.keyboard.press("c")
    await expect(ana.page.get_by_role("dialog")).to_have_count(0)
    await shop.api.patch(f"/users/{ana.id}", {"granted": ["start_conversation"]})
    phone = new_phone("312")
    await ana.page.reload()
    await expect(ana.page.get_by_role("region", name="Conversations")).to_be_visible()
    await ana.page.keyboard.press("c")
    dialog = ana.page.get_by_role("dialog", name="New text")
    await dialog.get_by_role("textbox", name="To").fill(phone)
    shown = f"({shop.number[2:5]}) {shop.number[5:8]}-{shop.number[8:]}"
    number = dialog.get_by_role("option").filter(has_text=shown)
    await dialog.get_by_label("From").select_option(await number.get_attribute("value"))
    await dialog.get_by_role("textbox", name="Text").fill("Your bicycle is ready")
    await expect(dialog.get_by_role("status")).to_contain_text("has not agreed to texts from it")
    await expect(dialog.get_by_role("button", name="Send")).to_be_disabled()
    await look(ana.page, "new text refused")

    await shop.api.post("/consent", {"phone": phone, "choice": "opt_in", "words": "Call me when it is ready"})
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})  # at whatever hour this runs
    await dialog.get_by_role("textbox", name="Text").fill("Your bicycle is ready!")
    await expect(dialog).to_contain_text("May be sent")
    await dialog.get_by_role("button", name="Send").click()
    await expect(text_of(ana.page, "Your bicycle is ready!")).to_contain_text("Delivered")
    await shop.customer_texts(phone, "Great, thanks")
    await expect(text_of(ana.page, "Great, thanks")).to_be_visible()


def zone_at_night() -> str:
    """Where it is three in the morning, whenever this runs."""
    ahead = (3 - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+}"


async def test_a_text_that_quiet_hours_hold_back_is_scheduled_where_it_was_written(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone("312")
    await shop.api.patch(f"/users/{ana.id}", {"granted": ["start_conversation"]})
    contact = {"name": f"Kai Akana {phone}", "phones": [phone], "time_zone": zone_at_night()}
    await shop.api.post("/contacts", contact)
    words = {"phone": phone, "choice": "opt_in", "purpose": "promotional", "words": "Send me your offers"}
    await shop.api.post("/consent", words)
    await ana.page.reload()
    await expect(ana.page.get_by_role("region", name="Conversations")).to_be_visible()
    await ana.page.keyboard.press("c")
    dialog = ana.page.get_by_role("dialog", name="New text")
    await dialog.get_by_role("textbox", name="To").fill(phone)
    shown = f"({shop.number[2:5]}) {shop.number[5:8]}-{shop.number[8:]}"
    number = dialog.get_by_role("option").filter(has_text=shown)
    await dialog.get_by_label("From").select_option(await number.get_attribute("value"))
    await dialog.get_by_label("What it is").select_option("promotional")
    await dialog.get_by_role("textbox", name="Text").fill("Lights at half price")
    await expect(dialog.get_by_role("status")).to_contain_text("03:")
    await expect(dialog.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await look(ana.page, "new text at night")
    await dialog.get_by_role("button", name="Schedule for").click()
    text = text_of(ana.page, "Lights at half price")
    await expect(text).to_contain_text("Scheduled")
    await expect(text).to_contain_text("Leaves")


async def test_an_administrator_sets_the_centres_own_rules(shop: Shop, seats: Seats) -> None:
    boss = await seats.sit("Boss", role="administrator")
    await boss.page.goto("/settings/sending-rules")
    field = boss.page.get_by_label("Most texts unasked to one phone")
    await field.fill("3")
    await look(boss.page, "sending rules")
    await boss.page.get_by_role("button", name="Save").click()
    await expect(boss.page.get_by_text("Saved")).to_be_visible()
    assert (await boss.ask("GET", "/sending-rules"))["own_cap_texts"] == 3
    await boss.ask("PATCH", "/sending-rules", {"own_cap_texts": None})
