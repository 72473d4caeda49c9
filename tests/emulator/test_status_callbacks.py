"""Status callbacks on the wire: their fields, order and signature, and what each dial does to them."""

import socket
from collections import Counter
from urllib.parse import urlsplit

import pytest
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, TOKEN, Call, Reply, RunningEmulator, Webhook


def send(client: Client, webhook: Webhook, to: str = PHONE, body: str = "Hi", url: str = "") -> str:
    return str(client.messages.create(to=to, from_=NUMBER, body=body, status_callback=url or webhook.url).sid)


def statuses(webhook: Webhook, sid: str) -> list[str]:
    return [call["MessageStatus"] for call in webhook.calls if call["MessageSid"] == sid]


def is_final(call: Call) -> bool:
    return call["MessageStatus"] in {"delivered", "undelivered", "failed", "canceled"}


def test_sent_then_delivered_with_the_documented_fields(client: Client, webhook: Webhook):
    sid = send(client, webhook)
    sent, delivered = webhook.wait_for(2)
    assert [sent["MessageStatus"], delivered["MessageStatus"]] == ["sent", "delivered"]
    assert dict(sent.fields) == {
        "MessageSid": sid,
        "SmsSid": sid,
        "MessageStatus": "sent",
        "SmsStatus": "sent",
        "AccountSid": ACCOUNT,
        "From": NUMBER,
        "To": PHONE,
        "ApiVersion": "2010-04-01",
    }
    assert len(delivered["RawDlrDoneDate"]) == 10


def test_every_callback_is_signed_and_has_its_own_token(client: Client, webhook: Webhook):
    url = f"{webhook.url}/status?account=1&x=%20#rc=2&ct=900"
    send(client, webhook, url=url)
    calls = webhook.wait_for(2)
    validator = RequestValidator(TOKEN)
    for call in calls:
        assert call.path == "/hook/status?account=1&x=%20"
        signature = call.headers["X-Twilio-Signature"]
        assert validator.validate(url.partition("#")[0], dict(call.fields), signature)
    assert len({call.headers["I-Twilio-Idempotency-Token"] for call in calls}) == 2


@pytest.mark.parametrize(
    ("digits", "status"), [("30003", "undelivered"), ("30007", "undelivered"), ("30001", "failed")]
)
def test_a_number_can_name_the_code_it_ends_with(client: Client, webhook: Webhook, digits: str, status: str):
    sid = send(client, webhook, to=f"+150055{digits}")
    (call,) = webhook.wait_for(1, is_final)
    assert (call["MessageStatus"], call["ErrorCode"]) == (status, digits)
    assert client.messages(sid).fetch().error_code == int(digits)


def test_filtered_words_come_back_as_30007(client: Client, webhook: Webhook, emulator: RunningEmulator):
    emulator.turn(filter_words=["free money"])
    send(client, webhook, body="Get FREE money now")
    (call,) = webhook.wait_for(1, is_final)
    assert call["ErrorCode"] == "30007"
    assert emulator.thread(PHONE) == []


def test_a_phone_can_be_switched_off(client: Client, webhook: Webhook, emulator: RunningEmulator):
    emulator.admin("POST", "/emulator/phones", {"number": PHONE, "fails_with": 30003})
    send(client, webhook)
    (call,) = webhook.wait_for(1, is_final)
    assert call["ErrorCode"] == "30003"


def test_duplicates_repeat_the_token(client: Client, webhook: Webhook, emulator: RunningEmulator):
    emulator.turn(duplicate_probability=1)
    send(client, webhook)
    tokens = Counter(call.headers["I-Twilio-Idempotency-Token"] for call in webhook.wait_for(4))
    assert sorted(tokens.values()) == [2, 2]


def test_disorder_lets_delivered_overtake_sent(client: Client, webhook: Webhook, emulator: RunningEmulator):
    emulator.turn(disorder_probability=0.5, seed=3)
    sids = [send(client, webhook, body=str(place)) for place in range(20)]
    webhook.wait_for(40)
    orders = Counter(tuple(statuses(webhook, sid)) for sid in sids)
    assert orders["delivered", "sent"] > 0
    assert orders["sent", "delivered"] > 0


def test_lost_callbacks_do_not_come_but_the_text_does(client: Client, webhook: Webhook, emulator: RunningEmulator):
    emulator.turn(lost_callback_probability=1)
    lost = send(client, webhook, body="first")
    emulator.turn(lost_callback_probability=0, delay_ms=50)
    send(client, webhook, body="second")
    webhook.wait_for(2)
    assert statuses(webhook, lost) == []
    assert client.messages(lost).fetch().status == "delivered"


def test_a_refused_connection_is_tried_once_more(client: Client, webhook: Webhook, emulator: RunningEmulator):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/x"
        send(client, webhook, url=url)
        send(client, webhook)
        webhook.wait_for(2)
        alert = wait_for_alert(emulator, url)
    attempts = [one for one in emulator.admin("GET", "/emulator/log") if one["url"] == url]
    assert alert["code"] == 11200
    assert len(attempts) in (2, 3, 4)  # two attempts each for sent and, if its turn came, delivered
    assert {one["status"] for one in attempts} == {None}


def wait_for_alert(emulator: RunningEmulator, url: str):
    """The debugger entry about this URL; read again and again until it is there."""
    for _ in range(2_000):
        for alert in emulator.admin("GET", "/emulator/alerts"):
            if alert["url"] == url:
                return alert
    raise AssertionError(f"no alert about {urlsplit(url).path}")


def test_an_answer_of_500_is_not_repeated(client: Client, webhook: Webhook):
    webhook.answer = lambda _call: Reply(500)
    send(client, webhook)
    webhook.wait_for(1, is_final)
    assert Counter(call["MessageStatus"] for call in webhook.calls) == {"sent": 1, "delivered": 1}
