"""Every screen, light and dark: axe-core finds nothing serious, and nothing sticks out down to a tablet's width."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.looking import Looker
from tests.browser.pictures import png
from tests.browser.scene import furnish
from tests.browser.seat import Seats, composer, conversations, offer, text_of
from tests.stories.shop import Shop, new_phone

SETTINGS = ("setup", "numbers", "workstreams", "queues", "users", "tokens", "events", "provider-accounts")
WITH_FORM = ("numbers", "workstreams", "queues", "users", "tokens")


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


async def test_signing_in(seats: Seats, looker: Looker) -> None:
    page = await (await seats.open_browser(color_scheme=looker.scheme)).new_page()
    await page.goto("/sign-in")
    await page.get_by_label("Email").fill("nobody@centre.example")
    await page.get_by_label("Password").first.fill("not the password")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("wrong")
    await looker.look(page, "sign-in")


async def test_an_empty_desk(seats: Seats, looker: Looker) -> None:
    ana = await seats.sit("Ana", presence="away", color_scheme=looker.scheme)
    await looker.look(ana.page, "desk empty")


async def test_a_busy_desk_and_all_that_opens_over_it(shop: Shop, seats: Seats, looker: Looker) -> None:
    ana = await furnish(shop, seats, color_scheme=looker.scheme)
    page = ana.page
    await looker.look(page, "desk")
    await composer(page).press("Escape")
    for key, name, screen in (
        ("w", "Why this agent?", "why"),
        ("t", "Transfer", "transfer"),
        ("?", "Keyboard shortcuts", "key help"),
        ("Control+k", "", "command bar"),
    ):
        await page.keyboard.press(key)
        dialog = page.get_by_role("dialog", name=name) if name else page.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        await expect(dialog.get_by_text("Reading")).to_have_count(0)
        await looker.look(page, screen)
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
    await page.get_by_role("button", name="Snooze").click()
    await looker.look(page, "snooze menu")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Change presence").click()
    await looker.look(page, "me menu")
    await page.keyboard.press("Escape")
    await conversations(page).get_by_role("tab", name="Open").click()
    await looker.look(page, "desk open list")


async def test_an_offer_a_failure_and_the_wrap_up(shop: Shop, seats: Seats, looker: Looker) -> None:
    ana = await seats.sit("Ana", color_scheme=looker.scheme)
    page = ana.page
    phone = new_phone()
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 30007})
    await shop.customer_texts(phone, "Hello", [("image/png", png(20, 120, 90))])
    await ana.accepts()
    await ana.replies("This one is filtered")
    await expect(text_of(page, "This one is filtered")).to_contain_text("Not delivered")
    await page.get_by_role("textbox", name="Reply", exact=True).fill("Costly “quotes” and ✓ marks")
    await shop.customer_texts(new_phone(), "An offer over the thread")
    await expect(offer(page)).to_be_visible()
    await looker.look(page, "offer and failure")
    await offer(page).get_by_role("button", name="Decline").click()
    await page.get_by_role("button", name="End").first.click()
    await expect(page.get_by_role("region", name="Wrap up")).to_be_visible()
    await looker.look(page, "wrap-up")


async def test_the_desk_while_the_connection_is_lost(shop: Shop, seats: Seats, looker: Looker) -> None:
    ana = await seats.sit("Ana", color_scheme=looker.scheme)
    await shop.customer_texts(new_phone(), "Hello")
    await ana.accepts()
    await ana.context.set_offline(True)
    await expect(ana.page.get_by_text("Reconnecting…")).to_be_visible()
    await ana.replies("This waits")
    await expect(text_of(ana.page, "This waits")).to_contain_text("Waits for the connection")
    await looker.look(ana.page, "no connection")


async def test_texts_that_did_not_arrive(shop: Shop, seats: Seats, looker: Looker) -> None:
    sue = await seats.sit("Sue", role="supervisor", presence="away", color_scheme=looker.scheme)
    phone = new_phone()
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 30003})
    ana = await seats.sit("Ana")
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    await ana.replies("Nobody will read this")
    await expect(text_of(ana.page, "Nobody will read this")).to_contain_text("Not delivered")
    await sue.page.goto("/failed")
    await (
        sue.page.get_by_role("listitem").filter(has_text="Nobody will read this").first.get_by_role("checkbox").check()
    )
    await looker.look(sue.page, "failed texts")


async def test_contacts(shop: Shop, seats: Seats, looker: Looker) -> None:
    contact = await shop.api.post("/contacts", {"name": "Maria Gonzalez", "phones": [new_phone()]})
    ana = await seats.sit("Ana", color_scheme=looker.scheme)
    await ana.page.goto(f"/contacts/{contact['id']}")
    await expect(ana.page.get_by_role("heading", name="Consent")).to_be_visible()
    await looker.look(ana.page, "contacts")
    await ana.page.get_by_role("button", name="Add contact").click()
    await expect(ana.page.get_by_role("dialog")).to_be_visible()
    await looker.look(ana.page, "contact form")


async def test_settings(shop: Shop, seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page = admin.page
    for name in SETTINGS:
        await page.goto(f"/settings/{name}")
        await expect(page.get_by_role("heading", level=2).first).to_be_visible()
        await looker.look(page, f"settings {name}")
    await page.goto(f"/settings/numbers/{shop.number_id}")
    await page.get_by_role("dialog").get_by_text("What was told to the carriers").click()
    await looker.look(page, "settings number")
    await page.goto(f"/settings/provider-accounts/{shop.account_id}")
    await expect(page.get_by_text("Webhook health")).to_be_visible()
    await looker.look(page, "settings account")


async def test_the_forms_of_the_settings(seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page = admin.page
    for name in WITH_FORM:
        await page.goto(f"/settings/{name}/new")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await looker.look(page, f"form {name}")
    await page.goto("/settings/provider-accounts/new")
    await page.get_by_role("radio", name="Twilio").check()
    await looker.look(page, "wizard provider")
    await page.get_by_role("button", name="Next").click()
    await looker.look(page, "wizard credentials")
