"""The phones page in a real browser: text in, text out, dials and the wire."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from twilio.rest import Client

from tests.emulator.loopback import NUMBER, RunningEmulator, Webhook
from tests.emulator.telesign_world import SENDER, declare
from tests.system_chromium import find_chromium


@pytest.fixture
def page(emulator: RunningEmulator) -> Iterator[Page]:
    chromium = find_chromium()
    assert chromium, "Chromium is needed for browser tests: install it or set ANSWERBACK_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        tab = browser.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(emulator.url)
        expect(tab.get_by_role("status").get_by_text("live", exact=True)).to_be_visible()
        yield tab
        browser.close()
    assert errors == []


def test_a_text_goes_out_and_the_answer_comes_in(page: Page, webhook: Webhook, client: Client):
    phone = page.get_by_role("region", name="James Lee")
    field = phone.get_by_label("Text from James Lee")
    field.fill("Hi “there”")
    expect(phone.get_by_text("60 · 1 part · UCS-2")).to_be_visible()
    field.press("Enter")
    expect(phone.get_by_role("log").get_by_text("Hi “there”")).to_be_visible()
    assert webhook.wait_for(1)[0]["Body"] == "Hi “there”"
    client.messages.create(to="+13125550188", from_=NUMBER, body="How can we help?")
    expect(phone.get_by_role("log").get_by_text("How can we help?")).to_be_visible()
    expect(phone.get_by_text("1 part · GSM-7")).to_be_visible()


def test_a_picture_is_sent(page: Page, webhook: Webhook):
    phone = page.get_by_role("region", name="James Lee")
    content = bytes.fromhex("47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b")
    phone.locator("input[type=file]").set_input_files({"name": "a.gif", "mimeType": "image/gif", "buffer": content})
    expect(phone.get_by_role("button", name="Remove picture")).to_be_visible()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("img", name="Picture in this text")).to_be_visible()
    assert webhook.wait_for(1)[0]["MediaContentType0"] == "image/gif"


def test_a_phone_is_added_and_texts_from_there(page: Page, webhook: Webhook):
    page.get_by_role("button", name="Add a phone").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Maria Gonzalez")
    dialog.get_by_label("Number").fill("+17875550142")
    dialog.get_by_role("button", name="Add phone").click()
    phone = page.get_by_role("region", name="Maria Gonzalez")
    expect(phone).to_contain_text("(787) 555-0142")
    phone.get_by_label("Text from Maria Gonzalez").fill("hola")
    phone.get_by_label("Text from Maria Gonzalez").press("Enter")
    assert webhook.wait_for(1)[0]["From"] == "+17875550142"


def test_the_drawer_turns_dials_and_shows_the_wire(page: Page, emulator: RunningEmulator):
    page.get_by_role("button", name="Dials and log").click()
    dial = page.get_by_role("slider", name="Callbacks lost")
    dial.fill("25")
    with page.expect_response("**/emulator/dials"):
        dial.dispatch_event("change")
    assert emulator.admin("GET", "/emulator/dials")["lost_callback_probability"] == 0.25
    page.get_by_role("button", name="All calm").click()
    expect(dial).to_have_value("0")
    emulator.text_from("+13125550188", "to the wire")
    row = page.locator(".log summary").first
    expect(row).to_contain_text("200")
    row.click()
    expect(page.get_by_role("row", name=re.compile("X-Twilio-Signature"))).to_be_visible()
    expect(page.locator(".exchange")).to_contain_text("to the wire")


def test_each_number_says_its_carrier_and_type_and_the_wire_shows_one_carrier_alone(
    page: Page, emulator: RunningEmulator, webhook: Webhook
):
    declare(emulator, webhook)
    phone = page.get_by_role("region", name="James Lee")
    picker = phone.get_by_label("Number James Lee texts")
    expect(picker.locator("optgroup")).to_have_count(2)
    picker.select_option(SENDER)
    expect(phone.get_by_text("texts TeleSign · local number")).to_be_visible()
    expect(phone.get_by_role("button", name="Add a picture")).to_be_disabled()
    phone.get_by_label("Text from James Lee").fill("to TeleSign")
    phone.get_by_label("Text from James Lee").press("Enter")
    expect(phone.get_by_text("TeleSign local")).to_be_visible()
    picker.select_option(NUMBER)
    phone.get_by_label("Text from James Lee").fill("to Twilio")
    phone.get_by_label("Text from James Lee").press("Enter")
    expect(phone.get_by_text("Twilio local")).to_be_visible()
    page.get_by_role("button", name="Dials and log").click()
    expect(page.locator(".log summary")).to_have_count(2)
    page.get_by_label("Carrier on the wire").select_option("TeleSign")
    expect(page.locator(".log summary")).to_have_count(1)
    page.locator(".log summary").click()
    expect(page.get_by_role("row", name=re.compile("X-TS-Authorization"))).to_be_visible()


def test_the_dials_have_the_cut_answer_and_the_clock(page: Page, emulator: RunningEmulator):
    page.get_by_role("button", name="Dials and log").click()
    for name, value, dial, set_to in (
        ("Done, answer cut short", "100", "truncate_probability", 1),
        ("Carriers' clocks ahead", "600", "clock_skew_s", 600),
    ):
        slider = page.get_by_role("slider", name=name)
        slider.fill(value)
        with page.expect_response("**/emulator/dials"):
            slider.dispatch_event("change")
        assert emulator.admin("GET", "/emulator/dials")[dial] == set_to
