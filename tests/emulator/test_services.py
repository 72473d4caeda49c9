"""Sending through a Messaging Service: sender picked later, kept for the same phone; scheduling."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.emulator.loopback import ACCOUNT, PHONE, RunningEmulator, Webhook

SERVICE = "MG" + "1" * 32
POOL = ["+13125550111", "+12125550111", "+18885550100"]


@pytest.fixture
def service(emulator: RunningEmulator, webhook: Webhook) -> Iterator[RunningEmulator]:
    declared = {"account_sid": ACCOUNT, "sid": SERVICE, "status_callback": webhook.url}
    emulator.admin("POST", "/emulator/services", declared)
    for number in POOL:
        emulator.admin(
            "POST",
            "/emulator/numbers",
            {"account_sid": ACCOUNT, "phone_number": number, "messaging_service_sid": SERVICE},
        )
    return emulator


def test_the_sender_is_picked_after_the_answer(service: RunningEmulator, client: Client, webhook: Webhook):
    message = client.messages.create(to=PHONE, messaging_service_sid=SERVICE, body="á" * 71)
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    calls = webhook.wait_for(3)
    assert [call["MessageStatus"] for call in calls] == ["queued", "sent", "delivered"]
    assert {call["MessagingServiceSid"] for call in calls} == {SERVICE}
    fetched = message.fetch()
    assert (fetched.from_, fetched.num_segments) == ("+13125550111", "2")


def test_the_same_phone_keeps_its_sender(service: RunningEmulator, client: Client, webhook: Webhook):
    for _ in range(4):
        client.messages.create(to="+15125550123", messaging_service_sid=SERVICE, body="x")
    calls = webhook.wait_for(4, lambda call: call["MessageStatus"] == "delivered")
    assert len({call["From"] for call in calls}) == 1


def test_a_named_sender_must_be_in_the_pool(service: RunningEmulator, client: Client):
    sent = client.messages.create(to=PHONE, messaging_service_sid=SERVICE, from_=POOL[2], body="x")
    assert (sent.status, sent.from_) == ("accepted", POOL[2])
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=PHONE, messaging_service_sid=SERVICE, from_="+15017122661", body="x")
    assert refused.value.code == 21712


@pytest.mark.parametrize(
    ("sid", "code"), [("MG" + "2" * 32, 21704), ("MG" + "3" * 32, 21705), ("MG" + "4" * 32, 21703)]
)
def test_services_that_cannot_send(emulator: RunningEmulator, client: Client, sid: str, code: int):
    for declared in ("MG" + "2" * 32, "MG" + "4" * 32):
        emulator.admin("POST", "/emulator/services", {"account_sid": ACCOUNT, "sid": declared})
    voice_only = {"phone_number": "+13125550112", "messaging_service_sid": "MG" + "4" * 32, "capabilities": ["voice"]}
    emulator.admin("POST", "/emulator/numbers", {"account_sid": ACCOUNT} | voice_only)
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=PHONE, messaging_service_sid=sid, body="x")
    assert refused.value.code == code


def test_a_scheduled_message_waits_and_can_be_called_off(service: RunningEmulator, client: Client, webhook: Webhook):
    due = datetime.now(UTC) + timedelta(hours=1)
    message = client.messages.create(
        to=PHONE, messaging_service_sid=SERVICE, body="later", schedule_type="fixed", send_at=due
    )
    assert message.status == "scheduled"
    assert message.update(status="canceled").status == "canceled"
    assert [call["MessageStatus"] for call in webhook.wait_for(1)] == ["canceled"]
    with pytest.raises(TwilioRestException) as late:
        message.update(status="canceled")
    assert late.value.code == 30409


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"messaging_service_sid": None, "from_": POOL[0]}, 35118),
        ({"send_at": None}, 35111),
        ({"send_at": timedelta(seconds=60)}, 35114),
        ({"send_at": timedelta(days=36)}, 35114),
        ({"schedule_type": None}, 35111),
    ],
)
def test_schedules_that_are_refused(service: RunningEmulator, client: Client, changes: dict[str, object], code: int):
    wanted = {"to": PHONE, "body": "x", "messaging_service_sid": SERVICE, "schedule_type": "fixed"}
    wanted |= {"send_at": timedelta(hours=1)} | changes
    if isinstance(wanted["send_at"], timedelta):
        wanted["send_at"] = datetime.now(UTC) + wanted["send_at"]
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(**{name: value for name, value in wanted.items() if value is not None})
    assert refused.value.code == code
