"""The admin API: declaring a world, texting as a phone, reading what happened, starting again."""

from pathlib import Path

import msgspec
import pytest
import requests
from twilio.rest import Client

from answerback_emulator.settings.config import Config, read_config
from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, RunningEmulator, Webhook


def test_a_new_phone_knows_its_country_and_carrier(emulator: RunningEmulator):
    phone = emulator.admin("POST", "/emulator/phones", {"number": "+17875550142", "name": "Maria"})
    assert phone["country"] == "PR"
    assert phone["carrier"]
    assert [one["name"] for one in emulator.admin("GET", "/emulator/phones")] == ["James Lee", "Maria"]


def test_texting_from_an_unknown_phone_adds_it(emulator: RunningEmulator):
    emulator.text_from("+14155550101", "hi")
    assert "+14155550101" in {one["number"] for one in emulator.admin("GET", "/emulator/phones")}


NO_BASE64 = {"content_type": "image/png", "base64": "?"}


@pytest.mark.parametrize(
    ("path", "content", "status", "named"),
    [
        ("/emulator/phones/+13125550188/texts", {"to": "+19995550100", "body": "x"}, 404, "+19995550100"),
        ("/emulator/phones/+13125550188/texts", {"to": NUMBER}, 422, "body or media"),
        ("/emulator/phones/+13125550188/texts", {"to": NUMBER, "text": "x"}, 422, "text"),
        ("/emulator/phones/+13125550188/texts", {"to": NUMBER, "media": [NO_BASE64]}, 422, "base64"),
        ("/emulator/numbers", {"phone_number": "+13125550100", "account_sid": "AC9"}, 422, "AC9"),
        ("/emulator/accounts", {"sid": "AC9"}, 422, "auth_token"),
    ],
)
def test_refusals_say_what_is_wrong(
    emulator: RunningEmulator, path: str, content: dict[str, object], status: int, named: str
):
    answer = requests.post(emulator.url + path, json=content, timeout=10)
    assert answer.status_code == status
    assert named in answer.json()["error"]


def test_tallies_show_every_text_with_its_body(emulator: RunningEmulator, client: Client, webhook: Webhook):
    emulator.text_from(PHONE, "one")
    client.messages.create(to="+12125550177", from_=NUMBER, body="two", status_callback=webhook.url)
    webhook.wait_for(1, lambda call: call.get("MessageStatus") == "delivered")
    texts = emulator.admin("GET", f"/emulator/messages?account_sid={ACCOUNT}")
    assert [(text["direction"], text["body"], text["status"]) for text in texts] == [
        ("inbound", "one", "received"),
        ("outbound-api", "two", "delivered"),
    ]
    assert emulator.admin("GET", "/emulator/messages?account_sid=AC0") == []


def test_the_log_shows_signatures_and_hides_credentials(emulator: RunningEmulator, client: Client, webhook: Webhook):
    client.messages.create(to=PHONE, from_=NUMBER, body="x", status_callback=webhook.url)
    webhook.wait_for(2)
    emulator.text_from(PHONE, "hi")
    log = emulator.admin("GET", "/emulator/log")
    outgoing = [one for one in log if one["flow"] == "out"]
    (incoming,) = [one for one in log if one["flow"] == "in"]
    assert all(one["request_headers"]["X-Twilio-Signature"] for one in outgoing)
    assert incoming["request_headers"]["authorization"] == "(hidden)"
    assert incoming["status"] == 201
    assert "Body=x" in incoming["request_body"]


def test_reset_goes_back_to_the_declared_world(emulator: RunningEmulator):
    emulator.text_from("+14155550101", "STOP")
    emulator.turn(throttle_probability=1)
    emulator.admin("POST", "/emulator/reset")
    assert [one["number"] for one in emulator.admin("GET", "/emulator/phones")] == [PHONE]
    assert emulator.admin("GET", "/emulator/messages") == []
    assert emulator.admin("GET", "/emulator/numbers") == []
    assert emulator.admin("GET", "/emulator/dials")["throttle_probability"] == 0


def test_the_stream_tells_of_a_text(emulator: RunningEmulator):
    with requests.get(f"{emulator.url}/emulator/stream", stream=True, timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith(b":")
        emulator.text_from(PHONE, "live")
        assert any(line.startswith(b"data:") and b'"live"' in line for line in lines)


def test_old_texts_are_forgotten_when_the_store_is_full():
    with RunningEmulator(Config(keep_texts=2)) as small:
        small.admin("POST", "/emulator/accounts", {"sid": ACCOUNT, "auth_token": "t"})
        small.admin("POST", "/emulator/numbers", {"account_sid": ACCOUNT, "phone_number": NUMBER})
        for place in range(4):
            small.text_from(PHONE, str(place))
        assert [text["body"] for text in small.admin("GET", "/emulator/messages")] == ["2", "3"]


def test_a_configuration_file_declares_everything(tmp_path: Path):
    path = tmp_path / "world.json"
    path.write_text('{"accounts": [{"sid": "AC1", "auth_token": "t"}], "dials": {"delay_ms": 5}}')
    config = read_config(path)
    assert (config.accounts[0].sid, config.dials.delay_ms) == ("AC1", 5)
    path.write_text('{"acounts": []}')
    with pytest.raises(msgspec.ValidationError, match="acounts"):
        read_config(path)
