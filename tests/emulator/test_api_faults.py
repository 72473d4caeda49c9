"""The dials that make the REST API itself fail."""

import http.client
import time
from base64 import b64encode

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, TOKEN, RunningEmulator


@pytest.mark.parametrize(
    ("dial", "status", "code"), [("throttle_probability", 429, 20429), ("error_probability", 500, 20500)]
)
def test_refused_and_nothing_sent(client: Client, emulator: RunningEmulator, dial: str, status: int, code: int):
    emulator.turn(**{dial: 1})
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=PHONE, from_=NUMBER, body="x")
    assert (refused.value.status, refused.value.code) == (status, code)
    assert emulator.admin("GET", "/emulator/messages") == []


def test_a_lost_response_has_sent_the_text(client: Client, emulator: RunningEmulator):
    emulator.turn(lost_response_probability=1)
    with pytest.raises(requests.exceptions.ConnectionError):
        client.messages.create(to=PHONE, from_=NUMBER, body="sent all the same")
    assert [message.body for message in client.messages.list()] == ["sent all the same"]


def test_a_lost_response_writes_not_one_byte(emulator: RunningEmulator):
    emulator.turn(lost_response_probability=1)
    line = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=10)
    headers = {
        "Authorization": "Basic " + b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = f"To=%2B13125550188&From=%2B{NUMBER[1:]}&Body=x"
    line.request("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", body, headers)
    with pytest.raises(http.client.RemoteDisconnected):
        line.getresponse()
    line.close()


def test_slow_answers_take_their_time(client: Client, emulator: RunningEmulator):
    emulator.turn(slow_response_ms=150)
    began = time.monotonic()
    client.messages.create(to=PHONE, from_=NUMBER, body="x")
    assert time.monotonic() - began >= 0.15


def test_the_same_seed_brings_the_same_faults(client: Client, emulator: RunningEmulator):
    def outcomes() -> list[bool]:
        emulator.turn(throttle_probability=0.5, seed=11)
        found = []
        for _ in range(12):
            try:
                client.messages.create(to=PHONE, from_=NUMBER, body="x")
                found.append(True)
            except TwilioRestException:
                found.append(False)
        return found

    first = outcomes()
    assert True in first
    assert False in first
    assert outcomes() == first


def test_a_wrong_dial_is_named(emulator: RunningEmulator):
    answer = requests.put(f"{emulator.url}/emulator/dials", json={"delay_ms": -1}, timeout=10)
    assert answer.status_code == 422
    assert "delay_ms" in answer.json()["error"]
    answer = requests.put(f"{emulator.url}/emulator/dials", json={"dealy_ms": 1}, timeout=10)
    assert "dealy_ms" in answer.json()["error"]
