"""An administrator takes an empty centre to its first answered text, without leaving the browser."""

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.fresh import FreshCentre, enter_settings
from tests.browser.seat import Seats, composer, offer, text_of
from tests.running import PASSWORD
from tests.stories.shop import Shop, new_phone


async def open_form(page: Page, settings_page: str, button: str) -> Locator:
    await page.get_by_role("navigation", name="Settings pages").get_by_role("link", name=settings_page).click()
    await page.get_by_role("button", name=button).first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    return dialog


async def submit(dialog: Locator, button: str) -> None:
    await dialog.get_by_role("button", name=button).click()
    await expect(dialog).to_have_count(0)


async def test_from_an_empty_centre_to_the_first_answered_text(chromium: Browser, fresh: FreshCentre) -> None:
    shop = fresh.plan_shop()
    await shop.emulator.post("/emulator/accounts", {"sid": shop.account_sid, "auth_token": shop.token})
    await shop.emulator.post("/emulator/numbers", {"phone_number": shop.number, "account_sid": shop.account_sid})
    seats = Seats(chromium, shop)
    page = await enter_settings(seats, fresh.centre.public_url)
    await expect(page.get_by_role("main")).to_contain_text("of")
    await hire(page)
    await make_queue_and_workstream(page)
    await connect_twilio(page, shop)
    phone = new_phone()
    await send_test_text(page, shop, phone)
    await shop.customer_texts(phone, "I can read it")
    await expect(page.get_by_text("Texts go both ways.")).to_be_visible()
    await page.get_by_role("button", name="Finish", exact=True).click()
    await expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    await expect(page.get_by_text("Everything is set up.")).to_be_visible()

    agent = await (await seats.open_browser()).new_page()
    await agent.goto("/")
    await agent.get_by_label("Email").fill("ana@centre.example")
    await agent.get_by_label("Password").first.fill(PASSWORD)
    await agent.get_by_role("button", name="Sign in").click()
    await agent.get_by_role("button", name="Become available").click()
    await offer(agent, "I can read it").get_by_role("button", name="Accept").click()
    await composer(agent).fill("So can I. Welcome!")
    await composer(agent).press("Control+Enter")
    await expect(text_of(agent, "So can I. Welcome!")).to_contain_text("Delivered")
    await seats.leave()


async def hire(page: Page) -> None:
    dialog = await open_form(page, "Users", "Add user")
    await dialog.get_by_label("Name").fill("Ana Flores")
    await dialog.get_by_label("Email").fill("ana@centre.example")
    await dialog.get_by_label("Password").first.fill("short")
    await dialog.get_by_role("button", name="Add user").click()
    await expect(dialog).to_contain_text("12")  # what is wrong stands at its field
    await dialog.get_by_label("Password").first.fill(PASSWORD)
    await submit(dialog, "Add user")
    await expect(page.get_by_role("cell", name="ana@centre.example")).to_be_visible()


async def make_queue_and_workstream(page: Page) -> None:
    dialog = await open_form(page, "Queues", "Add queue")
    await dialog.get_by_label("Name").fill("Support")
    await dialog.get_by_role("checkbox", name="Ana Flores").check()
    await submit(dialog, "Add queue")
    await expect(page.get_by_role("row", name="Support")).to_contain_text("Ana Flores")
    dialog = await open_form(page, "Workstreams", "Add workstream")
    await dialog.get_by_label("Name").fill("Support texts")
    await dialog.get_by_role("combobox", name="Queue").select_option("Support")
    await submit(dialog, "Add workstream")
    await expect(page.get_by_role("row", name="Support texts")).to_be_visible()


async def connect_twilio(page: Page, shop: Shop) -> None:
    await page.get_by_role("link", name="Provider accounts").click()
    await page.get_by_role("button", name="Connect a provider").first.click()
    await page.get_by_role("radio", name="Twilio").check()
    await page.get_by_role("button", name="Next").click()
    checks = page.get_by_role("complementary", name="Checks")
    await page.get_by_text("Seldom needed").click()
    await page.get_by_label("API address").fill(shop.emulator.base_url)
    await page.get_by_label("Account SID").fill(shop.account_sid)
    await page.get_by_label("Auth token").first.fill("0" * 32)
    await expect(checks).to_contain_text("to mend")
    await page.get_by_label("Auth token").first.fill(shop.token)
    await expect(checks).not_to_contain_text("to mend")
    await expect(checks).to_contain_text("fine")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("checkbox").check()
    await page.get_by_label("Name shown to agents").fill("Support line")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("combobox", name="Workstream").select_option("Support texts")
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("heading", name="Behaviours", level=3)).to_be_visible()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Point texts here").click()
    await expect(page.get_by_role("main")).to_contain_text("/message")
    await expect(page.get_by_role("main")).not_to_contain_text("to mend")
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("main")).to_contain_text("All checks are fine")
    await page.get_by_role("button", name="Next").click()


async def send_test_text(page: Page, shop: Shop, phone: str) -> None:
    await page.get_by_label("Send a test text to").fill(phone)
    await page.get_by_role("button", name="Send test text").click()
    await expect(page.get_by_text("Delivered", exact=True)).to_be_visible()
    await expect(page.get_by_text(f"Now answer it from {phone}")).to_be_visible()

    texts = await shop.emulator.get(f"/emulator/messages?account_sid={shop.account_sid}")
    assert [(text["to"], text["status"]) for text in texts] == [(phone, "delivered")]


async def test_what_is_in_use_is_not_removed_and_says_what_uses_it(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    await admin.page.goto(f"/settings/queues/{shop.queue_id}")
    dialog = admin.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Remove").click()
    await dialog.get_by_role("button", name="Remove").click()
    await expect(dialog.get_by_role("alert")).to_contain_text(f"is used by workstream Shop {shop.number}")
    await expect(dialog).to_be_visible()


async def test_a_refused_webhook_is_counted_where_the_administrator_looks(shop: Shop, seats: Seats) -> None:
    url, _, form = shop.webhook(new_phone(), "Not signed by the provider")
    headers = {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}
    async with shop.session.post(url, data=form, headers=headers) as answer:
        assert answer.status == 403
    admin = await seats.sit("Alex", role="administrator")
    await admin.page.goto(f"/settings/provider-accounts/{shop.account_id}")
    await expect(admin.page.get_by_role("row", name="Texts Refused")).to_contain_text("signature", ignore_case=True)


async def test_settings_are_closed_to_agents(seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await ana.page.goto("/settings/users")
    await expect(ana.page.get_by_text("Settings are for administrators")).to_be_visible()
    await expect(ana.page.get_by_role("link", name="Settings")).to_have_count(0)
