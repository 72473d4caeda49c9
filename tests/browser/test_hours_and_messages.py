"""An administrator sets hours and automated messages; a customer who texts while closed is told when it opens."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import Seats
from tests.running import eventually
from tests.stories.shop import Shop, new_phone


async def open_page(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Settings pages").get_by_role("link", name=name, exact=True).click()


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


async def test_hours_are_made_put_on_a_number_and_told_to_who_texts_outside_them(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page = admin.page
    await page.goto("/settings/calendars")
    await page.get_by_role("button", name="Add hours").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=False).first.fill(f"Never {shop.number}")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        await dialog.get_by_role("button", name=f"Remove time 1 on {day}").click()
    await expect(dialog.get_by_role("status")).to_contain_text("never opens")
    await dialog.get_by_role("button", name="Add a time on Monday").click()
    await dialog.get_by_label("Monday, opening time 1").fill("23:58")
    await dialog.get_by_label("Monday, closing time 1").fill("23:59")
    await expect(dialog.get_by_role("status")).to_contain_text("Closed now, opens")
    await dialog.get_by_role("button", name="Add hours").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("row", name=f"Never {shop.number}")).to_contain_text("Closed now, opens")

    await page.goto(f"/settings/numbers/{shop.number_id}")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Hours").select_option(label=f"Never {shop.number}")
    await dialog.get_by_role("button", name="Save").last.click()
    await expect(dialog).to_have_count(0)

    await open_page(page, "Messages")
    await page.get_by_role("button", name="Out of hours").click()
    dialog = page.get_by_role("dialog", name="Out of hours")
    await dialog.get_by_label("For").select_option(str(shop.number_id))
    text = dialog.get_by_label("Text in English")
    await text.fill("Closed, {AgentName} is away. Back ")
    await dialog.get_by_role("button", name="{ReopensAt}").first.click()
    await expect(text).to_have_value("Closed, {AgentName} is away. Back {ReopensAt}")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_contain_text("which this message does not know")
    await text.fill("Closed. Back {ReopensAt}.")
    await expect(dialog).to_contain_text("Closed. Back tomorrow at 9 AM.")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("row", name="Out of hours A customer")).to_contain_text("1 number")

    phone = new_phone()
    await shop.customer_texts(phone, "Anybody there?")

    async def told() -> bool:
        (text,) = await shop.phone_shows(phone) or [{"body": ""}]
        return text["body"].startswith("Closed. Back ") and text["body"].endswith(" at 11:58 PM.")

    await eventually("the customer to be told once", told)
    await shop.api.ask("DELETE", f"/automated-messages/out_of_hours?number_id={shop.number_id}")


async def test_the_screens_of_hours_and_messages(shop: Shop, seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page = admin.page
    week = {
        day: [{"opens": "09:00", "closes": "12:30"}, {"opens": "13:30", "closes": "18:00"}] for day in ("mon", "tue")
    }
    calendar = {
        "name": f"Office {looker.scheme} {shop.number}",
        "time_zone": "America/Puerto_Rico",
        "week": {**week, "fri": [{"opens": "20:00", "closes": "02:00"}]},
        "holidays": {"country": "US", "subdivision": "PR", "names": ["Epiphany", "Christmas Day"]},
        "special_days": [
            {"first": "2026-12-24", "name": "Christmas Eve", "spans": [{"opens": "09:00", "closes": "12:00"}]},
            {"first": "2026-12-28", "last": "2026-12-31", "name": "Inventory"},
        ],
    }
    made = await shop.api.post("/calendars", calendar)
    await page.goto("/settings/calendars")
    await expect(page.get_by_role("row", name=calendar["name"])).to_be_visible()
    await looker.look(page, "hours")
    await page.goto(f"/settings/calendars/{made['id']}")
    await expect(page.get_by_role("dialog").get_by_text("Epiphany")).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("now")
    await looker.look(page, "hours form")
    await page.goto("/settings/messages")
    await expect(page.get_by_role("button", name="Greeting")).to_be_visible()
    await looker.look(page, "messages")
    await page.get_by_role("button", name="Out of hours").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await looker.look(page, "message form")
    await page.goto(f"/settings/workstreams/{shop.workstream_id}")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("switch", name="Ask for a score").check()
    await expect(dialog.get_by_label("Question, English")).to_be_visible()
    await dialog.get_by_text("Survey by text").scroll_into_view_if_needed()
    await looker.look(page, "survey and media")
