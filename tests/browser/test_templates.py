"""A template is written in two languages, mended, read as a customer, approved, and answered with."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import Seats, composer, text_of
from tests.stories.shop import Shop, new_phone


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


def bubble(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Preview").locator("[data-bubble]")


def draft(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "default_locale": "en",
        "texts": {
            "en": "Hi {CustomerFirstName|there}, order {order} leaves on {day}.",
            "es": "Hola {CustomerFirstName|}, el pedido {order} sale el {day}.",
        },
        "slots": [
            {"name": "order", "kind": "text", "sample": "A-1042"},
            {"name": "day", "kind": "date", "sample": "2026-12-24"},
        ],
    }


async def write_template(page: Page, name: str) -> None:
    await page.get_by_label("Name", exact=False).first.fill(name)
    english = page.get_by_role("textbox", name="Text in English")
    await page.get_by_role("button", name="Insert CustomerFirstName").click()
    await expect(english).to_have_value("{CustomerFirstName|there}")
    await english.fill("Hi {CustomerFirstName|there}, order {order} has left.")
    await page.get_by_label("Add a language").select_option("es")
    await page.get_by_role("textbox", name="Text in Spanish").fill("Hola, el pedido {order} ha salido {")


async def test_a_template_is_written_mended_read_as_a_contact_approved_and_used(shop: Shop, seats: Seats) -> None:
    phone, name = new_phone(), f"Order shipped {shop.number}"
    await shop.api.post("/contacts", {"name": f"Luz Rivera {phone}", "phones": [phone], "language": "es-PR"})
    admin = await seats.sit("Alex", role="administrator")
    page = admin.page
    await page.keyboard.press("g")
    await page.keyboard.press("o")
    await page.get_by_role("link", name="Templates").click()
    await page.get_by_role("button", name="New template").click()
    await write_template(page, name)
    await page.get_by_role("tab", name="English").click()
    await page.keyboard.press("Control+s")
    spanish = page.get_by_role("textbox", name="Text in Spanish")
    await expect(page.get_by_text("mend what is marked")).to_be_visible()
    await expect(page.get_by_role("tabpanel")).to_contain_text("uses {order}, which is not a slot")
    await page.get_by_role("button", name="Add {order} to the slots").click()
    await page.get_by_role("tab", name="Spanish").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("there is a lone {")
    await spanish.fill("Hola {CustomerFirstName|}, el pedido {order} ha salido.")
    await page.keyboard.press("Control+s")
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await expect(page.get_by_text("waits for an administrator")).to_be_visible()

    await page.get_by_role("combobox", name="A contact by name or number").fill(phone)
    await page.get_by_role("option", name="Luz Rivera").click()
    await expect(bubble(page)).to_have_text("Hola Luz, el pedido A-1042 ha salido.")
    await page.get_by_role("button", name="Approve").click()
    await expect(page.get_by_text("Approved", exact=True)).to_be_visible()

    ana = await seats.sit("Ana")
    await shop.customer_texts(phone, "¿Dónde está mi pedido?")
    await ana.accepts()
    await composer(ana.page).press("#")
    await ana.page.get_by_role("combobox", name="Search templates").fill(name)
    await ana.page.keyboard.press("Enter")
    await expect(composer(ana.page)).to_have_value("Hola Luz, el pedido {order} ha salido.")
    await expect(ana.page.get_by_text("Fill in {order} before it is sent.")).to_be_visible()
    await expect(ana.page.get_by_role("button", name="Send", exact=False).first).to_be_disabled()
    await ana.page.keyboard.type("B-77")  # the slot is marked, so it is written over
    await composer(ana.page).press("Control+Enter")
    await expect(text_of(ana.page, "Hola Luz, el pedido B-77 ha salido.")).to_be_visible()


async def test_what_is_not_saved_is_not_left_by_mistake(shop: Shop, seats: Seats) -> None:
    sue = await seats.sit("Sue", role="supervisor", presence="away")
    page = sue.page
    made = await sue.ask("POST", "/message-templates", draft(f"Leaves soon {shop.number}"))
    await page.goto(f"/outreach/templates/{made['id']}")
    await expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    await page.get_by_role("textbox", name="Text in English").fill("Order {order} leaves {day}.")
    await expect(bubble(page)).to_have_text("Order A-1042 leaves Dec 24, 2026.")
    await page.get_by_role("link", name="Contacts").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    await dialog.get_by_role("button", name="Stay").click()
    await expect(page.get_by_role("textbox", name="Text in English")).to_have_value("Order {order} leaves {day}.")
    await page.get_by_role("link", name="Contacts").click()
    await dialog.get_by_role("button", name="Leave").click()
    await expect(page.get_by_role("region", name="Contacts")).to_be_visible()


async def test_agents_have_no_outreach(seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await expect(ana.page.get_by_role("link", name="Outreach")).to_have_count(0)
    await ana.page.goto("/outreach/templates")
    await expect(ana.page.get_by_text("Outreach is for supervisors and administrators")).to_be_visible()


async def test_a_rejected_template_says_why_and_an_approved_one_is_archived(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page = admin.page
    made = await admin.ask("POST", "/message-templates", draft(f"Say who {shop.number}"))
    await page.goto(f"/outreach/templates/{made['id']}")
    await page.get_by_role("button", name="Reject").click()
    dialog = page.get_by_role("dialog", name="Reject this draft")
    await dialog.get_by_label("What has to change").fill("Say who we are")
    await dialog.get_by_role("button", name="Reject").click()
    await expect(page.get_by_text("Rejected: Say who we are")).to_be_visible()
    await page.get_by_role("textbox", name="Text in English").fill("Bike Shop: {order} leaves {day}.")
    await page.get_by_role("button", name="Save draft").click()
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_role("button", name="Archive").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("you can bring it back")
    await dialog.get_by_role("button", name="Archive").click()
    await expect(page.get_by_role("button", name="Bring back")).to_be_visible()
    await page.get_by_text("Versions", exact=True).click()
    await expect(page.get_by_role("listitem").filter(has_text="Version 1")).to_contain_text("written by Alex")


async def test_the_screens_of_templates(shop: Shop, seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page, phone = admin.page, new_phone()
    await shop.api.post("/contacts", {"name": f"Luz Rivera {phone}", "phones": [phone], "language": "es"})
    made = await admin.ask("POST", "/message-templates", draft(f"On its way {looker.scheme} {shop.number}"))
    decision = {"decision": "approved", "version": 1}
    await admin.ask("POST", f"/message-templates/{made['id']}/decision", decision)
    refused = await admin.ask("POST", "/message-templates", draft(f"Refused {looker.scheme} {shop.number}"))
    decision = {"decision": "rejected", "version": 1, "reason": "Say who we are before you say what you want"}
    await admin.ask("POST", f"/message-templates/{refused['id']}/decision", decision)
    await page.goto("/outreach/templates")
    await expect(page.get_by_role("button", name=made["name"])).to_be_visible()
    await looker.look(page, "templates")
    await page.goto(f"/outreach/templates/{made['id']}")
    await page.get_by_role("combobox", name="A contact by name or number").fill(phone)
    await expect(page.get_by_role("option", name="Luz Rivera")).to_be_visible()
    await looker.look(page, "template readers")
    await page.get_by_role("option", name="Luz Rivera").click()
    await expect(bubble(page)).to_contain_text("Hola Luz")
    await page.get_by_role("textbox", name="Text in English").fill("Hi {CustomerFirstName|there} ✓ {order} {total}")
    await page.get_by_role("button", name="Save draft").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("which is not a slot. Add it")
    await page.get_by_text("Versions", exact=True).click()
    await expect(page.get_by_text("Version 1", exact=True)).to_be_visible()
    await looker.look(page, "template editor")


async def test_the_templates_over_a_reply(shop: Shop, seats: Seats, looker: Looker) -> None:
    phone, name = new_phone(), f"On its way {looker.scheme} {shop.number}"
    made = await shop.api.post("/message-templates", draft(name))
    await shop.api.post(f"/message-templates/{made['id']}/decision", {"decision": "approved", "version": 1})
    ana = await seats.sit("Ana", color_scheme=looker.scheme)
    await shop.customer_texts(phone, "Where is my order?")
    await ana.accepts()
    await composer(ana.page).press("#")
    await expect(ana.page.get_by_role("option", name=name)).to_be_visible()
    await expect(ana.page.get_by_role("combobox", name="Search templates")).to_be_focused()
    await looker.look(ana.page, "template picker")
    await ana.page.keyboard.press("#")  # pressed twice it is the sign itself
    await expect(composer(ana.page)).to_have_value("#")
    await ana.page.get_by_role("button", name="Insert a template").click()
    await ana.page.get_by_role("option", name=name).click()
    await expect(ana.page.get_by_text("Fill in {order}, {day} before it is sent.")).to_be_visible()
    await looker.look(ana.page, "template in a reply")
