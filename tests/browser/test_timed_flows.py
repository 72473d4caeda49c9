"""A flow is given a time, begins by itself, and is archived; it is looked at in light and dark."""

from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from playwright.async_api import Page, expect

from tests.browser.looking import Looker
from tests.browser.outreaching import audience, some_phones
from tests.browser.seat import Seat, Seats
from tests.browser.test_flows import beside, steps_of
from tests.running import eventually
from tests.stories.conftest import Stage
from tests.stories.shop import Shop, new_phone


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


async def come_due(stage: Stage, flow: dict[str, Any]) -> None:
    """Its time has come."""
    database = await asyncpg.connect(stage.database_url)
    await database.execute("update flow_schedule set next_at = now() where flow_id = $1", flow["id"])
    await database.close()


async def open_new(admin: Seat, name: str, shop: Shop) -> dict[str, Any]:
    steps = {"mark": {"kind": "set", "add_tags": ["told"]}}
    draft = {"trigger": {"kind": "instant"}, "first": "mark", "steps": steps}
    made: dict[str, Any] = await admin.ask(
        "POST", "/flows", {"name": name, "number_id": shop.number_id, "draft": draft}
    )
    await admin.page.goto(f"/outreach/flows/{made['id']}")
    await admin.page.get_by_role("tab", name="List").click()
    await admin.page.get_by_role("button", name="Edit Begins").click()
    return made


async def choose_time(page: Page, tag: str) -> None:
    side = beside(page)
    await side.get_by_label("Begins when").select_option("scheduled")
    await side.get_by_label("By the clocks of").select_option("America/Puerto_Rico")
    await side.get_by_label("Again").select_option("WEEKLY")
    await side.get_by_role("checkbox", name="Thu").check()
    await side.get_by_role("checkbox", name="Mon").check()
    await side.get_by_label("For contacts with the tag").fill(tag)


async def test_a_flow_begins_by_the_clock_and_is_archived(shop: Shop, stage: Stage, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, name, tag = admin.page, f"Weekly {shop.number}", f"member {shop.number}"
    contact = await shop.api.post("/contacts", {"name": "Luz Rivera", "phones": [new_phone()], "tags": [tag]})
    made = await open_new(admin, name, shop)
    side = beside(page)
    await side.get_by_label("Begins when").select_option("scheduled")
    await expect(page.get_by_role("region", name="problem")).to_contain_text("is empty")
    await choose_time(page, tag)
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("version 1", exact=True)).to_be_visible()
    published = (await shop.api.get(f"/flows/{made['id']}"))["published"]["trigger"]
    assert (published["repeats"], published["zone"]) == ("FREQ=WEEKLY;BYDAY=MO,TH", "America/Puerto_Rico")

    await come_due(stage, made)

    async def told() -> Any:
        return "told" in (await shop.api.get(f"/contacts/{contact['id']}"))["tags"]

    await eventually("the flow to have begun by itself", told)
    await page.get_by_role("tab", name="Runs").click()
    times = page.get_by_role("region", name="Times it began")
    await expect(times.get_by_role("row").nth(1)).to_contain_text("done")
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Archive").click()
    await expect(page.get_by_text("Archived", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    await page.get_by_role("button", name="Take back").click()
    await expect(page.get_by_text("Paused", exact=True)).to_be_visible()


async def test_the_screens_of_timed_flows(shop: Shop, stage: Stage, seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page, tag = admin.page, f"seen {shop.number}"
    made = await open_new(admin, f"Timed {looker.scheme} {shop.number}", shop)
    await choose_time(page, tag)
    await looker.look(page, "timed flow")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("version 1", exact=True)).to_be_visible()
    await come_due(stage, made)
    await page.get_by_role("tab", name="Runs").click()
    await expect(page.get_by_role("region", name="Times it began")).to_contain_text("done")
    await looker.look(page, "times it began")
    await page.get_by_role("tab", name="Build").click()
    await page.get_by_role("tab", name="List").click()
    await page.get_by_role("button", name="Edit Begins").click()
    await beside(page).get_by_label("Begins when").select_option("on_date")
    await beside(page).get_by_label("Attribute that holds the day").fill("appointment")
    await looker.look(page, "flow on a day")
    await beside(page).get_by_label("Begins when").select_option("webhook")
    await expect(beside(page).get_by_label("Address to call", exact=True)).not_to_have_value("")
    await looker.look(page, "flow by its address")
    await beside(page).get_by_label("Begins when").select_option("instant")
    await page.get_by_role("button", name="Save draft").click()
    await expect(page.get_by_text("Not saved", exact=True)).to_have_count(0)  # else it asks before it is left
    await page.get_by_role("link", name="Flows").first.click()
    await expect(page.get_by_text("Every Mon, Thu at 09:00, Puerto Rico").first).to_be_visible()
    await looker.look(page, "flows with times")


async def test_another_system_calls_the_address_of_a_flow(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, phone = admin.page, new_phone()
    await open_new(admin, f"Called {shop.number}", shop)
    side = beside(page)
    await side.get_by_label("Begins when").select_option("webhook")
    await side.get_by_label("The customer's phone is").fill("trigger.buyer")
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("version 1", exact=True)).to_be_visible()
    address = side.get_by_label("Address to call", exact=True)
    url = await address.input_value()
    async with shop.session.post(url, json={"buyer": phone}) as answer:
        assert answer.status == 202, await answer.text()
    await side.get_by_role("button", name="Make a new address").click()
    await page.get_by_role("dialog").get_by_role("button", name="Make a new address").click()
    await expect(address).not_to_have_value(url)
    async with shop.session.post(url, json={"buyer": phone}) as answer:
        assert answer.status == 404
    await page.get_by_role("tab", name="Runs").click()
    await expect(page.get_by_role("row").nth(1)).to_contain_text("done")


async def test_a_person_starts_a_flow_for_every_contact_with_a_tag(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, tag = admin.page, f"many {shop.number}"
    for _ in range(2):
        await shop.api.post("/contacts", {"name": "Luz Rivera", "phones": [new_phone()], "tags": [tag]})
    await open_new(admin, f"Many {shop.number}", shop)
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Start for many").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("For contacts with the tag").fill("nobody has this")
    await expect(dialog).to_contain_text("No contact has this tag.")
    await expect(dialog.get_by_role("button", name="Start")).to_be_disabled()
    await dialog.get_by_label("For contacts with the tag").fill(tag)
    await expect(dialog).to_contain_text("2 contacts have it.")
    await dialog.get_by_role("button", name="Start").click()
    await page.get_by_role("tab", name="Runs").click()
    times = page.get_by_role("region", name="Times it began")
    await expect(times.get_by_role("row").nth(1)).to_contain_text(tag)
    await expect(times.get_by_role("row").nth(1)).to_contain_text("done")
    await expect(page.get_by_role("button", name="Luz Rivera")).to_have_count(2)


async def test_a_person_starts_a_flow_for_an_audience(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, name = admin.page, f"Many {shop.number[1:]}"
    await audience(shop, name, some_phones(2))
    await open_new(admin, name, shop)
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Start for many").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox").select_option(label=f"audience {name}")
    await expect(dialog).to_contain_text("One run for each of its members")
    await dialog.get_by_role("button", name="Start").click()
    await page.get_by_role("tab", name="Runs").click()
    times = page.get_by_role("region", name="Times it began")
    await expect(times.get_by_role("row").nth(1)).to_contain_text(name)
    await expect(times.get_by_role("row").nth(1)).to_contain_text("done")
