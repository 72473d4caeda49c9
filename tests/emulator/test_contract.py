"""Twilio's published API description finds no fault in the emulator's answers; Prism is the judge.

Prism refuses repeated MediaUrl fields, so pictures are tried in test_inbound.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.emulator.contract_proxy import (
    allow_relative_addresses,
    contract_proxy,
    install_packages,
    read_description,
)
from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, TOKEN, Reply, RunningEmulator, Webhook

RESOURCES = ("/Messages", "/IncomingPhoneNumbers", "/Accounts/{Sid}.json", "/Calls.json", "/Calls/{Sid}.json")
SERVICE = "MG" + "1" * 32


@pytest.fixture(scope="module")
def packages() -> None:
    install_packages()


@pytest.fixture(scope="module")
def api_proxy(packages: None, served: RunningEmulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    description = read_description("twilio_api_v2010", *RESOURCES)
    allow_relative_addresses(description)
    with contract_proxy(description, served.url, tmp_path_factory.mktemp("api")) as url:
        yield url


@pytest.fixture(scope="module")
def messaging_proxy(packages: None, served: RunningEmulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    description = read_description("twilio_messaging_v1", "/v1/Services")
    with contract_proxy(description, served.url, tmp_path_factory.mktemp("messaging")) as url:
        yield url


@pytest.fixture
def judged(client: Client, api_proxy: str) -> Client:
    client.api.base_url = api_proxy
    return client


def test_the_published_examples_themselves_have_relative_addresses(packages: None):
    path = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json"
    answer = read_description("twilio_api_v2010")["paths"][path]["get"]["responses"]["200"]
    example = answer["content"]["application/json"]["examples"]["readFull"]["value"]
    assert example["first_page_uri"].startswith("/")
    assert example["incoming_phone_numbers"][0]["sms_url"] == ""


def test_messages_from_creation_to_deletion(judged: Client, webhook: Webhook):
    messages = [
        judged.messages.create(to=PHONE, from_=NUMBER, body=f"Olá {place} 👍", status_callback=webhook.url)
        for place in range(3)
    ]
    webhook.wait_for(3, lambda call: call["MessageStatus"] == "delivered")
    assert len(judged.messages.list(page_size=1)) == 3
    assert len(judged.messages.list(to=PHONE, from_=NUMBER, date_sent_after=messages[0].date_created)) == 3
    assert messages[0].fetch().status == "delivered"
    assert messages[0].update(body="").body == ""
    assert messages[0].media.list() == []
    assert messages[0].delete()


def test_failed_and_received_messages(judged: Client, emulator: RunningEmulator, webhook: Webhook):
    failed = judged.messages.create(to="+15005530003", from_=NUMBER, body="x", status_callback=webhook.url)
    webhook.wait_for(1, lambda call: call.get("MessageStatus") == "undelivered")
    assert failed.fetch().error_code == 30003
    sid = emulator.text_from(PHONE, "look", media=[{"content_type": "image/png", "base64": "iVBORw0KGgo="}])["sid"]
    (medium,) = judged.messages(sid).media.list()
    assert judged.messages(sid).fetch().num_media == "1"
    assert medium.fetch().content_type == "image/png"
    assert medium.delete()


def test_a_scheduled_message_through_a_service(judged: Client, emulator: RunningEmulator):
    declare_service(emulator)
    message = judged.messages.create(to=PHONE, messaging_service_sid=SERVICE, body="x")
    assert (message.status, message.from_) == ("accepted", None)


def test_numbers_and_account(judged: Client):
    (number,) = judged.incoming_phone_numbers.list(phone_number=NUMBER)
    assert number.update(sms_url="https://x.example.com/sms").sms_url == "https://x.example.com/sms"
    assert number.update(voice_url="https://x.example.com/v", voice_method="GET").voice_method == "GET"
    assert number.fetch().phone_number == NUMBER
    assert judged.api.accounts(ACCOUNT).fetch().status == "active"


def test_calls_from_ringing_to_their_end(judged: Client, emulator: RunningEmulator):
    twiml = "<Response><Say>Hello</Say><Pause length='600'/></Response>"
    emulator.turn(speech_scale=1)
    made = judged.calls.create(to=PHONE, from_=NUMBER, twiml=twiml, timeout=30)
    assert made.status == "queued"
    emulator.pick_up(PHONE)
    assert [one.sid for one in judged.calls.list(to=PHONE, status="in-progress")] == [made.sid]
    assert made.fetch().start_time is not None
    assert made.update(status="completed").status == "completed"
    assert made.fetch().duration == "1"
    inbound = emulator.call_from(PHONE)
    ended = emulator.call_until(inbound["id"], "completed")
    assert judged.calls(ended["id"]).fetch().direction == "inbound"
    assert made.delete()


def test_refusals_pass_the_judge_unchanged(judged: Client):
    with pytest.raises(TwilioRestException) as refused:
        judged.messages.create(to="+15005550004", from_=NUMBER, body="x")
    assert refused.value.code == 21610


def test_messaging_services(client: Client, emulator: RunningEmulator, messaging_proxy: str):
    declare_service(emulator)
    client.messaging.base_url = messaging_proxy
    service = client.messaging.v1.services(SERVICE)
    assert service.fetch().sid == SERVICE
    assert service.update(inbound_request_url="https://x.example.com/in").inbound_method == "POST"
    assert [one.phone_number for one in service.phone_numbers.list()] == ["+13125550111"]


def test_the_judge_does_find_faults(packages: None, webhook: Webhook, tmp_path: Path):
    broken = '{"sid": "SM1", "status": "teleported", "num_segments": 1}'
    webhook.answer = lambda _call: Reply(201, "application/json", broken)
    upstream = webhook.url.removesuffix("/hook")
    with contract_proxy(read_description("twilio_api_v2010", "/Messages.json"), upstream, tmp_path) as url:
        form = {"To": PHONE, "From": NUMBER, "Body": "x"}
        path = f"{url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        answer = requests.post(path, data=form, auth=(ACCOUNT, TOKEN), timeout=20)
    assert answer.status_code == 500
    assert {fault["location"][-1] for fault in answer.json()["validation"]} >= {"sid", "status", "num_segments"}


def declare_service(emulator: RunningEmulator) -> None:
    emulator.admin("POST", "/emulator/services", {"account_sid": ACCOUNT, "sid": SERVICE})
    number = {"account_sid": ACCOUNT, "phone_number": "+13125550111", "messaging_service_sid": SERVICE}
    emulator.admin("POST", "/emulator/numbers", number)
