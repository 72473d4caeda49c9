"""TeleSign's callbacks: signed so that the official check and ours agree, tried three times, with texts from phones."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telesign.messaging import MessagingClient
from telesign.util import verify_telesign_callback_signature

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, Forged, Genuine, HookRequest
from answerback.providers.facts import Door
from answerback.providers.telesign.signature import verify
from answerback_emulator.settings.config import Config
from answerback_emulator.settings.dials import Dials
from answerback_emulator.telesign.callbacks import wrap
from answerback_emulator.world.records import Account as Declared
from answerback_emulator.world.records import Phone
from tests.emulator.loopback import PHONE, Reply, RunningEmulator, Webhook
from tests.emulator.telesign_world import CUSTOMER, KEY, SENDER, client_of, codes_of, declare, told

TO = PHONE.removeprefix("+")
OURS = Account(AccountId(1), "telesign", {"customer_id": CUSTOMER, "api_key": KEY}, "")
THEIRS = Declared(sid=CUSTOMER, provider="telesign", auth_token=KEY)


@pytest.fixture(scope="module")
def quick() -> Iterator[RunningEmulator]:
    """An emulator whose waits between tries are ten thousand times shorter."""
    config = Config(phones=[Phone(number=PHONE)], dials=Dials(delay_ms=0), retry_pace=0.0001)
    with RunningEmulator(config) as running:
        yield running


@pytest.fixture
def at_telesign(quick: RunningEmulator, webhook: Webhook) -> RunningEmulator:
    quick.admin("POST", "/emulator/reset")
    declare(quick, webhook)
    return quick


@pytest.fixture
def telesign(at_telesign: RunningEmulator) -> Iterator[MessagingClient]:
    client = client_of(at_telesign)
    yield client
    client.session.close()


def test_a_text_from_a_phone_is_posted_and_signed(at_telesign: RunningEmulator, webhook: Webhook):
    received = at_telesign.text_from(PHONE, "Olá 👍", to=SENDER)
    assert received["http_status"] == 200
    (call,) = webhook.wait_for(1)
    document = told(call)
    assert document["sub_resource"] == "mo_sms"
    assert document["user_response"]["mo_message"] == "Olá 👍"
    assert document["user_response"]["phone_number"] == TO
    bare = call.headers["X-TS-Authorization"]
    assert call.headers["Authorization"] == f"TSA {CUSTOMER}:{bare}"
    assert verify_telesign_callback_signature(KEY, bare, call.body)


@settings(max_examples=3000, deadline=None)
@given(words=st.text(st.characters(codec="utf-8"), max_size=200), tampered=st.booleans())
def test_what_the_emulator_signs_the_official_check_and_ours_judge_alike(words: str, tampered: bool):
    parcel = wrap(THEIRS, "http://127.0.0.1:1/hook", {"user_response": {"mo_message": words}})
    body = parcel.body.replace(b"mo_message", b"mo_Message") if tampered else parcel.body
    headers = {name.lower(): value for name, value in parcel.headers.items()}
    request = HookRequest(Door.EVENTS, "POST", parcel.url, headers, body)
    official = verify_telesign_callback_signature(KEY, headers["x-ts-authorization"], body.decode())
    assert official is not tampered
    for name in ("authorization", "x-ts-authorization"):
        one = replace(request, headers={name: headers[name]}, scratch={})
        assert isinstance(verify(one, OURS), Genuine if official else Forged)


@pytest.mark.parametrize("status", [500, 204, 302])
def test_anything_but_200_is_tried_three_times_and_then_lost(
    at_telesign: RunningEmulator, webhook: Webhook, status: int
):
    webhook.answer = lambda call: Reply(200 if told(call)["user_response"]["mo_message"] == "next" else status)
    assert at_telesign.text_from(PHONE, "refused", to=SENDER)["http_status"] == status
    refused = webhook.wait_for(3)
    assert len({call.body for call in refused}) == 1
    assert len({call.headers["X-TS-Authorization"] for call in refused}) == 1
    at_telesign.text_from(PHONE, "next", to=SENDER)
    assert len(webhook.calls) == 4


def test_a_second_try_that_is_taken_is_the_last(at_telesign: RunningEmulator, webhook: Webhook):
    webhook.answer = lambda _call: Reply(200 if len(webhook.calls) > 1 else 503)
    at_telesign.text_from(PHONE, "once more", to=SENDER)
    assert len(webhook.wait_for(2)) == 2
    assert at_telesign.admin("GET", "/emulator/alerts") == []


@pytest.mark.parametrize(
    ("declared", "told_codes"),
    [
        (514, [203, 514]),
        (30005, [203, 507]),
        (30003, [203, 514]),
        (30007, [203, 515]),
        (30034, [502]),
        (99999, [203, 207]),
    ],
)
def test_a_phone_that_fails_ends_with_telesigns_code(
    telesign: MessagingClient, at_telesign: RunningEmulator, webhook: Webhook, declared: int, told_codes: list[int]
):
    at_telesign.admin("POST", "/emulator/phones", {"number": PHONE, "fails_with": declared})
    sent = telesign.message(TO, "x", "ARN").json["reference_id"]
    webhook.wait_for(len(told_codes))
    assert codes_of(webhook, sent) == told_codes
    assert telesign.status(sent).json["status"]["code"] == told_codes[-1]


def test_a_code_in_the_number_and_a_strange_sender_fail_late(telesign: MessagingClient, webhook: Webhook):
    by_number = telesign.message("15005500512", "x", "ARN").json["reference_id"]
    by_sender = telesign.message(TO, "x", "ARN", sender_id="15017122661").json["reference_id"]
    webhook.wait_for(3)
    assert (codes_of(webhook, by_number), codes_of(webhook, by_sender)) == ([203, 512], [508])


def test_stop_is_nothing_special_unless_telesign_was_asked_to_mind_it(
    telesign: MessagingClient, at_telesign: RunningEmulator, webhook: Webhook
):
    at_telesign.text_from(PHONE, "STOP", to=SENDER)
    sent = telesign.message(TO, "still here", "ARN").json["reference_id"]
    webhook.wait_for(3)
    assert codes_of(webhook, sent) == [203, 200]


def test_after_stop_a_text_is_taken_and_then_fails_with_510(
    telesign: MessagingClient, at_telesign: RunningEmulator, webhook: Webhook
):
    declare(at_telesign, webhook, carrier_handles_keywords=True)
    at_telesign.text_from(PHONE, "STOP", to=SENDER)
    blocked = telesign.message(TO, "x", "ARN")
    assert blocked.json["status"]["code"] == 290
    webhook.wait_for(2)
    assert codes_of(webhook, blocked.json["reference_id"]) == [510]
    at_telesign.text_from(PHONE, "START", to=SENDER)
    again = telesign.message(TO, "x", "ARN").json["reference_id"]
    webhook.wait_for(5)
    assert codes_of(webhook, again) == [203, 200]


def test_callbacks_come_twice_or_never_as_the_dials_say(
    telesign: MessagingClient, at_telesign: RunningEmulator, webhook: Webhook
):
    at_telesign.turn(duplicate_probability=1)
    twice = telesign.message(TO, "x", "ARN").json["reference_id"]
    webhook.wait_for(4)
    assert sorted(codes_of(webhook, twice)) == [200, 200, 203, 203]
    at_telesign.turn(duplicate_probability=0, lost_callback_probability=1)
    assert at_telesign.text_from(PHONE, "lost", to=SENDER)["http_status"] is None
    at_telesign.turn(lost_callback_probability=0)
    at_telesign.text_from(PHONE, "next", to=SENDER)
    assert len(webhook.calls) == 5
