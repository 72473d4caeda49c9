"""A phone texts in: the webhook, its answer, the fallback, and pictures."""

from base64 import b64encode

import requests
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, TOKEN, Reply, RunningEmulator, Webhook

PICTURE = b"\x89PNG\r\n\x1a\n picture"


def picture() -> dict[str, str]:
    return {"content_type": "image/png", "base64": b64encode(PICTURE).decode()}


def test_the_webhook_has_every_documented_field_and_is_signed(emulator: RunningEmulator, webhook: Webhook):
    answer = emulator.text_from(PHONE, "Olá 👍 & = + %")
    (call,) = webhook.wait_for(1)
    assert answer == {"sid": call["MessageSid"], "http_status": 200}
    sid = call["MessageSid"]
    assert dict(call.fields) == {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": PHONE,
        "To": NUMBER,
        "Body": "Olá 👍 & = + %",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "FromCity": "CHICAGO",
        "FromState": "IL",
        "FromZip": "60601",
        "FromCountry": "US",
        "ToCountry": "US",
    }
    assert RequestValidator(TOKEN).validate(webhook.url, dict(call.fields), call.headers["X-Twilio-Signature"])


def test_it_is_in_the_list_even_when_the_webhook_was_lost(emulator: RunningEmulator, webhook: Webhook, client: Client):
    emulator.turn(lost_callback_probability=1)
    answer = emulator.text_from(PHONE, "are you there?")
    assert answer["http_status"] is None
    assert webhook.calls == []
    (message,) = client.messages.list(from_=PHONE, to=NUMBER)
    assert (message.sid, message.direction, message.status) == (answer["sid"], "inbound", "received")


def test_a_webhook_by_get_is_signed_over_its_query(emulator: RunningEmulator, webhook: Webhook, client: Client):
    client.incoming_phone_numbers.list()[0].update(sms_method="GET")
    emulator.text_from(PHONE, "Hi & ñ")
    (call,) = webhook.wait_for(1)
    assert (call.method, call["Body"]) == ("GET", "Hi & ñ")
    url = webhook.url.removesuffix("/hook") + call.path
    assert RequestValidator(TOKEN).validate(url, {}, call.headers["X-Twilio-Signature"])


def test_pictures_are_fetched_with_credentials_through_a_redirect(emulator: RunningEmulator, webhook: Webhook):
    emulator.text_from(PHONE, "", media=[picture(), picture()])
    (call,) = webhook.wait_for(1)
    assert (call["MessageSid"][:2], call["NumMedia"], call["MediaContentType1"]) == ("MM", "2", "image/png")
    url = call["MediaUrl1"]
    assert url.startswith(emulator.url)
    assert requests.get(url, timeout=10).status_code == 401
    step = requests.get(url, auth=(ACCOUNT, TOKEN), allow_redirects=False, timeout=10)
    assert step.status_code == 307
    assert requests.get(step.headers["Location"], timeout=10).content == PICTURE


def test_media_are_listed_fetched_and_deleted(emulator: RunningEmulator, client: Client):
    sid = emulator.text_from(PHONE, "look", media=[picture(), picture()])["sid"]
    media = client.messages(sid).media.list()
    assert [one.content_type for one in media] == ["image/png", "image/png"]
    assert client.messages(sid).media(media[0].sid).fetch().parent_sid == sid
    assert client.messages(sid).media(media[0].sid).delete()
    assert [one.sid for one in client.messages(sid).media.list()] == [media[1].sid]


def test_a_picture_sent_by_the_centre_reaches_the_phone(emulator: RunningEmulator, webhook: Webhook, client: Client):
    webhook.answer = lambda call: Reply(200, "image/gif", "GIF89a") if call.method == "GET" else Reply()
    message = client.messages.create(
        to=PHONE, from_=NUMBER, body="see", media_url=[f"{webhook.url}/a.gif"], status_callback=webhook.url
    )
    webhook.wait_for(1, lambda call: call.get("MessageStatus") == "delivered")
    assert (message.sid[:2], message.num_media) == ("MM", "1")
    (text,) = emulator.thread(PHONE)
    assert text["media"][0]["content_type"] == "image/gif"
    assert requests.get(emulator.url + text["media"][0]["url"], timeout=10).content == b"GIF89a"


def test_a_picture_that_cannot_be_fetched_fails_the_message(webhook: Webhook, client: Client):
    webhook.answer = lambda call: Reply(404) if call.method == "GET" else Reply()
    client.messages.create(to=PHONE, from_=NUMBER, media_url=[f"{webhook.url}/a"], status_callback=webhook.url)
    (call,) = webhook.wait_for(1, lambda call: call.get("MessageStatus") == "failed")
    assert call["ErrorCode"] == "11200"


def test_twiml_replies_are_delivered(emulator: RunningEmulator, webhook: Webhook, client: Client):
    message = f'<Response><Message action="{webhook.url}">Thanks!</Message></Response>'
    webhook.answer = lambda call: Reply(body=message) if call.get("SmsStatus") == "received" else Reply()
    emulator.text_from(PHONE, "hello")
    webhook.wait_for(1, lambda call: call.get("MessageStatus") == "delivered")
    assert [text["body"] for text in emulator.thread(PHONE)] == ["hello", "Thanks!"]
    assert client.messages.list(to=PHONE)[0].direction == "outbound-reply"


def test_an_answer_of_the_wrong_type_is_noted(emulator: RunningEmulator, webhook: Webhook):
    webhook.answer = lambda _call: Reply(200, "application/json", "{}")
    emulator.text_from(PHONE, "hello")
    assert [alert["code"] for alert in emulator.admin("GET", "/emulator/alerts")] == [12300]


def test_a_failing_webhook_falls_back(emulator: RunningEmulator, webhook: Webhook, client: Client):
    client.incoming_phone_numbers.list()[0].update(sms_fallback_url=f"{webhook.url}/fallback")
    webhook.answer = lambda call: Reply(200 if call.path.endswith("/fallback") else 503)
    assert emulator.text_from(PHONE, "hello")["http_status"] == 200
    first, second = webhook.wait_for(2)
    assert first.get("ErrorCode") is None
    assert (second["ErrorCode"], second["ErrorUrl"]) == ("11200", webhook.url)
    assert first["MessageSid"] == second["MessageSid"]


def test_duplicates_carry_the_same_sid_and_token(emulator: RunningEmulator, webhook: Webhook):
    emulator.turn(duplicate_probability=1)
    emulator.text_from(PHONE, "once")
    calls = webhook.wait_for(2)
    assert len({call["MessageSid"] for call in calls}) == 1
    assert len({call.headers["I-Twilio-Idempotency-Token"] for call in calls}) == 1
