"""Twilio's own client against the emulator: create, fetch, list, change, delete."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.emulator.conftest import sdk_client
from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, RunningEmulator, Webhook


def send_and_wait(client: Client, webhook: Webhook, body: str = "Hi", to: str = PHONE):
    """Send one text and wait until its last status came back."""
    message = client.messages.create(to=to, from_=NUMBER, body=body, status_callback=webhook.url)
    webhook.wait_for(1, lambda call: call.get("MessageStatus") == "delivered" and call["MessageSid"] == message.sid)
    return message


def test_a_new_message_has_every_field(client: Client):
    message = client.messages.create(to=PHONE, from_=NUMBER, body="Olá 👍 & = + %")
    assert re.fullmatch(r"SM[0-9a-f]{32}", message.sid)
    assert (message.status, message.direction, message.num_segments, message.num_media) == (
        "queued", "outbound-api", "1", "0",
    )  # fmt: skip
    assert (message.from_, message.to, message.body) == (NUMBER, PHONE, "Olá 👍 & = + %")
    assert (message.price, message.price_unit, message.error_code, message.date_sent) == (None, "USD", None, None)
    assert abs(message.date_created - datetime.now(UTC)) < timedelta(seconds=5)
    assert message.subresource_uris["media"].endswith(f"/Messages/{message.sid}/Media.json")


def test_it_is_delivered_and_then_has_a_price(client: Client, webhook: Webhook, emulator: RunningEmulator):
    message = send_and_wait(client, webhook, "a" * 200).fetch()
    assert (message.status, message.num_segments, message.price) == ("delivered", "2", "-0.01580")
    assert message.date_sent is not None
    assert [text["body"] for text in emulator.thread(PHONE)] == ["a" * 200]


def test_an_api_key_opens_the_same_account(emulator: RunningEmulator):
    for client in sdk_client(emulator, "SK" + "b" * 32, "quiet"):
        assert client.messages.create(to=PHONE, from_=NUMBER, body="x").status == "queued"


@pytest.mark.parametrize("user", [ACCOUNT, "SK" + "b" * 32, "AC" + "b" * 32])
def test_wrong_credentials_are_refused(emulator: RunningEmulator, user: str):
    for client in sdk_client(emulator, user, "wrong"):
        with pytest.raises(TwilioRestException) as refused:
            client.api.accounts(ACCOUNT).fetch()
        assert (refused.value.status, refused.value.code) == (401, 20003)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"to": "+15005550429"}, 20429),
        ({"to": "12ab"}, 21211),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+15005550007"}, 21606),
        ({"from_": "+15005550008"}, 21611),
        ({"from_": "+14155550000"}, 21606),
        ({"from_": "not a sender at all"}, 21212),
        ({"from_": "Answerback"}, 21612),
        ({"from_": None}, 21603),
        ({"body": None}, 21602),
        ({"body": "a" * 1_601}, 21617),
        ({"to": ""}, 21604),
        ({"to": NUMBER}, 21266),
        ({"media_url": ["ftp://x/y.png"]}, 21620),
        ({"media_url": ["http://x/y.png"] * 11}, 21623),
        ({"validity_period": 36_001}, 21624),
        ({"status_callback": "http://under_score.example.com/x"}, 21609),
    ],
)
def test_refusals_carry_twilios_code(client: Client, changes: dict[str, object], code: int):
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(**({"to": PHONE, "from_": NUMBER, "body": "x"} | changes))
    assert refused.value.code == code
    assert refused.value.status == (429 if code == 20429 else 400)


def test_the_valid_test_sender_sends(client: Client):
    assert client.messages.create(to=PHONE, from_="+15005550006", body="x").status == "queued"


def test_lists_are_newest_first_paged_and_filtered(client: Client, webhook: Webhook):
    other = "+13125550199"
    sids = [send_and_wait(client, webhook, str(place), PHONE if place % 2 else other).sid for place in range(5)]
    assert [message.sid for message in client.messages.list(page_size=2)] == sids[::-1]
    assert [message.sid for message in client.messages.list(to=other)] == sids[::-1][::2]
    assert client.messages.list(from_=other) == []
    now = datetime.now(UTC)
    assert len(client.messages.list(date_sent_after=now - timedelta(minutes=1))) == 5
    assert client.messages.list(date_sent_before=now - timedelta(minutes=1)) == []
    assert len(client.messages.list(date_sent=now.date())) in (0, 5)  # 0 when midnight UTC passed meanwhile
    assert len(client.messages.list(limit=3)) == 3


def test_a_page_does_not_shift_when_a_message_comes_in_between(client: Client, webhook: Webhook):
    sids = [send_and_wait(client, webhook, str(place)).sid for place in range(4)]
    first = client.messages.page(page_size=2)
    assert [message.sid for message in first] == sids[:1:-1]
    send_and_wait(client, webhook, "late")
    following = first.next_page()
    assert following is not None
    assert [message.sid for message in following] == sids[1::-1]


def test_redact_and_delete(client: Client, webhook: Webhook):
    message = send_and_wait(client, webhook, "secret")
    assert client.messages(message.sid).update(body="").body == ""
    assert client.messages(message.sid).delete()
    with pytest.raises(TwilioRestException) as gone:
        client.messages(message.sid).fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_a_message_on_its_way_cannot_be_deleted(client: Client, emulator: RunningEmulator):
    emulator.turn(delay_ms=60_000)
    message = client.messages.create(to=PHONE, from_=NUMBER, body="x")
    with pytest.raises(TwilioRestException) as refused:
        message.delete()
    assert refused.value.code == 20009
