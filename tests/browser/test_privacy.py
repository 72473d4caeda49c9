"""A customer asks what is known of them, complains, and asks to be forgotten: the contact's page does it."""

import zipfile

from playwright.async_api import Locator, Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import WIDE, Seat, Seats, composer, shown_phone, text_of
from tests.stories.shop import Shop, new_phone


def privacy(page: Page) -> Locator:
    return page.get_by_role("region", name="Privacy")


async def look(page: Page, screen: str, scheme: str = "light") -> None:
    looker = Looker(scheme)
    await looker.look(page, screen)
    assert looker.findings == []


async def known(shop: Shop, seats: Seats, **options: object) -> tuple[Seat, str]:
    """An administrator on the page of a customer who wrote."""
    boss = await seats.sit("Bea", role="administrator", **options)
    phone = new_phone("312")
    await shop.customer_texts(phone, "I moved to Elm Street 5")
    await boss.page.goto("/contacts")
    await boss.page.get_by_role("link").filter(has_text=shown_phone(phone)).first.click()
    await expect(privacy(boss.page)).to_be_visible()
    return boss, phone


async def unzipped(page: Page, button: Locator) -> dict[str, bytes]:
    async with page.expect_download() as waiting:
        await button.click()
    path = await (await waiting.value).path()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_an_administrator_gives_out_evidence_and_all_that_is_known(shop: Shop, seats: Seats) -> None:
    boss, phone = await known(shop, seats)
    evidence = await unzipped(boss.page, boss.page.get_by_role("link", name="Evidence"))
    assert b"Elm Street 5" in evidence["texts.jsonl"]
    assert phone.encode() in evidence["summary.html"]
    everything = await unzipped(boss.page, boss.page.get_by_role("link", name="Export all that is known"))
    assert phone.encode() in everything["contact.json"]


async def test_a_hold_forbids_erasing_until_it_is_released(shop: Shop, seats: Seats) -> None:
    boss, _ = await known(shop, seats, color_scheme="dark")
    here = privacy(boss.page)
    await here.get_by_role("button", name="Legal hold").click()
    dialog = boss.page.get_by_role("dialog")
    await dialog.get_by_label("Reason").fill("Complaint 2026-114")
    await dialog.get_by_role("button", name="Put on hold").click()
    await expect(here).to_contain_text("Complaint 2026-114")
    await expect(here.get_by_role("button", name="Erase")).to_be_disabled()
    await look(boss.page, "contact on hold", "dark")
    await here.get_by_role("button", name="Release").click()
    await dialog.get_by_label("Reason").fill("Settled")
    await dialog.get_by_role("button", name="Release").click()
    await expect(here.get_by_role("button", name="Erase")).to_be_enabled()
    await expect(here).to_contain_text("1 hold released")


async def test_erasing_asks_for_the_phone_and_leaves_nothing_to_see(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    boss, phone = await known(shop, seats)
    await ana.accepts()
    await expect(text_of(ana.page, "Elm Street 5")).to_be_visible()
    await privacy(boss.page).get_by_role("button", name="Erase").click()
    dialog = boss.page.get_by_role("dialog", name="Erase this customer")
    await dialog.get_by_label("Type one of their phones").fill("+1 312 555 9999")
    await dialog.get_by_role("button", name="Erase for good").click()
    await expect(dialog).to_contain_text("so that nobody else is erased")
    await look(boss.page, "erase dialog")
    await dialog.get_by_label("Type one of their phones").fill(shown_phone(phone))
    await dialog.get_by_role("button", name="Erase for good").click()
    await expect(boss.page.get_by_text("This customer was erased")).to_be_visible()
    await expect(boss.page.get_by_text(shown_phone(phone))).to_have_count(0)
    await expect(text_of(ana.page, "Words removed")).to_be_visible()
    await expect(ana.page.get_by_text("Elm Street 5")).to_have_count(0)
    await expect(composer(ana.page)).to_have_count(0)


async def test_an_agent_sees_nothing_of_it(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone("312")
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    await expect(text_of(ana.page, "Hello")).to_be_visible()
    await expect(composer(ana.page)).to_be_visible()
    await expect(ana.page.get_by_role("link", name="Evidence")).to_have_count(0)
    await ana.page.goto("/contacts")
    await ana.page.get_by_role("link").filter(has_text=shown_phone(phone)).first.click()
    await expect(ana.page.get_by_role("region", name="Consent")).to_be_visible()
    await expect(privacy(ana.page)).to_have_count(0)


async def test_a_file_of_consent_is_taken_in_and_each_bad_line_named(shop: Shop, seats: Seats) -> None:
    boss = await seats.sit("Bea", role="administrator")
    await boss.page.goto("/settings/consent")
    phone = new_phone("312")
    content = f"phone,choice,at,words\n{phone},opt_out,2026-01-31,No more\nnonsense,opt_in,2026-01-31,Yes\n"
    file = {"name": "consent.csv", "mimeType": "text/csv", "buffer": content.encode()}
    await boss.page.get_by_label("Choose a CSV file").set_input_files([file])
    await expect(boss.page.get_by_role("status").filter(has_text="1 line recorded")).to_be_visible()
    row = boss.page.get_by_role("row").filter(has_text="phone")
    await expect(row.last).to_contain_text("3")
    await look(boss.page, "consent file")
    async with boss.page.expect_download() as waiting:
        await boss.page.get_by_role("link", name="Export the ledger").click()
    assert phone in (await (await waiting.value).path()).read_text()


async def test_numbers_are_put_into_a_brand_on_screen(shop: Shop, seats: Seats) -> None:
    boss = await seats.sit("Bea", role="administrator", color_scheme="dark")
    await boss.page.goto("/settings/brands")
    await boss.page.get_by_role("button", name="Add brand").first.click()
    dialog = boss.page.get_by_role("dialog")
    await dialog.get_by_label("Name customers know").fill("Elm Street Shoes")
    await dialog.get_by_label(shown_phone(shop.number)).check()
    await look(boss.page, "brand", "dark")
    await dialog.get_by_role("button", name="Add brand").click()
    row = boss.page.get_by_role("row").filter(has_text="Elm Street Shoes")
    await expect(row).to_contain_text(shown_phone(shop.number))


async def test_a_customer_is_asked_to_confirm_and_their_yes_counts(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone("312")
    await shop.customer_texts(phone, "How do I get your offers?")
    await ana.accepts()
    card = ana.page.get_by_role("region", name="Consent")
    await card.get_by_role("button", name="Ask to confirm").click()
    dialog = ana.page.get_by_role("dialog", name="Ask this phone to confirm")
    await dialog.get_by_label("What they agreed to").fill("Asked for offers in a text")
    await dialog.get_by_role("button", name="Send the question").click()
    await expect(card.get_by_text("Asked", exact=True)).to_be_visible()
    await shop.customer_texts(phone, "YES")
    await expect(card.get_by_text("Agreed", exact=True)).to_be_visible()


async def test_what_would_go_by_age_is_said_before_it_is_saved(shop: Shop, seats: Seats) -> None:
    boss = await seats.sit("Bea", role="administrator")
    await boss.page.goto("/settings/privacy")
    await boss.page.get_by_label("Words of texts and notes").fill("730")
    told = boss.page.get_by_role("status").filter(has_text="would take out nothing")
    await expect(told).to_be_visible()
    await look(boss.page, "retention")
    await boss.page.get_by_role("button", name="Save").click()
    await expect(told).to_have_count(0)
    assert (await boss.ask("GET", "/retention"))["texts_days"] == 730
    await boss.ask("PATCH", "/retention", {"texts_days": None})


async def test_the_audit_shows_what_people_did_and_to_whom(shop: Shop, seats: Seats) -> None:
    boss, _ = await known(shop, seats)
    await unzipped(boss.page, boss.page.get_by_role("link", name="Evidence"))
    await boss.page.set_viewport_size({"width": 768, "height": 900})
    await boss.page.goto("/settings/events")
    await expect(boss.page.get_by_role("link", name="Events", exact=True)).to_be_in_viewport(ratio=1)
    await boss.page.set_viewport_size(WIDE)
    filters = boss.page.get_by_role("region", name="Which events")
    await filters.get_by_label("What").select_option("EvidenceExported")
    await filters.get_by_label("Who").select_option(str(boss.id))
    row = boss.page.get_by_role("row").filter(has_text="Evidence exported")
    await expect(row).to_have_count(1)
    await look(boss.page, "audit")
    await row.get_by_role("link", name="Contact").click()
    await expect(privacy(boss.page)).to_be_visible()


async def test_masks_cover_what_agents_see_and_a_supervisor_reveals_one_text(shop: Shop, seats: Seats) -> None:
    boss = await seats.sit("Bea", role="administrator")
    await boss.page.goto("/settings/mask-rules")
    await boss.page.get_by_role("button", name="Add mask").first.click()
    dialog = boss.page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("Account numbers")
    await dialog.get_by_label("What it covers").select_option("pattern")
    await dialog.get_by_label("Pattern", exact=True).fill("(ACC)+")
    await dialog.get_by_role("button", name="Add mask").click()
    await expect(dialog).to_contain_text("cannot be used at character 1")
    await dialog.get_by_label("Pattern", exact=True).fill(r"ACC-\d{6}")
    await dialog.get_by_role("button", name="Add mask").click()
    await expect(dialog).to_have_count(0)
    await boss.page.get_by_label("Text", exact=True).fill("It is ACC-123456")
    await expect(boss.page.get_by_role("status").filter(has_text="It is •••-••••••")).to_be_visible()
    await look(boss.page, "masks")

    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone("312"), "My account is ACC-654321")
    await ana.accepts()
    await expect(text_of(ana.page, "My account is •••-••••••")).to_be_visible()
    await expect(ana.page.get_by_text("654321")).to_have_count(0)
    await expect(ana.page.get_by_role("button", name="Reveal")).to_have_count(0)
    await boss.page.goto(ana.page.url)
    await boss.page.get_by_role("button", name="Reveal").click()
    await expect(boss.page.get_by_text("ACC-654321")).to_be_visible()
    [rule] = (await boss.ask("GET", "/mask-rules"))["items"]
    await boss.ask("PATCH", f"/mask-rules/{rule['id']}", {"active": False})
