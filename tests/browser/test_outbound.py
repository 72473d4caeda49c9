"""Texts that other systems order: a configuration is made, its example is run, and what became of it shows."""

import json
from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import Seats, text_of
from tests.stories.shop import Shop, new_phone


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


async def approved_template(shop: Shop, name: str, body: str = "Your order {order} has left.") -> int:
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})  # at whatever hour this runs
    draft = {
        "name": name,
        "default_locale": "en",
        "texts": {"en": body},
        "slots": [{"name": "order", "kind": "text", "sample": "A-1042"}],
    }
    made = await shop.api.post("/message-templates", draft)
    await shop.api.post(f"/message-templates/{made['id']}/decision", {"decision": "approved", "version": 1})
    return int(made["id"])


CONSENT = {"words": "Yes, text me about my order", "at": "2026-01-05T10:00:00Z", "proof": {"note": "at the counter"}}


async def make_configuration(page: Page, name: str, template: str, number: str) -> None:
    await page.goto("/outreach/outbound-configurations")
    await page.get_by_role("button", name="Add configuration").click()
    dialog = page.get_by_role("dialog", name="Add configuration")
    await dialog.get_by_label("Name").fill(name)
    await dialog.get_by_label("Template").select_option(template)
    await dialog.get_by_role("checkbox", name=f"({number[2:5]}) {number[5:8]}-{number[8:]}").check()
    await dialog.get_by_role("button", name="Add configuration").click()
    await expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()


async def test_a_configuration_is_made_ordered_with_and_switched_off(shop: Shop, seats: Seats) -> None:
    name, phone = f"Order shipped {shop.number}", new_phone("312")
    await approved_template(shop, f"Shipped {shop.number}")
    sue = await seats.sit("Sue", role="supervisor", presence="away")
    page = sue.page
    await make_configuration(page, name, f"Shipped {shop.number}", shop.number)
    await expect(page.get_by_text("Nothing was ordered yet")).to_be_visible()

    await page.get_by_role("tab", name="JSON").click()
    example = json.loads(await page.get_by_role("region", name="Example of an order").inner_text())
    assert example["items"][0]["contextitems"]["order"] == "A-1042"
    example["items"][0] |= {"tocontactid": phone, "locale": "en", "consent": CONSENT}
    refused = {**example["items"][0], "tocontactid": new_phone("312"), "optin": False, "key": "unwanted"}
    await shop.api.post("/outbound-messages", {**example, "items": [example["items"][0], refused]})

    row = page.get_by_role("row").filter(has_text=f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}")
    await expect(row).to_contain_text("Delivered")
    await expect(page.get_by_role("row").filter(has_text="Refused")).to_have_count(1)
    await row.get_by_role("link").click()
    await expect(text_of(page, "Your order A-1042 has left.")).to_contain_text("Delivered")
    await page.go_back()

    await page.get_by_role("button", name="Switch off").click()
    await expect(page.get_by_text("Switched off", exact=True)).to_be_visible()
    answer = await shop.api.ask("POST", "/outbound-messages", {**example, "items": [refused]}, expect=409)
    assert "switched off" in answer["detail"]
    await page.get_by_role("button", name="Switch on").click()
    await expect(page.get_by_text("Takes orders", exact=True)).to_be_visible()


async def test_the_screens_of_outbound_configurations(shop: Shop, seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page = admin.page
    template, phone = f"Shipped {shop.number}", new_phone("312")
    await approved_template(shop, template)
    await make_configuration(page, f"Order shipped {shop.number}", template, shop.number)
    configuration_id = int(page.url.rsplit("/", 1)[1])
    await looker.look(page, "outbound configuration empty")
    item = {"optin": True, "contextitems": {"order": "A-1042", "regardingobjectid": "8f3b2a10"}}
    items = [
        {**item, "tocontactid": phone, "consent": CONSENT},
        {**item, "tocontactid": new_phone("312"), "optin": False},
    ]
    await admin.ask("POST", "/outbound-messages", {"configuration_id": configuration_id, "items": items})
    await expect(page.get_by_role("row").filter(has_text="Delivered")).to_be_visible()
    await looker.look(page, "outbound configuration")
    await page.get_by_role("button", name="Edit").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await looker.look(page, "outbound configuration form")
    await page.goto("/outreach/outbound-configurations")
    await expect(page.get_by_role("table")).to_be_visible()
    await looker.look(page, "outbound configurations")
