"""Texts that did not arrive, and providers in trouble, as supervisors and administrators see them."""

from playwright.async_api import Locator, Page, expect

from tests.browser.seat import Seat, Seats, composer, text_of
from tests.stories.shop import Shop, new_phone


async def fail_a_text(shop: Shop, seats: Seats, body: str, ana: Seat | None = None) -> str:
    """An agent's text that a carrier filters; gives the phone, which takes texts again afterwards."""
    phone = new_phone()
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 30007})
    ana = ana or await seats.sit("Ana")
    await shop.customer_texts(phone, "Where is it?")
    await ana.accepts()
    await ana.replies(body)
    await expect(text_of(ana.page, body)).to_contain_text("Not delivered")
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": None})
    return phone


def row_of(page: Page, body: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=body)


async def test_a_supervisor_sends_a_text_again_that_did_not_arrive(shop: Shop, seats: Seats) -> None:
    phone = await fail_a_text(shop, seats, "It is on its way")
    sue = await seats.sit("Sue", role="supervisor", presence="away")
    page = sue.page
    await page.get_by_role("link", name="Failed").click()
    row = row_of(page, "It is on its way")
    await expect(row).to_contain_text("Not delivered")
    await expect(row).to_contain_text("30007")
    await row.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Send 1 text again").click()
    await expect(row).to_have_count(0)
    await expect(page.get_by_text("1 text on the way again")).to_be_visible()
    shown = [text["body"] for text in await shop.phone_shows(phone)]
    assert shown.count("It is on its way") <= 1  # it may still be on its way


async def test_what_is_left_be_leaves_the_list_for_everyone(shop: Shop, seats: Seats) -> None:
    await fail_a_text(shop, seats, "Never mind")
    sue, tom = [await seats.sit(name, role="supervisor", presence="away") for name in ("Sue", "Tom")]
    for page in (sue.page, tom.page):
        await page.goto("/failed")
        await expect(row_of(page, "Never mind")).to_be_visible()
    await row_of(sue.page, "Never mind").get_by_role("checkbox").check()
    await sue.page.get_by_role("button", name="Leave them").click()
    await expect(row_of(sue.page, "Never mind")).to_have_count(0)
    await tom.page.reload()
    await expect(tom.page.get_by_role("heading", level=1)).to_be_visible()
    await expect(row_of(tom.page, "Never mind")).to_have_count(0)


async def test_an_agent_has_no_such_list(seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await expect(ana.page.get_by_role("link", name="Failed")).to_have_count(0)
    await ana.page.goto("/failed")
    await expect(ana.page.get_by_text("This list is for supervisors")).to_be_visible()


async def test_a_provider_in_trouble_is_shown_while_it_lasts(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    admin = await seats.sit("Alex", role="administrator")
    await shop.customer_texts(new_phone(), "Hello")
    await ana.accepts()
    await shop.emulator.put("/emulator/dials", {"throttle_probability": 1})
    try:
        await composer(ana.page).fill("Patience")
        await composer(ana.page).press("Control+Enter")
        banner = admin.page.get_by_role("status").filter(has_text="held back")
        await expect(banner).to_contain_text("1 text waiting", timeout=30_000)
    finally:
        await shop.emulator.put("/emulator/dials", {"throttle_probability": 0})
    await expect(text_of(ana.page, "Patience")).to_contain_text("Delivered", timeout=30_000)
    await expect(banner).to_have_count(0)


async def test_an_administrator_reads_what_the_provider_said(shop: Shop, seats: Seats) -> None:
    await fail_a_text(shop, seats, "Read me")
    admin, sue = await seats.sit("Alex", role="administrator"), await seats.sit("Sue", role="supervisor")
    for page in (admin.page, sue.page):
        await page.goto("/failed")
        await expect(row_of(page, "Read me")).to_be_visible()
    await expect(row_of(sue.page, "Read me").get_by_role("button", name="What the provider said")).to_have_count(0)
    row = row_of(admin.page, "Read me")
    await row.get_by_role("button", name="What the provider said").click()
    await expect(row.get_by_text("ErrorCode=30007")).to_be_visible()
    await expect(row.get_by_text("Its delivery report")).to_be_visible()


async def test_an_agent_leaves_a_text_that_did_not_arrive(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await fail_a_text(shop, seats, "Let it be", ana)
    bubble = text_of(ana.page, "Let it be")
    spoken = shop.number.removeprefix("+1")
    await expect(bubble).to_contain_text(f"({spoken[:3]}) {spoken[3:6]}-{spoken[6:]} · 30007")
    await bubble.get_by_role("button", name="Leave it").click()
    await expect(bubble).to_contain_text("Left as it is.")
    await expect(bubble.get_by_role("button", name="Leave it")).to_have_count(0)
    await bubble.get_by_role("button", name="Resend").click()
    await expect(bubble.first).to_contain_text("Sent again below.")


async def test_a_reply_from_another_number_says_from_which_and_why(shop: Shop, seats: Seats) -> None:
    other, phone = await second_number(shop), new_phone()
    ana = await seats.sit("Ana", capacity=5)
    for number, words in ((other, "Hello there"), (shop.number, "Hello here")):
        await shop.emulator.post(f"/emulator/phones/{phone}/texts", {"to": number, "body": words})
        await ana.accepts()
        await ana.replies(f"Answer to {words}")
        await expect(text_of(ana.page, f"Answer to {words}")).to_contain_text("Delivered")
    await shop.api.patch(f"/workstreams/{shop.workstream_id}", {"fail_over": True})
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 21606})
    await ana.replies("This way then")
    await expect(ana.page.get_by_text("because this conversation's number could not send it")).to_be_visible()


async def second_number(shop: Shop) -> str:
    """Of the same account and workstream."""
    number = new_phone("312")
    declared = {"phone_number": number, "account_sid": shop.account_sid}
    at_carrier = await shop.emulator.post("/emulator/numbers", declared)
    row = {
        "address": number,
        "provider_account_id": shop.account_id,
        "workstream_id": shop.workstream_id,
        "capabilities": ["sms", "mms"],
        "provider_number_id": at_carrier["sid"],
        "parts_per_second": 100,
    }
    made = await shop.api.post("/numbers", row)
    await shop.api.post(f"/numbers/{made['id']}/connect")
    return number


async def test_a_refused_webhook_can_be_looked_at_as_it_knocked(shop: Shop, seats: Seats) -> None:
    url, _, form = shop.webhook(new_phone(), "Forged words")
    async with shop.session.post(url, data=form, headers={"X-Twilio-Signature": "bm90IGl0"}) as answer:
        assert answer.status == 403
    alex = await seats.sit("Alex", role="administrator")
    await alex.page.goto(f"/settings/provider-accounts/{shop.account_id}")
    await alex.page.get_by_role("button", name="Show").click()
    shown = alex.page.get_by_role("dialog")
    await expect(shown).to_contain_text("Body=Forged+words")
    await expect(shown).not_to_contain_text("bm90IGl0")
