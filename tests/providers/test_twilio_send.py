"""After a send it is certain what is certain: accepted, not sent, or unclear; nothing in between."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import FailureClass, Retry
from answerback.domain.sending.status import Status
from answerback.providers.contract import Accepted, Account, NotSent, OutboundText, Price, Unclear
from answerback.providers.exchange import LONGEST_WAIT
from answerback.providers.twilio.provider import TwilioProvider
from tests.providers.canned import Canned, Reply, break_off, document, hang_up, page
from tests.providers.sending import send_one

SID = "SM" + "c" * 32
TEXT = OutboundText(MessageId(7), "+15017122661", None, "+15558675310", "Ahoy")
TAKEN = {"sid": SID, "status": "queued", "num_segments": "2", "price": None, "price_unit": "USD", "error_code": None}


def refusal(code: int, status: int = 400) -> dict[str, Any]:
    return {"code": code, "message": "no", "more_info": "", "status": status}


async def failure_after(reply: Reply, twilio: TwilioProvider, canned: Canned, at: Account) -> NotSent:
    canned.says(reply)
    result = await send_one(twilio, at, TEXT)
    assert isinstance(result, NotSent), result
    return result


async def test_a_taken_text_is_accepted_with_its_parts(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document(TAKEN, 201))
    assert await send_one(twilio, at_canned, TEXT) == Accepted(SID, Status.ACCEPTED, parts=2)
    canned.says(document(TAKEN | {"num_segments": "0", "price": "-0.0079"}, 201))
    assert await send_one(twilio, at_canned, TEXT) == Accepted(
        SID, Status.ACCEPTED, None, Price(Decimal("0.0079"), "USD")
    )


@pytest.mark.parametrize(
    ("code", "cls", "retry"),
    [
        (21211, FailureClass.INVALID_RECIPIENT, Retry.NEVER),
        (21610, FailureClass.OPTED_OUT, Retry.NEVER),
        (21617, FailureClass.CONTENT, Retry.NEVER),
        (21611, FailureClass.THROTTLED, Retry.LATER),
    ],
)
async def test_a_refused_text_is_not_sent_and_says_why(
    code: int, cls: FailureClass, retry: Retry, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    failure = (await failure_after(document(refusal(code), 400), twilio, canned, at_canned)).failure
    assert (failure.cls, failure.code, failure.retry) == (cls, str(code), retry)


@pytest.mark.parametrize("with_code", [True, False])
async def test_too_many_requests_wait_as_long_as_twilio_asks(
    with_code: bool, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    reply = document(refusal(20429, 429), 429, Retry_After="3") if with_code else page("slow down", 429)
    failure = (await failure_after(reply, twilio, canned, at_canned)).failure
    assert (failure.cls, failure.retry) == (FailureClass.THROTTLED, Retry.BACK_OFF)
    assert failure.retry_after == (timedelta(seconds=3) if with_code else None)


@pytest.mark.parametrize("wait", ["soon", "-1", "9" * 400, "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 99 Foo"])
async def test_an_odd_retry_after_does_no_harm(
    wait: str, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    reply = document(refusal(20429, 429), 429, Retry_After=wait)
    failure = (await failure_after(reply, twilio, canned, at_canned)).failure
    assert failure.retry_after is None or failure.retry_after <= LONGEST_WAIT


async def test_wrong_credentials_are_the_accounts_trouble(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    failure = (await failure_after(page("who?", 401), twilio, canned, at_canned)).failure
    assert failure.cls is FailureClass.ACCOUNT


async def test_a_redirect_is_not_followed_with_the_credentials(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    failure = (await failure_after(document({}, 302, Location="/other"), twilio, canned, at_canned)).failure
    assert failure.cls is FailureClass.ACCOUNT
    assert len(canned.asked) == 1


async def test_a_plain_not_available_was_refused_before_any_work(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    failure = (await failure_after(document(refusal(20503, 503), 503), twilio, canned, at_canned)).failure
    assert (failure.cls, failure.retry) == (FailureClass.PROVIDER_TROUBLE, Retry.BACK_OFF)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(hang_up, id="connection closed without a word"),
        pytest.param(break_off, id="answer broken off"),
        pytest.param(page('{"sid": "SM', 201, "application/json"), id="JSON cut short"),
        pytest.param(page("", 201), id="empty answer"),
        pytest.param(page("[]", 201, "application/json"), id="not an object"),
        pytest.param(document({"status": "queued"}, 201), id="no sid"),
        pytest.param(document({"sid": 7}, 201), id="sid is no text"),
        pytest.param(document(refusal(20500, 500), 500), id="500 with Twilio's document"),
        pytest.param(page("oops", 500), id="500"),
        pytest.param(page("bad gateway", 502), id="502"),
        pytest.param(page("unavailable", 503), id="503 from who knows whom"),
        pytest.param(page("timeout", 504), id="504"),
        pytest.param(page("timeout", 408), id="408"),
    ],
)
async def test_whatever_may_have_been_carried_out_is_unclear_and_asked_once(
    reply: Reply, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(reply)
    result = await send_one(twilio, at_canned, TEXT)
    assert isinstance(result, Unclear)
    assert result.why
    assert len(canned.asked) == 1


async def test_silence_is_unclear(canned: Canned, at_canned: Account) -> None:
    canned.says(canned.never)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1)) as hasty:
        result = await send_one(TwilioProvider(hasty), at_canned, TEXT)
    assert result == Unclear("Twilio did not answer in time")
    assert len(canned.asked) == 1


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:1", "http://nowhere.invalid"])
async def test_a_server_that_cannot_be_reached_has_got_nothing(
    base_url: str, twilio: TwilioProvider, at_canned: Account
) -> None:
    result = await send_one(twilio, replace(at_canned, api_base_url=base_url), TEXT)
    assert isinstance(result, NotSent)
    assert (result.failure.cls, result.failure.retry) == (FailureClass.PROVIDER_TROUBLE, Retry.BACK_OFF)


@pytest.mark.parametrize("base_url", ["nonsense", "http://[", "http://h:port", "ftp://127.0.0.1"])
async def test_an_api_address_that_is_none_is_named(base_url: str, twilio: TwilioProvider, at_canned: Account) -> None:
    result = await send_one(twilio, replace(at_canned, api_base_url=base_url), TEXT)
    assert isinstance(result, NotSent)
    assert "API address" in result.failure.sentence


async def test_a_server_without_encryption_where_it_was_asked_for_has_got_nothing(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    result = await send_one(twilio, replace(at_canned, api_base_url=canned.base_url.replace("http:", "https:")), TEXT)
    assert isinstance(result, NotSent)
    assert canned.asked == []
