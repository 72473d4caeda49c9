"""Numbers, accounts and services through Twilio's own client."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.emulator.loopback import ACCOUNT, NUMBER, RunningEmulator, Webhook

SERVICE = "MG" + "1" * 32


def test_the_account_can_be_fetched(client: Client):
    assert client.api.accounts(ACCOUNT).fetch().status == "active"


def test_a_number_is_found_by_its_digits(client: Client):
    assert [one.phone_number for one in client.incoming_phone_numbers.list(phone_number=NUMBER)] == [NUMBER]
    assert client.incoming_phone_numbers.list(phone_number="+1999") == []
    assert client.incoming_phone_numbers.list()[0].capabilities["mms"] is True


def test_a_number_has_the_same_sid_after_a_restart(client: Client, emulator: RunningEmulator):
    before = client.incoming_phone_numbers.list()[0].sid
    emulator.admin("POST", "/emulator/reset")
    emulator.admin("POST", "/emulator/numbers", {"account_sid": ACCOUNT, "phone_number": NUMBER})
    assert client.incoming_phone_numbers.list()[0].sid == before


def test_setting_the_sms_url_leaves_the_voice_url_alone(client: Client, webhook: Webhook):
    number = client.incoming_phone_numbers.list()[0]
    number.update(voice_url="https://old.example.com/voice", voice_method="GET")
    changed = client.incoming_phone_numbers(number.sid).update(sms_url="https://new.example.com/sms", sms_method="POST")
    fetched = client.incoming_phone_numbers(changed.sid).fetch()
    assert (fetched.sms_url, fetched.voice_url, fetched.voice_method) == (
        "https://new.example.com/sms", "https://old.example.com/voice", "GET",
    )  # fmt: skip


def test_a_url_that_is_none_is_refused(client: Client):
    number = client.incoming_phone_numbers.list()[0]
    with pytest.raises(TwilioRestException) as refused:
        number.update(sms_url="nonsense")
    assert refused.value.code == 21502


def test_an_unknown_number_is_not_found(client: Client):
    with pytest.raises(TwilioRestException) as missing:
        client.incoming_phone_numbers("PN" + "0" * 32).fetch()
    assert missing.value.code == 20404


def test_a_service_and_its_pool(client: Client, emulator: RunningEmulator):
    emulator.admin("POST", "/emulator/services", {"account_sid": ACCOUNT, "sid": SERVICE})
    emulator.admin(
        "POST",
        "/emulator/numbers",
        {"account_sid": ACCOUNT, "phone_number": "+18885550100", "messaging_service_sid": SERVICE},
    )
    service = client.messaging.v1.services(SERVICE)
    assert service.fetch().inbound_request_url is None
    assert (
        service.update(inbound_request_url="https://x.example.com/in").inbound_request_url == "https://x.example.com/in"
    )
    assert [one.phone_number for one in service.phone_numbers.list()] == ["+18885550100"]
    assert [one.sid for one in client.messaging.v1.services.list()] == [SERVICE]


def test_a_call_is_accepted(client: Client):
    assert client.calls.create(to="+13125550188", from_=NUMBER, url="https://x.example.com/v").status == "queued"
