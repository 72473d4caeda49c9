"""Twilio's calls: news as it is read, orders as the official SDK gives them, settings put back as they were."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import aiohttp
import pytest
from twilio.rest import Client as SdkClient

from answerback.domain.calls.status import CallStatus
from answerback.domain.ids import CallId
from answerback.providers.calls import CallNews, CallOrder, NotPlaced, Placed, UnclearCall
from answerback.providers.contract import AvailableNumber, Malformed
from answerback.providers.facts import Door
from answerback.providers.twilio.parse import parse
from answerback.providers.twilio.provider import TwilioProvider
from tests.providers.canned import Canned, break_off, document, hang_up, serving
from tests.providers.hooks import ACCOUNT_SID, TOKEN, account, hook

VOICE = "https://texts.example.com/hooks/twilio/1/voice"
OURS, CUSTOMER, AGENT = "+15017122661", "+15558675310", "+12125550177"
SID = "CA" + "f" * 32
ORDER = CallOrder(CallId(7), OURS, AGENT, CUSTOMER, VOICE)
NUMBER = AvailableNumber(OURS, "long_code", ("sms", "voice"), "US", "PN" + "d" * 32)
BEFORE = {
    "sid": NUMBER.provider_number_id,
    "voice_url": "https://user:secret@pbx.example.com/in?key=1",
    "voice_method": "GET",
    "voice_fallback_url": "",
    "voice_fallback_method": "POST",
    "voice_application_sid": None,
    "trunk_sid": None,
    "status_callback": "",
    "status_callback_method": "POST",
    "sms_url": "https://texts.example.com/hooks/twilio/1/message",
}


@pytest.fixture
async def canned() -> AsyncIterator[Canned]:
    async with serving() as opened:
        yield opened


@pytest.fixture
async def provider() -> AsyncIterator[TwilioProvider]:
    async with aiohttp.ClientSession() as session:
        yield TwilioProvider(session)


def news_of(query: str = "", **fields: str) -> CallNews | Malformed:
    form = {"CallSid": SID, "From": CUSTOMER, "To": OURS, **fields}
    request = hook(form, url=VOICE + query, door=Door.VOICE)
    (told,) = parse(request)
    assert isinstance(told, CallNews | Malformed)
    return told


def test_an_incoming_call_names_line_and_caller() -> None:
    assert news_of(CallStatus="ringing") == CallNews(SID, CallStatus.RINGING, line=OURS, phone=CUSTOMER, comes_in=True)


@pytest.mark.parametrize(
    ("query", "fields", "status", "reached"),
    [
        ("?step=ended", {"CallStatus": "completed", "CallDuration": "9"}, CallStatus.COMPLETED, False),
        ("?step=dialed", {"CallStatus": "in-progress", "DialCallStatus": "busy"}, CallStatus.BUSY, False),
        ("?step=dialed", {"CallStatus": "in-progress", "DialCallStatus": "completed"}, CallStatus.COMPLETED, True),
        ("?step=answered", {"CallStatus": "in-progress", "ParentCallSid": SID}, CallStatus.ANSWERED, True),
        ("?step=dialed&call=7", {"CallStatus": "in-progress", "DialCallStatus": "no-answer"}, CallStatus.MISSED, False),
        ("?step=placed&call=7", {"CallStatus": "ringing"}, CallStatus.RINGING, False),
        ("?step=placed&call=7", {"CallStatus": "in-progress"}, CallStatus.RINGING, False),
        ("?step=placed&call=7", {"CallStatus": "completed"}, CallStatus.COMPLETED, False),
        ("?step=placed&call=7", {"CallStatus": "busy"}, CallStatus.FAILED, False),
    ],
)
def test_news_of_a_call_is_read_by_its_step(
    query: str, fields: dict[str, str], status: CallStatus, reached: bool
) -> None:
    told = news_of(query, **fields)
    assert isinstance(told, CallNews)
    assert (told.provider_call_id, told.status, told.reached, told.comes_in) == (SID, status, reached, False)
    assert told.our_call_id == (7 if "call=7" in query else None)
    assert bool(told.trouble) == (status is CallStatus.FAILED)


@pytest.mark.parametrize(
    ("query", "fields", "field"),
    [
        ("", {"CallStatus": "ringing", "CallSid": ""}, "CallSid"),
        ("", {"CallStatus": "singing"}, "CallStatus"),
        ("?step=dialed", {"CallStatus": "in-progress"}, "CallStatus"),
        ("?step=placed&call=x", {"CallStatus": "ringing"}, "call"),
    ],
)
def test_what_is_wrong_with_news_is_named(query: str, fields: dict[str, str], field: str) -> None:
    told = news_of(query, **fields)
    assert isinstance(told, Malformed)
    assert told.field == field


async def test_a_call_is_ordered_as_the_official_sdk_orders_it(canned: Canned, provider: TwilioProvider) -> None:
    canned.says(document({"sid": SID, "status": "queued"}, 201))
    assert await provider.place_call(_at(canned), ORDER) == Placed(SID)
    ours = dict(canned.asked[0]["form"])

    def by_sdk() -> None:
        client = SdkClient(ACCOUNT_SID, TOKEN)
        client.api.base_url = canned.base_url
        client.calls.create(
            to=AGENT, from_=OURS, twiml=ours["Twiml"], timeout=25, status_callback_method="POST",
            status_callback=f"{VOICE}?step=placed&call=7", status_callback_event=["ringing", "answered", "completed"],
        )  # fmt: skip

    await asyncio.to_thread(by_sdk)
    mine, theirs = canned.asked
    assert (mine["method"], mine["path"], sorted(mine["form"])) == (
        theirs["method"], theirs["path"], sorted(theirs["form"]),
    )  # fmt: skip


async def test_the_customer_is_rung_by_twiml_and_sees_the_number_they_text_with(
    canned: Canned, provider: TwilioProvider
) -> None:
    canned.says(document({"sid": SID}, 201))
    await provider.place_call(_at(canned), ORDER)
    (dial,) = ET.fromstring(dict(canned.asked[0]["form"])["Twiml"])
    assert (dial.tag, dial.get("callerId"), dial[0].text) == ("Dial", OURS, CUSTOMER)
    for address in (dial.get("action"), dial[0].get("statusCallback")):
        assert parse_qs(urlsplit(str(address)).query)["call"] == ["7"]


async def test_only_a_clear_refusal_means_that_nobody_was_rung(canned: Canned, provider: TwilioProvider) -> None:
    refusal = {"code": 21215, "message": "Geo permission", "status": 400}
    for reply, kind in (
        (document(refusal, 400), NotPlaced),
        (document({"code": 20404, "message": "", "status": 404}, 404), NotPlaced),
        (document({}, 500), UnclearCall),
        (document({}, 201), UnclearCall),
        (hang_up, UnclearCall),
        (break_off, UnclearCall),
    ):
        canned.says(reply)
        assert isinstance(await provider.place_call(_at(canned), ORDER), kind)
    nowhere = replace(account(), api_base_url="http://127.0.0.1:9")
    assert isinstance(await provider.place_call(nowhere, ORDER), NotPlaced)


async def test_calls_are_taken_over_and_put_back_exactly_as_they_were(canned: Canned, provider: TwilioProvider) -> None:
    here = BEFORE | {"voice_url": VOICE, "voice_method": "POST", "status_callback": f"{VOICE}?step=ended"}
    canned.says(document(BEFORE), document(here))
    taken, checks = await provider.take_calls(_at(canned), NUMBER, VOICE)
    assert taken is not None
    assert [check.ok for check in checks] == [True]
    assert "secret" not in taken.shown + checks[0].evidence + repr(taken)
    assert "pbx.example.com" in taken.shown
    set_here = dict(canned.asked[1]["form"])
    assert set_here["VoiceUrl"] == VOICE
    assert not [name for name in set_here if name.startswith("Sms")]

    canned.says(document(here), document(BEFORE))
    (check,) = await provider.give_calls_back(_at(canned), NUMBER, VOICE, taken.before)
    assert check.ok
    put_back = dict(canned.asked[-1]["form"])
    named = {"VoiceUrl": "voice_url", "VoiceMethod": "voice_method", "StatusCallback": "status_callback"}
    assert {name: put_back[name] for name in named} == {name: BEFORE[key] for name, key in named.items()}


async def test_taken_over_twice_the_first_former_settings_stay_the_ones_to_put_back(
    canned: Canned, provider: TwilioProvider
) -> None:
    here = BEFORE | {"voice_url": VOICE}
    canned.says(document(here), document(here))
    taken, _ = await provider.take_calls(_at(canned), NUMBER, VOICE)
    assert taken is not None
    assert not taken.before


async def test_what_somebody_has_set_since_is_not_overwritten(canned: Canned, provider: TwilioProvider) -> None:
    canned.says(document(BEFORE | {"voice_url": "https://elsewhere.example.com/"}))
    (check,) = await provider.give_calls_back(_at(canned), NUMBER, VOICE, {"VoiceUrl": "https://pbx.example.com/in"})
    assert "stay as they are" in check.evidence
    assert [asked["method"] for asked in canned.asked] == ["GET"]


async def test_an_application_gives_way_and_comes_back(canned: Canned, provider: TwilioProvider) -> None:
    application = "AP" + "1" * 32
    canned.says(document(BEFORE | {"voice_application_sid": application}), document(BEFORE | {"voice_url": VOICE}))
    taken, _ = await provider.take_calls(_at(canned), NUMBER, VOICE)
    assert taken is not None
    assert dict(canned.asked[1]["form"])["VoiceApplicationSid"] == ""
    assert application in taken.shown
    assert taken.before["VoiceApplicationSid"] == application


async def test_a_number_on_a_trunk_is_left_there_with_the_way_out(canned: Canned, provider: TwilioProvider) -> None:
    canned.says(document(BEFORE | {"trunk_sid": "TK" + "2" * 32}))
    taken, (check,) = await provider.take_calls(_at(canned), NUMBER, VOICE)
    assert (taken, check.ok) == (None, False)
    assert "trunk" in check.fix
    assert [asked["method"] for asked in canned.asked] == ["GET"]


def _at(canned: Canned) -> Any:
    return replace(account(), api_base_url=canned.base_url)
