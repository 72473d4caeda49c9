"""The wizard of each provider: all right, a wrong key, a wrong number, an address nobody reaches; left and resumed."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.connecting import CARRIERS, Walk
from tests.browser.fresh import FreshCentre, enter_settings
from tests.browser.seat import Seats, shown_phone
from tests.running import free_port
from tests.stories.shop import Shop, new_phone


@pytest_asyncio.fixture(loop_scope="session", params=sorted(CARRIERS))
async def walk(request: pytest.FixtureRequest, shop: Shop, seats: Seats) -> AsyncIterator[Walk]:
    carrier = CARRIERS[request.param]()
    await carrier.declare(shop.emulator)
    admin = await seats.sit("Alex", role="administrator")
    yield Walk(admin.page, carrier, shop.emulator)


async def test_a_provider_is_connected_and_the_test_text_comes_back(walk: Walk) -> None:
    await walk.to_numbers()
    await walk.to_callbacks()
    await walk.connect()
    await expect(walk.checks).to_contain_text("Public address")
    await walk.next()
    await walk.at("Summary")
    await expect(walk.main).to_contain_text(re.compile("All .* fine"))
    await expect(walk.main).to_contain_text("the United States, Canada and Puerto Rico")
    await walk.next()
    await walk.at("Test text")
    phone = new_phone()
    await walk.send_test(phone)
    await expect(walk.page.get_by_text("Delivered", exact=True)).to_be_visible()
    await expect(walk.page.get_by_text(f"Now answer it from {phone}")).to_be_visible()
    await walk.emulator.post(f"/emulator/phones/{phone}/texts", {"to": walk.carrier.number, "body": "I got it"})
    await expect(walk.page.get_by_text("Texts go both ways.")).to_be_visible()


async def test_a_wrong_key_is_red_with_the_way_to_mend_it_and_nothing_is_listed(walk: Walk) -> None:
    await walk.choose_provider()
    await walk.next()
    label, wrong = walk.carrier.wrong
    await walk.enter({**walk.carrier.typed, label: wrong})
    await expect(walk.checks).to_contain_text("to mend")
    await expect(walk.checks).to_contain_text("copy", ignore_case=True)
    await walk.enter({label: walk.carrier.typed[label]})
    await expect(walk.checks).not_to_contain_text("to mend")


async def test_a_number_that_is_not_theirs_is_refused_or_fails_with_the_reason(walk: Walk) -> None:
    await walk.to_numbers()
    await walk.type_number("555")
    await expect(walk.main).to_contain_text("could not be looked at")
    strange = new_phone("415")
    await walk.type_number(strange)
    box = walk.page.get_by_role("checkbox", name=shown_phone(strange))
    if walk.carrier.lists:
        await expect(walk.main).to_contain_text(f"no number {strange} at {walk.carrier.label}")
        await expect(box).to_be_disabled()
        await expect(walk.page.get_by_role("button", name="Next", exact=True)).to_be_disabled()
        return
    await expect(box).to_be_checked()  # nobody can tell until a text is sent from it
    for step in ("Workstream", "Behaviours", "Callbacks", "Summary", "Test text"):
        await walk.next()
        await walk.at(step)
        if step == "Workstream":
            await walk.make_workstream()
    await walk.send_test(new_phone())
    failed = walk.main.get_by_role("listitem").filter(has_text="Failed")
    await expect(failed).to_contain_text("sender", ignore_case=True)
    await expect(walk.page.get_by_text("Now answer it")).to_have_count(0)


@pytest.mark.parametrize("walk", ["acs"], indirect=True)
async def test_a_number_of_direct_routing_is_shown_but_refused_with_the_reason(walk: Walk) -> None:
    routed = new_phone("425")
    number = {"phone_number": routed, "account_sid": walk.carrier.sid, "capabilities": ["voice"]}
    await walk.emulator.post("/emulator/numbers", number)
    await walk.to_numbers()
    await expect(walk.page.get_by_role("checkbox", name=shown_phone(routed))).to_be_disabled()
    row = walk.main.get_by_role("listitem").filter(has_text=shown_phone(routed))
    await expect(row).to_contain_text("carries no texts")
    await expect(row).to_contain_text("direct routing")


async def test_set_up_that_was_left_is_taken_up_again_and_keeps_what_was_saved(walk: Walk) -> None:
    await walk.to_numbers()
    await walk.page.reload()
    await walk.at("Numbers")
    await walk.choose_number()
    await walk.page.get_by_role("button", name="Back", exact=True).click()
    await walk.at("Credentials")
    await walk.next()
    await walk.at("Numbers")
    await expect(walk.page.get_by_label("Name shown to agents")).to_have_value("Support line")  # what was typed stays
    await walk.next()
    await walk.make_workstream()
    await walk.next()
    await walk.at("Behaviours")
    await walk.page.get_by_role("link", name="Finish later").click()
    await walk.page.get_by_role("link", name="Continue set-up").click()
    await walk.at("Callbacks")
    await walk.connect()


async def test_the_wizard_is_gone_through_by_keyboard_alone(walk: Walk) -> None:
    page = walk.page
    await page.goto("/settings/provider-accounts/new")
    await page.get_by_role("radio").first.focus()
    while not await page.get_by_role("radio", name=walk.carrier.label).is_checked():
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await walk.at("Credentials")
    await walk.enter(walk.carrier.typed)
    await page.keyboard.press("Enter")
    await walk.at("Numbers")
    await expect(page.get_by_role("heading", name="Numbers", level=3)).to_be_focused()


@pytest.mark.parametrize("provider", sorted(CARRIERS))
async def test_an_address_that_nobody_reaches_is_said_before_texts_are_lost(
    provider: str, seats: Seats, fresh: FreshCentre
) -> None:
    unreachable = f"http://127.0.0.1:{free_port()}"
    fresh.server.process.terminate()
    fresh.server.process.wait()
    fresh.centre.environment["ANSWERBACK_PUBLIC_URL"] = unreachable
    fresh.start()
    planned = fresh.plan_shop()
    carrier = CARRIERS[provider]()
    await carrier.declare(planned.emulator)
    page = await enter_settings(seats, f"http://127.0.0.1:{fresh.centre.port}")
    walk = Walk(page, carrier, planned.emulator)
    await walk.to_numbers()
    await walk.to_callbacks()
    await expect(walk.checks).to_contain_text(f"Nothing takes connections at {unreachable}")
    await expect(walk.checks).to_contain_text("Start the proxy, or open its port in the firewall.")
