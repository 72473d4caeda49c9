"""Calls on the phones page in a real browser: dial, hear, be called, answer, decline, hang up."""

import pytest
from playwright.sync_api import Page, expect
from twilio.rest import Client

from tests.emulator.loopback import NUMBER, PHONE, Reply, RunningEmulator, Webhook
from tests.emulator.test_phones_page import page

__all__ = ["page"]
AGENT = "sip:anna@office.example.com"


def forward(webhook: Webhook) -> None:
    twiml = f"<Response><Say>One moment please.</Say><Dial callerId='{NUMBER}'><Sip>{AGENT}</Sip></Dial></Response>"
    webhook.answer = lambda _call: Reply(body=twiml)


def test_a_call_is_made_heard_put_through_and_ended(page: Page, emulator: RunningEmulator, webhook: Webhook):
    emulator.admin("POST", "/emulator/phones", {"number": AGENT, "name": "Anna's desk"})
    emulator.turn(speech_scale=10)
    forward(webhook)
    james = page.get_by_role("region", name="James Lee", exact=True)
    james.get_by_role("button", name="Call from James Lee").click()
    expect(james.get_by_text("In a call with (501) 712-2661")).to_be_visible()
    expect(james.get_by_text("“One moment please.”")).to_be_visible()
    expect(james.get_by_role("button", name="Hang up")).to_be_focused()
    james.get_by_role("button", name="Hang up").click()
    expect(james.get_by_role("log")).to_contain_text("You called · 0:0")
    expect(james.get_by_role("button", name="Call from James Lee")).to_be_focused()
    emulator.turn(speech_scale=0)
    james.get_by_role("button", name="Call from James Lee").click()
    desk = page.get_by_role("region", name="Anna's desk", exact=True)
    desk.get_by_role("button", name="Answer").click()
    expect(james.get_by_text("In a call with Anna's desk")).to_be_visible()
    expect(desk.get_by_text("In a call with James Lee")).to_be_visible()
    desk.get_by_role("button", name="Hang up").click()
    expect(james.get_by_role("log")).to_contain_text("put through to Anna's desk")


def test_a_phone_that_is_called_may_decline_and_remembers(page: Page, client: Client, emulator: RunningEmulator):
    james = page.get_by_role("region", name="James Lee", exact=True)
    expect(james.get_by_role("button", name="Call from James Lee")).to_be_enabled()
    made = client.calls.create(to=PHONE, from_=NUMBER, twiml="<Response><Say>Hello</Say></Response>")
    expect(james.get_by_text("(501) 712-2661 is calling")).to_be_visible()
    expect(james.get_by_role("button", name="Call from James Lee")).to_be_disabled()
    james.get_by_role("button", name="Decline").click()
    expect(james.get_by_role("log")).to_contain_text("You declined a call")
    assert made.fetch().status == "busy"
    client.calls.create(to=PHONE, from_=NUMBER, twiml="<Response><Say>Hello</Say></Response>")
    james.get_by_role("button", name="Answer").click()
    expect(james.get_by_role("log")).to_contain_text("“Hello”")
    page.reload()
    expect(james.get_by_role("log")).to_contain_text("You answered a call")


@pytest.mark.parametrize("kind", ["short_code", "long_code"])
def test_a_number_without_voice_cannot_be_called(page: Page, emulator: RunningEmulator, kind: str):
    number = {"account_sid": "AC" + "a" * 32, "phone_number": NUMBER, "type": kind, "capabilities": ["sms"]}
    emulator.admin("POST", "/emulator/numbers", number)
    button = page.get_by_role("button", name="Call from James Lee")
    expect(button).to_be_disabled()
    expect(button).to_have_attribute("title", "This number takes no calls")
