"""STOP, START and HELP as the carrier handles them."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, RunningEmulator, Webhook

SERVICE = "MG" + "1" * 32
TOLL_FREE = "+18885550100"
SHORT_CODE = "55512"


def can_send(client: Client, sender: str = NUMBER) -> bool:
    try:
        client.messages.create(to=PHONE, from_=sender, body="x")
    except TwilioRestException as refused:
        return refused.code != 21610
    return True


def carrier_answers(emulator: RunningEmulator) -> list[str]:
    return [text["body"] for text in emulator.thread(PHONE) if text["from_carrier"]]


def add_number(emulator: RunningEmulator, number: str, **more: object) -> None:
    emulator.admin("POST", "/emulator/numbers", {"account_sid": ACCOUNT, "phone_number": number} | more)


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Unsubscribe ", "END", "QUIT", "CANCEL", "STOPALL", "REVOKE", "OPTOUT"]
)
def test_stop_words_block_the_pair_and_still_reach_the_webhook(
    emulator: RunningEmulator, webhook: Webhook, client: Client, word: str
):
    emulator.text_from(PHONE, word)
    (call,) = webhook.wait_for(1)
    assert (call["Body"], call.get("OptOutType")) == (word, None)
    assert not can_send(client)
    assert len(carrier_answers(emulator)) == 1
    assert [message.direction for message in client.messages.list()] == ["inbound"]


@pytest.mark.parametrize("word", ["STOP PLEASE", "please stop", "stopp", "no"])
def test_other_words_block_nothing(emulator: RunningEmulator, client: Client, word: str):
    emulator.text_from(PHONE, word)
    assert can_send(client)
    assert carrier_answers(emulator) == []


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_start_words_open_the_way_again(emulator: RunningEmulator, client: Client, word: str):
    emulator.text_from(PHONE, "STOP")
    emulator.text_from(PHONE, "STOP")
    emulator.text_from(PHONE, word)
    assert can_send(client)
    assert len(carrier_answers(emulator)) == 2


def test_help_is_answered(emulator: RunningEmulator, client: Client):
    emulator.text_from(PHONE, "help")
    assert len(carrier_answers(emulator)) == 1
    assert can_send(client)


def test_toll_free_is_not_reopened_by_yes(emulator: RunningEmulator, client: Client):
    add_number(emulator, TOLL_FREE)
    emulator.text_from(PHONE, "STOP", to=TOLL_FREE)
    emulator.text_from(PHONE, "YES", to=TOLL_FREE)
    assert not can_send(client, TOLL_FREE)
    assert carrier_answers(emulator)[0].startswith("NETWORK MSG")
    emulator.text_from(PHONE, "UNSTOP", to=TOLL_FREE)
    assert can_send(client, TOLL_FREE)
    assert can_send(client)


def test_a_short_code_leaves_keywords_to_its_owner(emulator: RunningEmulator, client: Client):
    add_number(emulator, SHORT_CODE, type="short_code")
    emulator.text_from(PHONE, "STOP", to=SHORT_CODE)
    assert can_send(client, SHORT_CODE)
    assert carrier_answers(emulator) == []


def test_the_switch_turns_it_off(emulator: RunningEmulator, client: Client):
    add_number(emulator, NUMBER, carrier_handles_keywords=False)
    emulator.text_from(PHONE, "STOP")
    assert can_send(client)


def test_in_a_service_the_whole_pool_is_stopped_and_says_so_later(
    emulator: RunningEmulator, webhook: Webhook, client: Client
):
    emulator.admin("POST", "/emulator/services", {"account_sid": ACCOUNT, "sid": SERVICE})
    add_number(emulator, NUMBER, messaging_service_sid=SERVICE)
    add_number(emulator, "+13125550111", messaging_service_sid=SERVICE)
    emulator.text_from(PHONE, "STOP")
    assert not can_send(client, "+13125550111")
    message = client.messages.create(to=PHONE, messaging_service_sid=SERVICE, body="x", status_callback=webhook.url)
    assert message.status == "accepted"
    (call,) = webhook.wait_for(1, lambda call: call.get("MessageStatus") is not None)
    assert (call["MessageStatus"], call["ErrorCode"]) == ("failed", "21610")


def test_advanced_opt_out_names_the_type_and_knows_own_words(emulator: RunningEmulator, webhook: Webhook):
    emulator.admin(
        "POST",
        "/emulator/services",
        {
            "account_sid": ACCOUNT,
            "sid": SERVICE,
            "advanced_opt_out": True,
            "opt_out_words": ["BASTA"],
            "inbound_request_url": webhook.url,
        },
    )
    add_number(emulator, NUMBER, messaging_service_sid=SERVICE)
    for word in ("HELP", "basta", "HELP", "START", "hi"):
        emulator.text_from(PHONE, word)
    assert [call.get("OptOutType") for call in webhook.wait_for(5)] == ["HELP", "STOP", "HELP", "START", None]
    assert len(carrier_answers(emulator)) == 3  # no help for who has opted out
