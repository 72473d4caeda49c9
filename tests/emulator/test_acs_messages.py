"""Microsoft's own SMS client against the emulator: a result for each recipient, repeats, refusals, both ways in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPException
from typing import Any
from uuid import uuid4

import pytest
from azure.communication.sms import SmsClient
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ServiceResponseError
from azure.core.pipeline.transport import RequestsTransport

from answerback_emulator.settings.config import Config
from answerback_emulator.settings.dials import Dials
from answerback_emulator.world.records import Phone
from tests.emulator.acs_world import (
    KEY,
    LONG_CODE,
    SHORT_CODE,
    SPARE,
    TOLL_FREE,
    VOICE_ONLY,
    agree,
    asked,
    declare,
    sms_client,
    told,
)
from tests.emulator.loopback import PHONE, RunningEmulator, Webhook

OTHER = "+13125550199"
SEND = "/sms?api-version=2021-03-07"
FIRST_SENT = "repeatabilityFirstSent"


@pytest.fixture(scope="module")
def quick() -> Iterator[RunningEmulator]:
    phones = [Phone(number=PHONE), Phone(number=OTHER)]
    with RunningEmulator(Config(phones=phones, dials=Dials(delay_ms=0))) as running:
        yield running


@pytest.fixture
def at_acs(quick: RunningEmulator, webhook: Webhook) -> RunningEmulator:
    webhook.answer = agree
    quick.admin("POST", "/emulator/reset")
    declare(quick, webhook)
    return quick


@pytest.fixture
def azure(at_acs: RunningEmulator) -> Iterator[SmsClient]:
    yield from opened(at_acs)


def opened(emulator: RunningEmulator, key: str = KEY) -> Iterator[SmsClient]:
    with RequestsTransport() as transport:
        yield sms_client(emulator, key, transport=transport, retry_total=0)


def body_to(*recipients: dict[str, str], sender: str = TOLL_FREE, **options: Any) -> dict[str, Any]:
    return {"from": sender, "smsRecipients": list(recipients), "message": "Hi", "smsSendOptions": options}


def test_a_text_is_accepted_and_shown_on_the_phone_and_reported(
    azure: SmsClient, at_acs: RunningEmulator, webhook: Webhook
):
    (line,) = azure.send(TOLL_FREE, PHONE, "Olá 👍\nline2", enable_delivery_report=True, tag="conv-42")
    assert (line.to, line.http_status_code, line.successful, line.error_message) == (PHONE, 202, True, None)
    assert line.message_id.startswith("Outgoing_")
    (event,) = told(webhook, 1)
    data = event["data"]
    assert (data["messageId"], data["deliveryStatus"], data["tag"]) == (line.message_id, "Delivered", "conv-42")
    assert data["deliveryStatusDetails"] == "2000: No Error"
    assert data["deliveryAttempts"][0]["segmentsSucceeded"] == 1
    assert [text["body"] for text in at_acs.thread(PHONE)] == ["Olá 👍\nline2"]


def test_without_being_asked_for_there_is_no_report(azure: SmsClient, at_acs: RunningEmulator, webhook: Webhook):
    (quiet,) = azure.send(TOLL_FREE, PHONE, "quiet")
    (loud,) = azure.send(TOLL_FREE, PHONE, "loud", enable_delivery_report=True)
    assert [event["data"]["messageId"] for event in told(webhook, 1)] == [loud.message_id]
    assert len(at_acs.thread(PHONE)) == 2
    assert asked(at_acs, "GET", f"/deliveryReports/{quiet.message_id}?api-version=2026-01-23")[0] == 404


def test_each_recipient_has_a_result_of_its_own_inside_202(azure: SmsClient, at_acs: RunningEmulator):
    bad, landline, busy = "+112345678901234567", "+15005550009", "+15005550503"
    lines = azure.send(LONG_CODE, [PHONE, bad, landline, busy, OTHER], "Hi")
    assert [(line.to, line.http_status_code) for line in lines] == [
        (PHONE, 202), (bad, 400), (landline, 400), (busy, 503), (OTHER, 202),
    ]  # fmt: skip
    assert [line.successful for line in lines] == [True, False, False, False, True]
    assert [line.message_id is None for line in lines] == [False, True, True, True, False]
    assert lines[1].error_message == "Invalid To phone number format."
    assert len({lines[0].message_id, lines[4].message_id}) == 2


@pytest.mark.parametrize("sender", [TOLL_FREE, LONG_CODE, SHORT_CODE])
def test_all_three_types_of_number_send(azure: SmsClient, sender: str):
    assert azure.send(sender, PHONE, "Hi")[0].successful


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"from_": "+14255550199"}, ClientAuthenticationError, "not owned"),
        ({"from_": "54321"}, ClientAuthenticationError, "not owned"),
        ({"from_": VOICE_ONLY}, HttpResponseError, "not enabled for SMS"),
        ({"from_": "no sender at all"}, HttpResponseError, "validation errors"),
        ({"to": []}, HttpResponseError, "recipients"),
        ({"to": [PHONE] * 101}, HttpResponseError, "recipients"),
        ({"message": ""}, HttpResponseError, "2048"),
        ({"message": "a" * 2_049}, HttpResponseError, "2048"),
    ],
)
def test_what_is_wrong_with_the_whole_request_refuses_it(
    azure: SmsClient, changes: dict[str, Any], error: type[HttpResponseError], words: str
):
    with pytest.raises(error, match=words) as refused:
        azure.send(**({"from_": TOLL_FREE, "to": PHONE, "message": "Hi"} | changes))
    assert refused.value.status_code == (401 if error is ClientAuthenticationError else 400)


def test_the_second_key_opens_the_same_resource_and_a_strange_one_nothing(at_acs: RunningEmulator):
    for azure in opened(at_acs, SPARE):
        assert azure.send(TOLL_FREE, PHONE, "Hi")[0].successful
    for azure in opened(at_acs, "d3Jvbmc="):
        with pytest.raises(ClientAuthenticationError, match="Denied"):
            azure.send(TOLL_FREE, PHONE, "Hi")


def test_two_resources_at_one_address_are_told_apart_by_their_keys(at_acs: RunningEmulator):
    key = "YW5vdGhlciByZXNvdXJjZQ=="
    at_acs.admin("POST", "/emulator/accounts", {"sid": "fabrikam", "provider": "acs", "auth_token": key})
    at_acs.admin("POST", "/emulator/numbers", {"account_sid": "fabrikam", "phone_number": "+18445550100"})
    for azure in opened(at_acs, key):
        assert azure.send("+18445550100", PHONE, "Hi")[0].successful
        with pytest.raises(ClientAuthenticationError, match="not owned"):
            azure.send(TOLL_FREE, PHONE, "Hi")


@pytest.mark.parametrize(
    ("target", "code"),
    [("/sms", "MissingApiVersionParameter"), ("/sms?api-version=2019-01-01", "UnsupportedApiVersionValue")],
)
def test_every_request_names_a_version_of_the_api(at_acs: RunningEmulator, target: str, code: str):
    status, content = asked(at_acs, "POST", target, body_to({"to": PHONE}))
    assert (status, content["error"]["code"]) == (400, code)


@pytest.mark.parametrize("content", [None, [], {"from": TOLL_FREE}, {"from": 1, "smsRecipients": [], "message": ""}])
def test_a_body_of_another_form_is_refused(at_acs: RunningEmulator, content: Any):
    status, problem = asked(at_acs, "POST", SEND, content)
    assert (status, problem["status"]) == (400, 400)
    assert problem["errors"]


def test_what_is_nowhere_is_404(at_acs: RunningEmulator):
    assert asked(at_acs, "GET", "/sms?api-version=2021-03-07")[0] == 404
    assert asked(at_acs, "POST", "/smsx?api-version=2021-03-07", {})[0] == 404
    status, problem = asked(at_acs, "GET", "/deliveryReports/Outgoing_none?api-version=2026-01-23")
    assert (status, problem["title"]) == (404, "Not Found")


def repeatable(to: str = PHONE, *, ago: timedelta = timedelta(0)) -> dict[str, str]:
    first_sent = format_datetime(datetime.now(UTC) - ago, usegmt=True)
    return {"to": to, "repeatabilityRequestId": str(uuid4()), "repeatabilityFirstSent": first_sent}


def line_of(at_acs: RunningEmulator, recipient: dict[str, str]) -> dict[str, Any]:
    status, content = asked(at_acs, "POST", SEND, body_to(recipient))
    assert status == 202
    (line,) = content["value"]
    return line


def test_a_repeated_request_is_one_text_and_hears_the_same_id(at_acs: RunningEmulator):
    recipient, another = repeatable(), repeatable()
    lines = [line_of(at_acs, one) for one in (recipient, another, recipient, recipient)]
    assert [line["repeatabilityResult"] for line in lines] == ["accepted"] * 4
    ids = [line["messageId"] for line in lines]
    assert ids[0] == ids[2] == ids[3] != ids[1]
    assert len(at_acs.admin("GET", "/emulator/messages")) == 2


@pytest.mark.parametrize("dial", ["lost_response_probability", "truncate_probability"])
def test_after_an_answer_that_was_lost_the_repeat_tells_what_was_done(at_acs: RunningEmulator, dial: str):
    recipient = repeatable()
    at_acs.turn(**{dial: 1})
    with pytest.raises((OSError, HTTPException)):
        line_of(at_acs, recipient)
    at_acs.turn(**{dial: 0})
    line = line_of(at_acs, recipient)
    (text,) = at_acs.admin("GET", "/emulator/messages")
    assert text["sid"] == line["messageId"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"repeatabilityFirstSent": None},
        {"repeatabilityRequestId": None},
        {"repeatabilityFirstSent": "yesterday"},
        repeatable(ago=timedelta(hours=1)),
    ],
)
def test_an_id_without_a_first_sent_that_counts_is_rejected(at_acs: RunningEmulator, wrong: dict[str, Any]):
    recipient = {name: value for name, value in (repeatable() | wrong).items() if value is not None}
    line = line_of(at_acs, recipient)
    assert (line["httpStatusCode"], line["successful"], line["repeatabilityResult"]) == (400, False, "rejected")
    assert at_acs.admin("GET", "/emulator/messages") == []


def test_the_client_tries_again_after_429_as_it_is_told(at_acs: RunningEmulator):
    at_acs.turn(throttle_probability=1)
    with RequestsTransport() as transport:
        azure = sms_client(at_acs, transport=transport, retry_total=1, retry_backoff_factor=0)
        with pytest.raises(HttpResponseError) as refused:
            azure.send(TOLL_FREE, PHONE, "Hi")
    assert refused.value.status_code == 429
    answered = at_acs.admin("GET", "/emulator/log")
    assert [exchange["status"] for exchange in answered[:2]] == [429, 429]
    bodies = {exchange["request_body"] for exchange in answered[:2]}
    assert len(bodies) == 1  # the same repeatability id
    assert at_acs.admin("GET", "/emulator/messages") == []


def test_trouble_inside_is_500(azure: SmsClient, at_acs: RunningEmulator):
    at_acs.turn(error_probability=1)
    with pytest.raises(HttpResponseError) as refused:
        azure.send(TOLL_FREE, PHONE, "Hi")
    assert refused.value.status_code == 500


def test_a_lost_answer_reaches_the_client_as_a_broken_connection(azure: SmsClient, at_acs: RunningEmulator):
    at_acs.turn(lost_response_probability=1)
    with pytest.raises(ServiceResponseError):
        azure.send(TOLL_FREE, PHONE, "Hi")


def test_a_report_can_be_looked_up_once_there_is_one(azure: SmsClient, at_acs: RunningEmulator, webhook: Webhook):
    (line,) = azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True, tag="t")
    told(webhook, 1)
    status, report = asked(at_acs, "GET", f"/deliveryReports/{line.message_id}?api-version=2026-01-23")
    assert (status, report["deliveryStatus"], report["tag"]) == (200, "Delivered", "t")
    at_acs.turn(delay_ms=60_000)
    (waiting,) = azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True)
    assert asked(at_acs, "GET", f"/deliveryReports/{waiting.message_id}?api-version=2026-01-23")[0] == 404


@pytest.mark.parametrize(
    ("declared", "code", "shown"),
    [(4006, 4006, 0), (30005, 4004, 0), (30032, 4010, 0), (5002, 5002, 1), (99999, 9999, 0)],
)
def test_a_phone_that_fails_is_reported_with_azures_code(
    azure: SmsClient, at_acs: RunningEmulator, webhook: Webhook, declared: int, code: int, shown: int
):
    at_acs.admin("POST", "/emulator/phones", {"number": PHONE, "fails_with": declared})
    azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True)
    (event,) = told(webhook, 1)
    assert event["data"]["deliveryStatus"] == "Failed"
    assert event["data"]["deliveryStatusDetails"].startswith(f"{code}: ")
    assert len(at_acs.thread(PHONE)) == shown


def test_a_code_in_the_number_fails_late(azure: SmsClient, webhook: Webhook):
    azure.send(TOLL_FREE, "+15005504020", "Hi", enable_delivery_report=True)
    (event,) = told(webhook, 1)
    assert event["data"]["deliveryStatusDetails"].startswith("4020: ")
