"""TeleSign's own client against the emulator: sends, look-ups, refusals, and who is let in."""

import uuid
from collections.abc import Iterator
from email.utils import formatdate
from time import time

import pytest
import requests
from telesign.messaging import MessagingClient
from telesign.rest import RestClient

from tests.emulator.loopback import PHONE, RunningEmulator, Webhook
from tests.emulator.telesign_world import CUSTOMER, KEY, SENDER, client_of, codes_of, declare, told

TO = PHONE.removeprefix("+")
SIGN_IN = ["HMAC-SHA256", "Basic"]


@pytest.fixture
def at_telesign(emulator: RunningEmulator, webhook: Webhook) -> RunningEmulator:
    declare(emulator, webhook)
    return emulator


@pytest.fixture(params=SIGN_IN)
def telesign(request: pytest.FixtureRequest, at_telesign: RunningEmulator) -> Iterator[MessagingClient]:
    client = client_of(at_telesign, auth_method=request.param)
    yield client
    client.session.close()


def test_a_text_is_sent_told_of_and_looked_up(
    telesign: MessagingClient, at_telesign: RunningEmulator, webhook: Webhook
):
    words = "Olá 👍 & = + % café\nline2"
    sent = telesign.message(TO, words, "ARN", sender_id=SENDER.removeprefix("+"), external_id="conv-42")
    assert (sent.status_code, sent.json["status"]["code"], sent.json["external_id"]) == (200, 290, "conv-42")
    calls = webhook.wait_for(2)
    assert codes_of(webhook, sent.json["reference_id"]) == [203, 200]
    assert {told(call)["external_id"] for call in calls} == {"conv-42"}
    assert [text["body"] for text in at_telesign.thread(PHONE)] == [words]
    found = telesign.status(sent.json["reference_id"])
    assert (found.status_code, found.json["status"]["description"]) == (200, "Delivered to handset")


def test_a_callback_address_of_its_own_wins(telesign: MessagingClient, webhook: Webhook):
    telesign.message(TO, "x", "OTP", callback_url=webhook.url + "/own")
    assert {call.path for call in webhook.wait_for(2)} == {"/hook/own"}


@pytest.mark.parametrize(
    ("to", "message", "kind", "status", "code"),
    [
        ("", "x", "ARN", 400, 12000),
        ("555", "x", "ARN", 400, 11000),
        (TO, "", "ARN", 400, 12009),
        (TO, "x" * 1601, "ARN", 400, 11009),
        (TO, "x", "", 400, 12017),
        (TO, "x", "SPAM", 400, 11017),
        ("15005510030", "x", "ARN", 402, 10030),
        ("15005510033", "x", "ARN", 400, 10033),
        ("15005510019", "x", "ARN", 429, 10019),
    ],
)
def test_what_is_refused_at_once_says_why(
    telesign: MessagingClient, to: str, message: str, kind: str, status: int, code: int
):
    answer = telesign.message(to, message, kind)
    assert (answer.status_code, answer.json["status"]["code"], answer.json["reference_id"]) == (status, code, None)
    assert answer.json["status"]["description"]


def test_a_reference_nobody_gave_is_not_found(telesign: MessagingClient):
    unknown = telesign.status("0" * 32)
    assert (unknown.status_code, unknown.json["status"]["code"]) == (404, 10017)
    malformed = telesign.status("nonsense")
    assert (malformed.status_code, malformed.json["status"]["code"]) == (400, 11011)


@pytest.mark.parametrize("method", SIGN_IN)
@pytest.mark.parametrize(
    ("customer", "key", "code"),
    [(CUSTOMER, "d3Jvbmcga2V5", 10008), ("00000000-EEEE-DDDD-1234-AB1234567890", KEY, 10015)],
)
def test_strangers_are_not_let_in(at_telesign: RunningEmulator, method: str, customer: str, key: str, code: int):
    client = client_of(at_telesign, key, customer, auth_method=method)
    answer = client.message(TO, "x", "ARN")
    client.session.close()
    assert (answer.status_code, answer.json["status"]["code"]) == (401, code)
    assert at_telesign.admin("GET", "/emulator/messages") == []


def post(emulator: RunningEmulator, **signed: str) -> tuple[int, int]:
    """A send signed by the official client's own function, with a date or nonce of our choice."""
    body = f"phone_number={TO}&message=x&message_type=ARN"
    content_type = "application/x-www-form-urlencoded"
    headers = RestClient.generate_telesign_headers(
        CUSTOMER, KEY, "POST", "/v1/messaging", body, content_type=content_type, **signed
    )
    answer = requests.post(emulator.url + "/v1/messaging", data=body, headers=headers, timeout=10)
    return answer.status_code, answer.json()["status"]["code"]


def test_a_nonce_is_good_for_one_request(at_telesign: RunningEmulator):
    nonce = str(uuid.uuid4())
    assert post(at_telesign, nonce=nonce) == (200, 290)
    assert post(at_telesign, nonce=nonce) == (401, 10002)
    assert post(at_telesign, nonce="n" * 65) == (401, 10003)


def test_the_date_has_to_be_near_the_carriers_clock(at_telesign: RunningEmulator):
    assert post(at_telesign, date_rfc2616=formatdate(time() - 240, usegmt=True)) == (200, 290)
    assert post(at_telesign, date_rfc2616=formatdate(time() - 400, usegmt=True)) == (401, 10004)
    assert post(at_telesign, date_rfc2616="yesterday") == (401, 10005)
    at_telesign.turn(clock_skew_s=600)
    assert post(at_telesign) == (401, 10004)
    assert post(at_telesign, date_rfc2616=formatdate(time() + 600, usegmt=True)) == (200, 290)


def test_a_changed_request_is_not_let_in(at_telesign: RunningEmulator):
    headers = RestClient.generate_telesign_headers(CUSTOMER, KEY, "POST", "/v1/messaging", "message=x")
    answer = requests.post(at_telesign.url + "/v1/messaging", data="message=y", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["status"]["code"]) == (401, 10008)
    assert requests.get(at_telesign.url + "/v1/messaging/" + "0" * 32, timeout=10).status_code == 401


@pytest.mark.parametrize(
    ("dial", "status", "code"), [("throttle_probability", 429, 10019), ("error_probability", 500, 500)]
)
def test_the_dials_refuse_as_telesign_does(
    telesign: MessagingClient, at_telesign: RunningEmulator, dial: str, status: int, code: int
):
    at_telesign.turn(**{dial: 1})
    answer = telesign.message(TO, "x", "ARN")
    assert (answer.status_code, answer.json["status"]["code"]) == (status, code)
    assert at_telesign.admin("GET", "/emulator/messages") == []
