"""A campaign on screen: from a file to the answered reply, held and ended in the middle, and how it all looks."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.looking import Looker
from tests.browser.outreaching import (
    agree,
    audience,
    campaign,
    choose_words_and_number,
    csv_file,
    list_of,
    mark,
    members_of,
    next_step,
    some_phones,
)
from tests.browser.seat import Seats, shown_phone, text_of
from tests.browser.test_audiences import upload
from tests.browser.test_outbound import approved_template
from tests.running import eventually
from tests.stories.shop import Shop, new_phone

READY = "Order {order} is ready."
WHILE_IT_RUNS_MS = 60_000


@pytest.fixture(params=["light", "dark"])
def looker(request: pytest.FixtureRequest) -> Iterator[Looker]:
    looker = Looker(request.param)
    yield looker
    assert not looker.findings, "\n".join(looker.findings)


async def start(page: Page) -> None:
    await page.get_by_role("button", name="Start now").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start now").click()
    await expect(page.get_by_role("heading", name="Recipients")).to_be_visible()


async def take_sample(page: Page, folder: Path) -> Path:
    """As it is offered where a file is asked for."""
    await page.goto("/outreach/audiences/new")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="500 made-up customers").click()
    sample = folder / (await waiting.value).suggested_filename
    await (await waiting.value).save_as(sample)
    return sample


async def try_it(shop: Shop, page: Page) -> None:
    """To one's own phone first."""
    mine = new_phone("312")
    await shop.emulator.post("/emulator/phones", {"number": mine})
    await page.get_by_label("Phone for a test").fill(mine)
    await page.get_by_label("Phone for a test").press("Enter")
    await expect(page.get_by_text("Sent. Look at the phone.")).to_be_visible()
    [shown] = await eventually("the test", lambda: shop.phone_shows(mine))
    assert shown["body"].startswith("Order A-2000 is ready.")


async def set_up(shop: Shop, page: Page, name: str, sample: Path) -> list[str]:
    """From the file to the step before the start; the phones it is for."""
    template = f"Ready {shop.number}"
    await approved_template(shop, template, READY)
    await shop.api.patch(f"/numbers/{shop.number_id}", {"price_per_part": 0.01})
    await upload(page, sample, name)
    await page.get_by_role("button", name="Read the file").click()
    await expect(page.get_by_text("From a file · 496 members")).to_be_visible()
    await expect(mark(page, "Ready")).to_be_visible()
    audience_id = int(page.url.rsplit("/", 1)[1])
    phones = await members_of(shop, audience_id)
    await agree(shop, phones)
    await page.get_by_role("link", name="Use in a campaign").click()
    await expect(page.get_by_label("Audience")).to_have_value(str(audience_id))
    await page.get_by_label("Name of the campaign").fill(name)
    await next_step(page, "Text")
    await page.get_by_label("Text 1").select_option(template)
    await expect(page.get_by_text("Order A-2000 is ready.")).to_be_visible()
    await next_step(page, "Sending")
    await page.get_by_role("checkbox", name=shown_phone(shop.number)).check()
    await next_step(page, "Preview")
    await expect(page.get_by_text("496 leave at once")).to_be_visible()
    await expect(page.get_by_text("Everybody gets it.")).to_be_visible()
    await expect(page.get_by_text("4.96 USD")).to_be_visible()
    await next_step(page, "Start")
    return phones


async def test_a_file_becomes_a_campaign_whose_replies_are_answered(shop: Shop, seats: Seats, tmp_path: Path) -> None:
    name = f"Spring {shop.number}"
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    ana = await seats.sit("Ana")
    phones = await set_up(shop, page, name, await take_sample(page, tmp_path))
    await try_it(shop, page)
    await expect(page.get_by_text("496 customers of the audience are texted: 496 parts, 4.96 USD.")).to_be_visible()
    await start(page)
    await expect(mark(page, "Done")).to_be_visible(timeout=WHILE_IT_RUNS_MS)
    await expect(page.get_by_text("496 delivered")).to_be_visible(timeout=WHILE_IT_RUNS_MS)

    await shop.customer_texts(phones[0], "I will come at five")
    await ana.accepts()
    await expect(text_of(ana.page, "Order A-2000 is ready.")).to_contain_text(name)
    await ana.replies("See you then")
    await expect(text_of(ana.page, "See you then")).to_contain_text("Delivered")

    await page.reload()
    await page.get_by_label("Outcome").select_option("Replied (1)", timeout=WHILE_IT_RUNS_MS)
    rows = page.get_by_role("row").filter(has=page.get_by_role("link"))
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Replied")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Export").click()
    exported = csv.DictReader(io.StringIO((await (await waiting.value).path()).read_text()))
    assert {one["phone"] for one in exported} == set(phones)
    await rows.get_by_role("link", name=shown_phone(phones[0])).click()
    await expect(text_of(page, "See you then")).to_be_visible()


async def test_a_campaign_is_held_goes_on_and_is_ended(shop: Shop, seats: Seats) -> None:
    template = await approved_template(shop, f"Ready {shop.number}", READY)
    await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": 1})
    name = f"Slow {shop.number}"
    campaign_id = await campaign(shop, name, await audience(shop, name, some_phones(60)), template)
    await shop.api.post(f"/campaigns/{campaign_id}/start")
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    await page.goto(f"/outreach/campaigns/{campaign_id}")
    await expect(mark(page, "Running")).to_be_visible()
    dialog = page.get_by_role("dialog")

    await page.get_by_role("button", name="Pause").click()
    await dialog.get_by_role("button", name="Pause").click()
    await expect(mark(page, "Paused")).to_be_visible()
    await page.get_by_role("button", name="Resume").click()
    await expect(mark(page, "Running")).to_be_visible()
    await page.get_by_role("button", name="Stop").click()
    await expect(dialog).to_contain_text("will not be texted. It cannot be started again.")
    await dialog.get_by_role("button", name="Stop").click()
    await expect(mark(page, "Stopped")).to_be_visible()
    await page.get_by_label("Outcome").select_option("stopped")
    await expect(page.get_by_role("row").filter(has_text="Not sent").first).to_be_visible()
    await expect(page.get_by_role("button", name="Resume")).to_have_count(0)


async def test_a_campaign_of_two_texts_for_later_is_moved(shop: Shop, seats: Seats) -> None:
    name, template, other = f"Later {shop.number}", f"Ready {shop.number}", f"Come {shop.number}"
    await approved_template(shop, template, READY)
    await approved_template(shop, other, "Come for order {order}.")
    audience_id = await audience(shop, name, some_phones(2))
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    await page.goto(f"/outreach/campaigns/new?audience={audience_id}")
    await page.get_by_label("Name of the campaign").fill(name)
    await next_step(page, "Text")
    await page.get_by_role("link", name="Audiences", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Stay").click()
    await page.get_by_label("Text 1").select_option(template)
    await page.get_by_role("button", name="Add a text to compare").click()
    await page.get_by_role("combobox", name="Text 2").select_option(other)
    await page.get_by_label("Share of text 1").fill("70")
    await expect(page.get_by_text("The shares add up to 120 %, not to 100.")).to_be_visible()
    await page.get_by_label("Share of text 2").fill("30")
    await expect(page.get_by_text("Come for order A-0.")).to_be_visible()
    await next_step(page, "Sending")
    await page.get_by_role("checkbox", name=shown_phone(shop.number)).check()
    await page.get_by_role("tab", name="At a time").click()
    await expect(page.get_by_role("button", name="Next")).to_be_disabled()
    days = [datetime.now() + timedelta(days=days) for days in (90, 91)]
    first, second = (f"{day:%b} {day.day}" for day in days)
    await page.get_by_label("Time").fill(f"{days[0]:%Y-%m-%d}T10:00")
    await next_step(page, "Preview")
    await next_step(page, "Start")
    await page.get_by_role("button", name="Schedule").click()
    await page.get_by_role("dialog").get_by_role("button", name="Schedule").click()
    await expect(mark(page, "Scheduled")).to_be_visible()
    await expect(page.get_by_text(first)).to_be_visible()
    await page.get_by_role("button", name="Begin at another time").click()
    await page.get_by_role("dialog").get_by_label("Time").fill(f"{days[1]:%Y-%m-%d}T10:00")
    await page.get_by_role("dialog").get_by_role("button", name="Begin at another time").click()
    await expect(page.get_by_text(second)).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text=other)).to_be_visible()


async def test_the_start_counts_what_the_preview_of_a_changed_campaign_could_not(shop: Shop, seats: Seats) -> None:
    name, template = f"Counted {shop.number}", f"Ready {shop.number}"
    await approved_template(shop, template, READY)
    audience_id = await audience(shop, name, some_phones(2))
    page = (await seats.sit("Sue", role="supervisor", presence="away")).page
    await page.goto(f"/outreach/campaigns/new?audience={audience_id}")
    await page.get_by_label("Name of the campaign").fill(name)
    await choose_words_and_number(shop, page, template)
    await expect(page.get_by_text("2 leave at once")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await page.route("**/preview", lambda route: route.abort())
    await next_step(page, "Preview")
    await expect(page.get_by_role("button", name="Try again")).to_be_visible()
    await page.unroute_all()
    await next_step(page, "Start")
    await expect(page.get_by_role("button", name="Start now")).to_be_enabled()


async def test_the_screens_of_audiences_and_campaigns(shop: Shop, seats: Seats, looker: Looker) -> None:
    name, template = f"Spring {shop.number}", f"Ready {shop.number}"
    await approved_template(shop, template, READY)
    page = (await seats.sit("Sue", role="supervisor", presence="away", color_scheme=looker.scheme)).page
    phones = some_phones(6)
    await agree(shop, phones[:-1])
    await page.goto("/outreach/audiences/new")
    await page.get_by_role("tab", name="A saved filter").click()
    await page.get_by_label("Value of condition 1").fill("vip")
    await expect(page.get_by_text("fit now")).to_be_visible()
    await looker.look(page, "audience filter")
    await upload(page, csv_file("x", list_of(phones) + "call me,A-9\n"), name)
    await looker.look(page, "audience columns")
    await page.get_by_role("button", name="Read the file").click()
    await expect(mark(page, "Ready")).to_be_visible()
    await looker.look(page, "audience")
    await page.goto("/outreach/audiences")
    await expect(page.get_by_role("table")).to_be_visible()
    await looker.look(page, "audiences")
    await walk_the_wizard(shop, page, looker, name, template)
    await start(page)
    await expect(mark(page, "Done")).to_be_visible(timeout=WHILE_IT_RUNS_MS)
    await expect(page.get_by_text("5 delivered")).to_be_visible(timeout=WHILE_IT_RUNS_MS)
    await looker.look(page, "campaign")
    await page.goto("/outreach/campaigns")
    await expect(page.get_by_role("table")).to_be_visible()
    await looker.look(page, "campaigns")
    await what_fails(shop, page, looker)


async def what_fails(shop: Shop, page: Page, looker: Looker) -> None:
    """A file without one line that can be used, and a campaign that its carrier filters."""
    await upload(page, csv_file("x", "Phone,order\ncall me,A-1\nme too,A-2\n"), f"Bad {shop.number}")
    await page.get_by_role("button", name="Read the file").click()
    await expect(page.get_by_text("No line of the file could be used")).to_be_visible()
    await looker.look(page, "audience failed")
    phones = some_phones(12)
    await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": 1})
    for phone in phones:
        await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 30007})
    name = f"Filtered {shop.number}"
    template = await approved_template(shop, name, READY)
    campaign_id = await campaign(shop, name, await audience(shop, name, phones), template, watch_after=1)
    await shop.api.post(f"/campaigns/{campaign_id}/start")
    await page.goto(f"/outreach/campaigns/{campaign_id}")
    await expect(mark(page, "Paused")).to_be_visible(timeout=WHILE_IT_RUNS_MS)
    await looker.look(page, "campaign paused")


async def walk_the_wizard(shop: Shop, page: Page, looker: Looker, name: str, template: str) -> None:
    """Forth with a look at the first and the last steps, back for those between."""
    await page.goto("/outreach/campaigns/new")
    await page.get_by_label("Name of the campaign").fill(name)
    await page.get_by_label("Audience").select_option(name)
    await looker.look(page, "campaign audience")
    await choose_words_and_number(shop, page, template)
    await expect(page.get_by_text("1 are refused")).to_be_visible()
    await looker.look(page, "campaign preview")
    await page.get_by_role("button", name="Back").click()
    await looker.look(page, "campaign sending")
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_text("Order A-0 is ready.")).to_be_visible()
    await looker.look(page, "campaign text")
    await next_step(page, "Sending")
    await next_step(page, "Preview")
    await next_step(page, "Start")
    await looker.look(page, "campaign start")
