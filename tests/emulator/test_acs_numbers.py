"""Microsoft's own phone numbers client against the emulator; the opt-outs of a sender; carrier keywords."""

import pytest
from azure.communication.phonenumbers import PhoneNumbersClient
from azure.communication.sms import SmsClient
from azure.core.exceptions import ResourceNotFoundError

from tests.emulator.acs_world import (
    LONG_CODE,
    RESOURCE,
    SHORT_CODE,
    TOLL_FREE,
    VOICE_ONLY,
    agree,
    asked,
    declare,
    numbers_client,
    sms_client,
    told,
)
from tests.emulator.loopback import PHONE, RunningEmulator, Webhook

OTHER = "+13125550199"
OPT_OUTS = "/sms/optouts:{}?api-version=2026-01-23"


@pytest.fixture
def at_acs(emulator: RunningEmulator, webhook: Webhook) -> RunningEmulator:
    webhook.answer = agree
    declare(emulator, webhook)
    return emulator


@pytest.fixture
def numbers(at_acs: RunningEmulator) -> PhoneNumbersClient:
    return numbers_client(at_acs)


@pytest.fixture
def azure(at_acs: RunningEmulator) -> SmsClient:
    return sms_client(at_acs, retry_total=0)


def test_the_resources_numbers_are_listed_with_what_they_can_do(numbers: PhoneNumbersClient):
    listed = {one.phone_number: one for one in numbers.list_purchased_phone_numbers()}
    assert sorted(listed) == [LONG_CODE, VOICE_ONLY, TOLL_FREE]  # no short codes, no other carrier's
    assert (listed[TOLL_FREE].phone_number_type, listed[LONG_CODE].phone_number_type) == ("tollFree", "geographic")
    assert listed[TOLL_FREE].capabilities.sms == listed[TOLL_FREE].capabilities.calling == "inbound+outbound"
    assert (listed[VOICE_ONLY].capabilities.sms, listed[VOICE_ONLY].country_code) == ("none", "US")
    assert listed[TOLL_FREE].id == TOLL_FREE.removeprefix("+")


def test_long_lists_come_in_pages(at_acs: RunningEmulator, numbers: PhoneNumbersClient):
    many = [f"+1206555{place:04}" for place in range(1000, 1230)]
    for number in many:
        at_acs.admin("POST", "/emulator/numbers", {"account_sid": RESOURCE, "phone_number": number})
    listed = [one.phone_number for one in numbers.list_purchased_phone_numbers()]
    assert listed == sorted([*many, LONG_CODE, VOICE_ONLY, TOLL_FREE])


def test_one_number_is_told_by_itself(numbers: PhoneNumbersClient):
    assert numbers.get_purchased_phone_number(TOLL_FREE).phone_number == TOLL_FREE
    with pytest.raises(ResourceNotFoundError):
        numbers.get_purchased_phone_number("+19995550100")


@pytest.mark.parametrize("query", ["skip=x", "top=-1"])
def test_a_page_that_is_no_number_is_refused(at_acs: RunningEmulator, query: str):
    assert asked(at_acs, "GET", f"/phoneNumbers?{query}&api-version=2025-06-01")[0] == 400


def opt_outs(at_acs: RunningEmulator, action: str, *recipients: str) -> list[dict[str, object]]:
    question = {"from": SHORT_CODE, "recipients": [{"to": to} for to in recipients]}
    status, content = asked(at_acs, "POST", OPT_OUTS.format(action), question)
    assert status == 200
    return content["value"]


def test_opt_outs_are_added_asked_for_and_removed(at_acs: RunningEmulator, azure: SmsClient):
    assert opt_outs(at_acs, "add", PHONE, "12ab") == [
        {"to": PHONE, "httpStatusCode": 200},
        {"to": "12ab", "httpStatusCode": 400, "errorMessage": "Invalid To phone number format."},
    ]
    assert [line["isOptedOut"] for line in opt_outs(at_acs, "check", PHONE, OTHER)] == [True, False]
    blocked, fine = azure.send(SHORT_CODE, [PHONE, OTHER], "Hi")
    assert (blocked.http_status_code, fine.http_status_code) == (400, 202)
    assert "opted out" in blocked.error_message
    opt_outs(at_acs, "remove", PHONE)
    assert azure.send(SHORT_CODE, PHONE, "Hi")[0].successful


@pytest.mark.parametrize("recipients", [[], [{"to": PHONE}] * 101])
def test_opt_outs_are_for_one_to_a_hundred_people(at_acs: RunningEmulator, recipients: list[dict[str, str]]):
    question = {"from": SHORT_CODE, "recipients": recipients}
    assert asked(at_acs, "POST", OPT_OUTS.format("add"), question)[0] == 400


def test_opt_outs_need_a_version_that_has_them_and_a_known_action(at_acs: RunningEmulator):
    question = {"from": SHORT_CODE, "recipients": [{"to": PHONE}]}
    assert asked(at_acs, "POST", "/sms/optouts:add?api-version=2021-03-07", question)[0] == 400
    assert asked(at_acs, "POST", OPT_OUTS.format("forget"), question)[0] == 404


def test_the_network_minds_stop_for_a_toll_free_number_and_azure_hears_of_it_afterwards(
    at_acs: RunningEmulator, azure: SmsClient, webhook: Webhook
):
    at_acs.text_from(PHONE, "STOP", to=TOLL_FREE)
    assert [text["body"][:12] for text in at_acs.thread(PHONE) if text["from_carrier"]] == ["NETWORK MSG:"]
    (line,) = azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True)
    assert line.successful
    received, reported = told(webhook, 2)
    assert received["data"]["message"] == "STOP"  # it is relayed all the same
    assert reported["data"]["deliveryStatusDetails"].startswith("4007: ")
    at_acs.text_from(PHONE, "YES", to=TOLL_FREE)
    azure.send(TOLL_FREE, PHONE, "still blocked", enable_delivery_report=True)
    at_acs.text_from(PHONE, "UNSTOP", to=TOLL_FREE)
    azure.send(TOLL_FREE, PHONE, "welcome back", enable_delivery_report=True)
    told(webhook, 6)
    assert [text["body"] for text in at_acs.thread(PHONE) if text["direction"] == "outbound-api"] == ["welcome back"]


@pytest.mark.parametrize("sender", [SHORT_CODE, LONG_CODE])
def test_azure_minds_stop_itself_for_short_codes_and_10dlc(at_acs: RunningEmulator, azure: SmsClient, sender: str):
    at_acs.text_from(PHONE, "stop", to=sender)
    assert azure.send(sender, PHONE, "Hi")[0].http_status_code == 400
    assert azure.send(TOLL_FREE, PHONE, "another sender")[0].successful
    at_acs.text_from(PHONE, "START", to=sender)
    assert azure.send(sender, PHONE, "Hi")[0].successful


def test_no_number_of_azure_takes_pictures(at_acs: RunningEmulator):
    picture = [{"content_type": "image/png", "base64": "AAAA"}]
    with pytest.raises(OSError, match="422"):
        at_acs.text_from(PHONE, "look", to=TOLL_FREE, media=picture)
