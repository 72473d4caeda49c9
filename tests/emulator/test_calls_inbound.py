"""A phone calls a number of Twilio's: what the centre is asked, and what its TwiML does."""

import pytest
import requests
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Dial, VoiceResponse

from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, TOKEN, Call, Reply, RunningEmulator, Webhook

AGENT = "+12125550177"
SIP = "sip:anna@office.example.com"


def answer_with(webhook: Webhook, twiml: VoiceResponse, after: str = "<Response/>") -> None:
    """Answer the first question about a call with the document, and what comes of a <Dial> with `after`."""
    webhook.answer = lambda call: Reply(body=after if call.get("DialCallStatus") else str(twiml))


def declare(emulator: RunningEmulator, number: str, answers: str = "by_hand") -> None:
    emulator.admin("POST", "/emulator/phones", {"number": number, "answers_calls": answers})


def is_callback(call: Call) -> bool:
    return call.get("CallbackSource") == "call-progress-events"


def test_the_question_has_the_documented_fields_and_is_signed(emulator: RunningEmulator, webhook: Webhook):
    call = emulator.call_from(PHONE)
    (asked,) = webhook.wait_for(1)
    fields = dict(asked.fields)
    assert fields["CallSid"] == call["id"]
    assert {name: fields[name] for name in ("AccountSid", "From", "Caller", "To", "Called")} == {
        "AccountSid": ACCOUNT, "From": PHONE, "Caller": PHONE, "To": NUMBER, "Called": NUMBER,
    }  # fmt: skip
    assert (fields["CallStatus"], fields["Direction"]) == ("ringing", "inbound")
    assert (fields["FromCity"], fields["CallerState"]) == ("CHICAGO", "IL")
    assert RequestValidator(TOKEN).validate(webhook.url, fields, asked.headers["X-Twilio-Signature"])


def test_a_greeting_is_heard_and_the_call_ends(emulator: RunningEmulator, webhook: Webhook):
    twiml = VoiceResponse()
    twiml.say("We answer texts here.\nThank you.", voice="Polly.Joanna")
    twiml.pause(length=2)
    twiml.play("https://x.example.com/bye.mp3")
    twiml.hangup()
    twiml.say("never heard")
    answer_with(webhook, twiml)
    call = emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert call["status"] == "completed"
    assert [(one["kind"], one["words"]) for one in call["said"]] == [
        ("say", "We answer texts here. Thank you."), ("play", "https://x.example.com/bye.mp3"),
    ]  # fmt: skip


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_was_never_answered(emulator: RunningEmulator, webhook: Webhook, reason: str, status: str):
    twiml = VoiceResponse()
    twiml.reject(reason=reason)
    answer_with(webhook, twiml)
    call = emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert (call["status"], call["answered"]) == (status, None)


def test_the_number_hears_when_the_call_has_ended(emulator: RunningEmulator, webhook: Webhook):
    number = {"account_sid": ACCOUNT, "phone_number": NUMBER, "voice_url": webhook.url, "status_callback": webhook.url}
    emulator.admin("POST", "/emulator/numbers", number)
    emulator.call_from(PHONE)
    (ended,) = webhook.wait_for(1, is_callback)
    assert (ended["CallStatus"], ended["CallDuration"], ended["Duration"]) == ("completed", "1", "1")
    assert RequestValidator(TOKEN).validate(webhook.url, dict(ended.fields), ended.headers["X-Twilio-Signature"])


def test_a_forwarded_call_talks_until_one_hangs_up(emulator: RunningEmulator, webhook: Webhook):
    declare(emulator, AGENT)
    twiml = VoiceResponse()
    twiml.dial(AGENT, caller_id=NUMBER, action="/hook?after=1", timeout=20, record="record-from-answer")
    answer_with(webhook, twiml)
    call = emulator.call_from(PHONE)
    leg = emulator.pick_up(AGENT)
    assert (leg["from"], leg["parent"], leg["direction"]) == (NUMBER, call["id"], "outbound-dial")
    talking = emulator.call_until(call["id"], "in-progress")
    assert talking["legs"] == [{"id": leg["id"], "phone": AGENT, "status": "in-progress"}]
    emulator.admin("POST", f"/emulator/calls/{leg['id']}/hang-up")
    (after,) = webhook.wait_for(1, lambda one: one.get("DialCallStatus") is not None)
    assert after.path == "/hook?after=1"
    assert (after["DialCallStatus"], after["DialCallSid"], after["DialBridged"]) == ("completed", leg["id"], "true")
    assert int(after["DialCallDuration"]) >= 1
    assert emulator.call_until(call["id"], "completed")["status"] == "completed"


@pytest.mark.parametrize(("answers", "status"), [("busy", "busy"), ("never", "no-answer"), (None, "failed")])
def test_a_forward_nobody_takes_says_why(emulator: RunningEmulator, webhook: Webhook, answers: str | None, status: str):
    if answers:
        declare(emulator, AGENT, answers)
    emulator.turn(ringing_scale=0.01)
    twiml = VoiceResponse()
    twiml.dial(AGENT, action=webhook.url, timeout=5)
    answer_with(webhook, twiml, after="<Response><Say>We text you back.</Say></Response>")
    call = emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert [one["DialCallStatus"] for one in webhook.calls if one.get("DialCallStatus")] == [status]
    assert [one["words"] for one in call["said"]] == ["We text you back."]


def test_all_dialled_phones_ring_and_the_first_to_answer_gets_the_call(emulator: RunningEmulator, webhook: Webhook):
    declare(emulator, AGENT)
    declare(emulator, SIP)
    twiml, verb = VoiceResponse(), Dial(answer_on_bridge=True)
    verb.number(AGENT, status_callback=webhook.url, status_callback_event="initiated ringing answered completed")
    verb.sip(f"{SIP};transport=tls")
    twiml.append(verb)
    answer_with(webhook, twiml)
    call = emulator.call_from(PHONE)
    other = emulator.ringing(AGENT)
    assert emulator.call_until(call["id"], "ringing")["status"] == "ringing"
    emulator.pick_up(SIP)
    assert emulator.call_until(other["id"], "canceled")["status"] == "canceled"
    assert emulator.call_until(call["id"], "in-progress")["bridged_to"] == SIP
    reports = webhook.wait_for(3, is_callback)
    assert [one["CallStatus"] for one in reports] == ["initiated", "ringing", "canceled"]
    assert {one["ParentCallSid"] for one in reports} == {call["id"]}


def test_a_caller_who_gives_up_stops_the_ringing(emulator: RunningEmulator, webhook: Webhook):
    declare(emulator, AGENT)
    twiml = VoiceResponse()
    twiml.dial(AGENT, action=webhook.url)
    answer_with(webhook, twiml)
    call = emulator.call_from(PHONE)
    leg = emulator.ringing(AGENT)
    emulator.admin("POST", f"/emulator/calls/{call['id']}/hang-up")
    assert emulator.call_until(leg["id"], "canceled")["status"] == "canceled"
    (after,) = webhook.wait_for(1, lambda one: one.get("DialCallStatus") is not None)
    assert (after["DialCallStatus"], after["CallStatus"]) == ("canceled", "completed")


def test_redirects_are_followed_from_where_the_document_was(emulator: RunningEmulator, webhook: Webhook):
    first, second = VoiceResponse(), VoiceResponse()
    first.redirect("/second?x=1", method="GET")
    second.say("here")
    webhook.answer = lambda call: Reply(body=str(second if call.path.startswith("/second") else first))
    call = emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert [one["words"] for one in call["said"]] == ["here"]
    assert webhook.calls[1].method == "GET"
    assert webhook.calls[1].get("x") == "1"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(body="<Response><Say>"), 12100),
        (Reply(body="<Answer/>"), 12100),
        (Reply(body="<Response><Gather/></Response>"), 12200),
        (Reply(content_type="application/json", body="{}"), 12300),
        (Reply(status=503), 11200),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_alert_and_an_apology(
    emulator: RunningEmulator, webhook: Webhook, reply: Reply, code: int
):
    webhook.answer = lambda _call: reply
    call = emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert "application error" in call["said"][0]["words"]
    assert [one["code"] for one in emulator.admin("GET", "/emulator/alerts")] == [code]


def test_the_fallback_is_asked_when_the_first_address_fails(emulator: RunningEmulator, webhook: Webhook):
    fallback = f"{webhook.url}/fallback"
    number = {"account_sid": ACCOUNT, "phone_number": NUMBER, "voice_url": webhook.url, "voice_fallback_url": fallback}
    emulator.admin("POST", "/emulator/numbers", number)
    kind = "<Response><Say>Please text us.</Say></Response>"
    webhook.answer = lambda call: Reply(body=kind) if call.path.endswith("fallback") else Reply(status=500)
    call = emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert [one["words"] for one in call["said"]] == ["Please text us."]
    assert (webhook.calls[1]["ErrorCode"], webhook.calls[1]["ErrorUrl"]) == ("11200", webhook.url)


def test_a_foreign_caller_id_is_refused(emulator: RunningEmulator, webhook: Webhook):
    declare(emulator, AGENT, "always")
    twiml = VoiceResponse()
    twiml.dial(AGENT, caller_id="+14155550000")
    answer_with(webhook, twiml)
    emulator.call_until(emulator.call_from(PHONE)["id"], "completed")
    assert [one["code"] for one in emulator.admin("GET", "/emulator/alerts")] == [13214]


def test_what_cannot_be_done_is_refused_with_the_reason(emulator: RunningEmulator):
    texts_only = {"account_sid": ACCOUNT, "phone_number": "+15017122662", "capabilities": ["sms"]}
    emulator.admin("POST", "/emulator/numbers", texts_only)
    emulator.turn(speech_scale=1)
    asked = [
        (f"phones/{PHONE}/calls", {"to": "+19995550100"}, 404, "+19995550100"),
        (f"phones/{PHONE}/calls", {"to": "+15017122662"}, 422, "voice"),
        ("calls/CA0/answer", {}, 404, "No such call"),
    ]
    for path, content, status, named in asked:
        answer = requests.post(f"{emulator.url}/emulator/{path}", json=content, timeout=10)
        assert (answer.status_code, named in answer.json()["error"]) == (status, True)
    assert requests.get(f"{emulator.url}/emulator/calls?wait_s=soon", timeout=10).status_code == 422


def test_a_phone_in_a_call_is_busy_and_cannot_call(emulator: RunningEmulator, webhook: Webhook):
    declare(emulator, AGENT)
    twiml = VoiceResponse()
    twiml.dial(AGENT, action=webhook.url)
    answer_with(webhook, twiml)
    emulator.call_from(PHONE)
    emulator.pick_up(AGENT)
    refused = requests.post(f"{emulator.url}/emulator/phones/{PHONE}/calls", json={"to": NUMBER}, timeout=10)
    assert (refused.status_code, "in a call" in refused.json()["error"]) == (409, True)
    emulator.call_from("+14155550101")
    (after,) = webhook.wait_for(1, lambda one: one.get("DialCallStatus") is not None)
    assert (after["From"], after["DialCallStatus"]) == ("+14155550101", "busy")


def test_a_reset_ends_what_is_under_way(emulator: RunningEmulator, webhook: Webhook):
    declare(emulator, AGENT)
    twiml = VoiceResponse()
    twiml.dial(AGENT, action=webhook.url)
    answer_with(webhook, twiml)
    emulator.call_from(PHONE)
    emulator.ringing(AGENT)
    emulator.admin("POST", "/emulator/reset")
    assert emulator.admin("GET", "/emulator/calls") == []
    assert [one.get("DialCallStatus") for one in webhook.calls] == [None]
