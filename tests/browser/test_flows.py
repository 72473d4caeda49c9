"""A flow is built, mended, tried on the phone beside it, published, and runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.looking import Looker
from tests.browser.seat import Seat, Seats
from tests.running import eventually
from tests.stories.shop import Shop, new_phone


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


async def make_template(admin: Seat, name: str) -> int:
    draft = {
        "name": name,
        "default_locale": "en",
        "purpose": "conversation",
        "texts": {"en": "Case {case} is open. Was this quick? 1 or 2"},
        "slots": [{"name": "case", "kind": "text", "sample": "A-1042"}],
    }
    made = await admin.ask("POST", "/message-templates", draft)
    await admin.ask("POST", f"/message-templates/{made['id']}/decision", {"decision": "approved", "version": 1})
    template_id: int = made["id"]
    return template_id


def definition(template_id: int, queue_id: int) -> dict[str, Any]:
    return {
        "trigger": {"kind": "automated", "event": "api"},
        "first": "tell",
        "again": "always",
        "steps": {
            "tell": {"kind": "send", "template_id": template_id, "values": {"case": "trigger.case"}, "next": "hear"},
            "hear": {
                "kind": "await_reply",
                "seconds": 86400,
                "answers": [{"words": ["1", "yes"], "next": "end"}, {"words": ["2", "no"], "next": "hand"}],
                "next": "hand",
                "silent": "mark",
            },
            "mark": {"kind": "set", "add_tags": ["silent"], "next": "end"},
            "hand": {"kind": "hand_over", "queue_id": queue_id, "note": "Not happy", "next": "end"},
            "end": {"kind": "end", "outcome": "done"},
        },
    }


def steps_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Steps of the flow")


def beside(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Beside the steps")


async def add_step(page: Page, kind: str) -> None:
    await page.get_by_role("button", name="Add step").click()
    await page.get_by_role("menuitem", name=kind).click()
    await expect(beside(page).get_by_role("heading", name=kind)).to_be_visible()


async def begin_building(page: Page, name: str, shop: Shop) -> None:
    await page.goto("/outreach/flows")
    await page.get_by_role("button", name="New flow").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(name)
    await dialog.get_by_label("Sends from").select_option(str(shop.number_id))
    await dialog.get_by_role("button", name="Add flow").click()
    await expect(page.get_by_role("dialog")).to_contain_text("whsec_")
    await page.get_by_role("button", name="Go on to the flow").click()


async def try_it(page: Page) -> None:
    """With a reply, then anew."""
    side = beside(page)
    await page.get_by_role("tab", name="Try it").click()
    glass = side.get_by_role("figure", name="Phone of the customer")
    await expect(glass.locator("[data-bubble]")).to_have_text("Case A-1042 is open. Was this quick? 1 or 2")
    hears = page.get_by_role("group", name="Await a reply: for up to 1 day")
    await expect(hears.locator("[data-stands=true]")).to_be_visible()
    await side.get_by_label("Type a reply").fill("no")
    await side.get_by_label("Type a reply").press("Enter")
    await expect(glass).to_contain_text("Ended: done")
    await expect(side.get_by_role("region", name="Diary")).to_contain_text("Hand over")
    await side.get_by_role("button", name="Start over").click()
    await expect(glass).to_contain_text("Waits for the reply")


async def test_a_flow_is_built_mended_tried_published_and_runs(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, phone, name = admin.page, new_phone(), f"Case created {shop.number}"
    template = await make_template(admin, name)
    await begin_building(page, name, shop)
    problems = page.get_by_role("region", name="problem")
    await expect(problems).to_contain_text("is not a template that can be sent")
    await problems.get_by_role("button", name="Send a text").click()
    side = beside(page)
    await side.get_by_label("Template").select_option(str(template))
    await expect(side).to_contain_text("has no value")
    await side.get_by_label("Value of {case}").fill("trigger.case +")
    await expect(side).to_contain_text("cannot be read")
    await side.get_by_label("Value of {case}").fill("trigger.case")
    await add_step(page, "Await a reply")
    await add_step(page, "Hand over")
    await expect(problems).to_contain_text("is not a queue")
    await side.get_by_label("Queue").select_option(str(shop.queue_id))
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")

    await try_it(page)
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("version 1", exact=True)).to_be_visible()
    flow_id = page.url.rpartition("/")[2]
    await steps_of(page).get_by_role("group", name="Begins: A system, by the API").click()
    await expect(side.get_by_role("region", name="How a system begins it")).to_contain_text(f"/flows/{flow_id}/runs")
    wish = {"items": [{"phone": phone, "facts": {"case": "B-7"}}]}
    await shop.emulator.post("/emulator/phones", {"number": phone, "name": "Luz Rivera"})
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})  # at whatever hour this runs
    await shop.api.post("/consent", {"phone": phone, "choice": "opt_in", "words": "Tell me about my case"})
    await shop.api.post(f"/flows/{flow_id}/runs", wish)

    async def told() -> Any:
        return [text for text in await shop.phone_shows(phone) if text["body"].startswith("Case B-7 is open")]

    await eventually("the text at the customer's phone", told)
    await page.get_by_role("tab", name="Runs").click()
    await expect(page.get_by_role("row").nth(1)).to_contain_text("Awaits a reply")
    await shop.customer_texts(phone, "2")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("done")
    await page.get_by_role("row").nth(1).get_by_role("button").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Hand over")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("Paused", exact=True)).to_be_visible()


async def test_a_flow_is_built_by_keyboard_from_the_list_and_undone(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, name = admin.page, f"Keys {shop.number}"
    template = await make_template(admin, name)
    draft = {"name": name, "number_id": shop.number_id, "draft": definition(template, shop.queue_id)}
    made = await admin.ask("POST", "/flows", draft)
    await page.goto(f"/outreach/flows/{made['id']}")
    await page.get_by_role("tab", name="List").click()
    rows = page.get_by_role("list", name="Steps as a list").locator("> li")
    await expect(rows).to_have_count(6)
    hears = rows.filter(has_text="Await a reply").filter(has=page.get_by_label("no reply leads to"))
    await hears.get_by_label("no reply leads to").select_option("hand")
    await expect(page.get_by_role("region", name="problem")).to_contain_text("never reached")
    await page.get_by_role("button", name="Remove Change the contact").click()
    await expect(rows).to_have_count(5)
    await page.get_by_role("tab", name="List").focus()
    await page.keyboard.press("Control+z")
    await expect(rows).to_have_count(6)
    await page.keyboard.press("Control+z")
    await expect(hears.get_by_label("no reply leads to")).to_have_value("mark")
    await page.keyboard.press("Control+Shift+z")
    await expect(hears.get_by_label("no reply leads to")).to_have_value("hand")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("Not saved")).to_have_count(0)


async def test_steps_are_joined_by_dragging_and_parted_by_the_delete_key(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, name = admin.page, f"Drag {shop.number}"
    template = await make_template(admin, name)
    draft = {"name": name, "number_id": shop.number_id, "draft": definition(template, shop.queue_id)}
    made = await admin.ask("POST", "/flows", draft)
    await page.goto(f"/outreach/flows/{made['id']}")
    text = steps_of(page).get_by_role("group", name=f"Send a text: {name}")
    way_out = text.locator("[data-handleid=refused]")
    way_in = steps_of(page).get_by_role("group", name="Hand over: Shop").locator(".target")
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")
    await way_out.hover()
    await page.mouse.down()
    await way_in.hover()
    await way_in.hover()
    await page.mouse.up()
    line = steps_of(page).get_by_role("group", name="Send a text, refused: Hand over")
    await expect(line).to_have_count(1)
    await line.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Delete")
    await expect(line).to_have_count(0)


async def test_a_flow_is_started_for_a_contact(shop: Shop, seats: Seats) -> None:
    admin = await seats.sit("Alex", role="administrator")
    page, phone, name = admin.page, new_phone(), f"By hand {shop.number}"
    contact = await shop.api.post("/contacts", {"name": "Luz Rivera", "phones": [phone]})
    steps = {"mark": {"kind": "set", "add_tags": ["greeted"]}}
    draft = {"trigger": {"kind": "instant"}, "first": "mark", "steps": steps}
    made = await admin.ask("POST", "/flows", {"name": name, "number_id": shop.number_id, "draft": draft})
    await admin.ask("POST", f"/flows/{made['id']}/publish")
    await page.goto(f"/contacts/{contact['id']}")
    await page.get_by_role("button", name="Start a flow").click()
    dialog = page.get_by_role("dialog", name="Start a flow")
    await dialog.get_by_label("Flow").select_option(str(made["id"]))
    await dialog.get_by_role("button", name="Start").click()
    await expect(page.get_by_text(f"{name} has begun.")).to_be_visible()

    async def greeted() -> Any:
        return "greeted" in (await shop.api.get(f"/contacts/{contact['id']}"))["tags"]

    await eventually("the flow to have tagged the contact", greeted)


async def test_the_screens_of_flows(shop: Shop, seats: Seats, looker: Looker) -> None:
    admin = await seats.sit("Alex", role="administrator", color_scheme=looker.scheme)
    page, name = admin.page, f"Case created {looker.scheme} {shop.number}"
    draft = definition(await make_template(admin, name), shop.queue_id)
    made = await admin.ask("POST", "/flows", {"name": name, "number_id": shop.number_id, "draft": draft})
    await admin.ask("POST", f"/flows/{made['id']}/publish")
    await page.goto("/outreach/flows")
    await expect(page.get_by_role("button", name=name)).to_be_visible()
    await looker.look(page, "flows")
    await page.get_by_role("button", name=name).click()
    await expect(steps_of(page)).to_contain_text("Nothing is wrong")
    await page.get_by_role("tab", name="Try it").click()
    await beside(page).get_by_label("Type a reply").fill("no")
    await beside(page).get_by_label("Type a reply").press("Enter")
    await expect(beside(page)).to_contain_text("Ended: done")
    await looker.look(page, "flow tried")
    await page.get_by_role("group", name="Await a reply: for up to 1 day").click()
    await expect(beside(page).get_by_label("Answer 1 is one of")).to_have_value("1, yes")
    await add_step(page, "Send a text")
    await expect(page.get_by_role("region", name="problem")).to_be_visible()
    await looker.look(page, "flow step")
    await page.get_by_role("tab", name="List").click()
    await looker.look(page, "flow list")
    await page.get_by_role("tab", name="Runs").click()
    await expect(page.get_by_text("No runs yet")).to_be_visible()
    await looker.look(page, "flow runs")
