"""Calls the centre makes through Twilio's own client: a phone rings, and what comes of it."""

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

from tests.emulator.loopback import NUMBER, PHONE, Call, Reply, RunningEmulator, Webhook

AGENT = "+12125550177"
EVENTS = ["initiated", "ringing", "answered", "completed"]


@pytest.fixture(autouse=True)
def agent(emulator: RunningEmulator) -> None:
    emulator.admin("POST", "/emulator/phones", {"number": AGENT, "name": "Anna's desk"})


def is_callback(call: Call) -> bool:
    return call.get("CallbackSource") == "call-progress-events"


def test_the_agents_phone_rings_first_then_the_customers(client: Client, emulator: RunningEmulator, webhook: Webhook):
    twiml = VoiceResponse()
    twiml.dial(PHONE, caller_id=NUMBER)
    webhook.answer = lambda _call: Reply(body=str(twiml))
    made = client.calls.create(
        to=AGENT, from_=NUMBER, url=webhook.url, status_callback=f"{webhook.url}/status", status_callback_event=EVENTS
    )
    assert (made.status, made.direction, made.to, made.from_formatted) == ("queued", "outbound-api", AGENT, NUMBER)
    assert emulator.pick_up(AGENT)["id"] == made.sid
    leg = emulator.pick_up(PHONE)
    assert (leg["from"], leg["parent"]) == (NUMBER, made.sid)
    (asked,) = [one for one in webhook.calls if one.path == "/hook"]
    assert (asked["CallStatus"], asked["Direction"]) == ("in-progress", "outbound-api")
    assert [one.sid for one in client.calls.list(parent_call_sid=made.sid)] == [leg["id"]]
    emulator.admin("POST", f"/emulator/calls/{leg['id']}/hang-up")
    reports = webhook.wait_for(4, is_callback)
    assert [one["CallStatus"] for one in reports] == ["initiated", "ringing", "in-progress", "completed"]
    assert [one["SequenceNumber"] for one in reports] == ["0", "1", "2", "3"]
    assert reports[3]["CallDuration"] == made.fetch().duration


@pytest.mark.parametrize(
    ("to", "answers", "status"),
    [(AGENT, "busy", "busy"), (AGENT, "never", "no-answer"), ("+12125550000", None, "failed")],
)
def test_a_call_nobody_takes_says_why(
    client: Client, emulator: RunningEmulator, webhook: Webhook, to: str, answers: str | None, status: str
):
    if answers:
        emulator.admin("POST", "/emulator/phones", {"number": AGENT, "answers_calls": answers})
    emulator.turn(ringing_scale=0.01)
    made = client.calls.create(to=to, from_=NUMBER, twiml="<Response/>", status_callback=webhook.url, timeout=5)
    (report,) = webhook.wait_for(1, is_callback)
    assert (report["CallSid"], report["CallStatus"], report["CallDuration"]) == (made.sid, status, "0")
    assert made.fetch().start_time is None


def test_a_declined_call_is_busy(client: Client, emulator: RunningEmulator):
    made = client.calls.create(to=AGENT, from_=NUMBER, twiml="<Response/>")
    emulator.admin("POST", f"/emulator/calls/{emulator.ringing(AGENT)['id']}/decline")
    assert made.fetch().status == "busy"


def test_a_ringing_call_is_called_off(client: Client, emulator: RunningEmulator):
    made = client.calls.create(to=AGENT, from_=NUMBER, twiml="<Response/>")
    emulator.ringing(AGENT)
    assert made.update(status="completed").status == "canceled"
    assert made.delete()
    with pytest.raises(TwilioRestException) as gone:
        made.fetch()
    assert gone.value.code == 20404


def test_a_call_in_progress_gets_other_things_to_do(client: Client, emulator: RunningEmulator):
    made = client.calls.create(to=AGENT, from_=NUMBER, twiml="<Response><Dial>+13125550188</Dial></Response>")
    emulator.pick_up(AGENT)
    leg = emulator.ringing(PHONE)
    made.update(twiml="<Response><Say>One moment</Say></Response>")
    assert emulator.call_until(leg["id"], "canceled")["status"] == "canceled"
    call = emulator.call_until(made.sid, "completed")
    assert [one["words"] for one in call["said"]] == ["One moment"]
    with pytest.raises(TwilioRestException) as refused:
        made.update(twiml="<Response/>")
    assert refused.value.code == 21220


def test_a_sip_address_rings_like_a_number(client: Client, emulator: RunningEmulator):
    emulator.admin("POST", "/emulator/phones", {"number": "sip:anna@office.example.com"})
    made = client.calls.create(
        to="sip:anna@office.example.com", from_=NUMBER, twiml="<Response><Say>Hi</Say></Response>"
    )
    emulator.pick_up("sip:anna@office.example.com")
    assert emulator.call_until(made.sid, "completed")["said"][0]["words"] == "Hi"


def test_calls_are_listed_by_their_ends_and_status(client: Client, emulator: RunningEmulator):
    emulator.turn(ringing_scale=1)
    made = client.calls.create(to=AGENT, from_=NUMBER, twiml="<Response/>")
    emulator.ringing(AGENT)
    assert [one.sid for one in client.calls.list(to=AGENT, status="ringing")] == [made.sid]
    assert client.calls.list(from_=PHONE) == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"to": AGENT, "from_": "+12125550999", "twiml": "<Response/>"}, 21210),
        ({"to": "nobody", "from_": NUMBER, "twiml": "<Response/>"}, 21211),
        ({"to": "+15005550003", "from_": NUMBER, "twiml": "<Response/>"}, 21215),
        ({"to": AGENT, "from_": NUMBER}, 21205),
        ({"to": AGENT, "from_": NUMBER, "url": "nonsense"}, 21205),
        ({"to": AGENT, "from_": NUMBER, "twiml": "<Response>"}, 12100),
        ({"to": AGENT, "from_": NUMBER, "twiml": "<Response/>", "status_callback": "x"}, 21609),
    ],
)
def test_what_cannot_be_called_is_refused_with_the_code(client: Client, asked: dict[str, Any], code: int):
    with pytest.raises(TwilioRestException) as refused:
        client.calls.create(**asked)
    assert refused.value.code == code
