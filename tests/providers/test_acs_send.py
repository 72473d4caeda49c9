"""After a send it is certain what is certain, for each recipient by itself: accepted, not sent, or unclear."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import FailureClass, Retry
from answerback.domain.sending.status import Status
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.contract import Accepted, Account, NotSent, OutboundText, ProviderError, Unclear
from answerback.providers.exchange import TIMEOUT
from tests.providers.acs_hooks import account
from tests.providers.canned import Canned, break_off, document, hang_up, page
from tests.providers.sending import send_one

PEOPLE = ("+14255550123", "+14255550124", "+14255550125")
FIRST = datetime(2026, 11, 23, 9, 1, 58, tzinfo=UTC)
TEXT = OutboundText(MessageId(7), "+18335550100", None, PEOPLE[0], "Olá", first_tried_at=FIRST)
TEXTS = [replace(TEXT, message_id=MessageId(n), to=to) for n, to in enumerate(PEOPLE, start=7)]


@pytest.fixture
async def acs() -> AsyncIterator[AcsProvider]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield AcsProvider(session)


@pytest.fixture
def at_canned(canned: Canned) -> Account:
    return account(canned.base_url)


def line(to: str, status: int = 202, **more: Any) -> dict[str, Any]:
    fine = {"messageId": f"Outgoing_{to}"} if status == 202 else {}
    return {"to": to, "httpStatusCode": status, "successful": status == 202, **fine, **more}


def lines(*found: object) -> dict[str, Any]:
    return {"value": list(found)}


async def test_each_recipient_hears_its_own_result_in_the_order_asked(
    acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    bad = line(PEOPLE[1], 400, errorMessage="Invalid To phone number format.")
    canned.says(document(lines(line(PEOPLE[2]), bad, line(PEOPLE[0])), 202))
    first, second, third = await acs.send(at_canned, TEXTS)
    assert (first, third) == tuple(Accepted(f"Outgoing_{to}", Status.ACCEPTED) for to in (PEOPLE[0], PEOPLE[2]))
    assert isinstance(second, NotSent)
    assert second.failure.cls is FailureClass.INVALID_RECIPIENT


async def test_answers_name_recipients_without_their_plus_and_twice(
    acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    bare = PEOPLE[0].removeprefix("+")
    canned.says(document(lines(line(bare, messageId="one"), line(bare, messageId="two")), 202))
    results = await acs.send(at_canned, [TEXT, replace(TEXT, message_id=MessageId(8))])
    assert [one.provider_message_id for one in results if isinstance(one, Accepted)] == ["one", "two"]


@pytest.mark.parametrize(
    "answered",
    [
        line(PEOPLE[0], 202, messageId=None),
        line(PEOPLE[0], 202, messageId=""),
        line(PEOPLE[0], 503),
        line(PEOPLE[0], 408),
        line(PEOPLE[0], 0),
        line(PEOPLE[0], 202, httpStatusCode="202"),
        line(PEOPLE[0], 202, successful=False),
        line(PEOPLE[0], 400, errorMessage="repeatabilityFirstSent is too long ago to know of the request."),
        line(PEOPLE[1]),
        "not a line",
    ],
)
async def test_a_line_that_leaves_it_open_is_unclear(
    answered: object, acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document(lines(answered), 202))
    assert isinstance(await send_one(acs, at_canned, TEXT), Unclear)


@pytest.mark.parametrize(
    "reply",
    [
        document({"error": {"code": "InternalServerError", "message": "x"}}, 500),
        document({}, 503),
        page("busy", 503),
        document({}, 408),
        document({}, 202),
        document({"value": None}, 202),
        page("taken", 202),
        hang_up,
        break_off,
    ],
)
async def test_what_may_have_been_carried_out_is_unclear_for_all(
    reply: Any, acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(reply)
    assert [type(result) for result in await acs.send(at_canned, TEXTS)] == [Unclear] * 3


async def test_silence_is_unclear(canned: Canned, at_canned: Account) -> None:
    canned.says(canned.never)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1)) as hasty:
        result = await send_one(AcsProvider(hasty), at_canned, TEXT)
    assert isinstance(result, Unclear)
    assert "in time" in result.why


def error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def problem(field: str, why: str) -> dict[str, Any]:
    return {"title": "One or more validation errors occurred.", "status": 400, "errors": {field: [why]}}


@pytest.mark.parametrize(
    ("status", "content", "cls", "retry"),
    [
        (401, error("Denied", "Denied by the resource provider."), FailureClass.ACCOUNT, Retry.LATER),
        (
            401,
            error("Unauthorized", "The sender number is not owned by the resource."),
            FailureClass.SENDER,
            Retry.NEVER,
        ),
        (401, error("Unauthorized", "The phone number is not enabled."), FailureClass.SENDER, Retry.NEVER),
        (403, {}, FailureClass.ACCOUNT, Retry.LATER),
        (
            400,
            error("BadRequest", "The From phone number is not enabled."),
            FailureClass.SENDER,
            Retry.NEVER,
        ),
        (400, problem("From", "The from value is no phone number."), FailureClass.SENDER, Retry.NEVER),
        (
            400,
            problem("Message", "It must have 1 to 2048 characters, from any."),
            FailureClass.CONTENT,
            Retry.NEVER,
        ),
        (400, problem("SmsRecipients[0].To", "Not a number."), FailureClass.INVALID_RECIPIENT, Retry.NEVER),
        (400, {}, FailureClass.CONTENT, Retry.NEVER),
        (404, problem("x", "y"), FailureClass.ACCOUNT, Retry.NEVER),
        (302, {}, FailureClass.ACCOUNT, Retry.NEVER),
        (418, {}, FailureClass.ACCOUNT, Retry.NEVER),
        (429, error("TooManyRequests", "Slow down."), FailureClass.THROTTLED, Retry.BACK_OFF),
    ],
)
async def test_a_refused_request_is_not_sent_and_says_why(
    status: int, content: Any, cls: FailureClass, retry: Retry, acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document(content, status))
    for result in await acs.send(at_canned, TEXTS):
        assert isinstance(result, NotSent)
        assert (result.failure.cls, result.failure.retry) == (cls, retry)
        assert result.failure.sentence.endswith(".")


@pytest.mark.parametrize(
    ("status", "said", "cls"),
    [
        (400, "Invalid To phone number format.", FailureClass.INVALID_RECIPIENT),
        (400, "The recipient has opted out of texts from the sender.", FailureClass.OPTED_OUT),
        (403, "Sender blocked for given recipient.", FailureClass.OPTED_OUT),
        (401, "Unauthorized", FailureClass.SENDER),
        (429, "", FailureClass.THROTTLED),
        (400, "", FailureClass.CONTENT),
    ],
)
async def test_a_refused_line_says_why(
    status: int, said: str, cls: FailureClass, acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document(lines(line(PEOPLE[0], status, errorMessage=said)), 202))
    result = await send_one(acs, at_canned, TEXT)
    assert isinstance(result, NotSent)
    assert result.failure.cls is cls


async def test_the_wait_that_azure_asks_for_is_kept(acs: AcsProvider, canned: Canned, at_canned: Account) -> None:
    canned.says(document({}, 429, Retry_After="7"))
    result = await send_one(acs, at_canned, TEXT)
    assert isinstance(result, NotSent)
    assert result.failure.retry_after == timedelta(seconds=7)


def asked_for(canned: Canned) -> list[dict[str, Any]]:
    return [recipient for body in canned.bodies for recipient in json.loads(body)["smsRecipients"]]


async def test_a_repeated_request_names_itself_and_others_differ(
    acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({}, 503))
    later = replace(TEXT, first_tried_at=FIRST + timedelta(microseconds=1))
    for text in (TEXT, TEXT, later, TEXTS[1], replace(TEXT, first_tried_at=None)):
        await send_one(acs, at_canned, text)
    ids = [one["repeatabilityRequestId"] for one in asked_for(canned)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert {one["repeatabilityFirstSent"] for one in asked_for(canned)[:2]} == {"Mon, 23 Nov 2026 09:01:58 GMT"}


async def test_only_a_text_by_itself_is_tagged_with_our_id(
    acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({}, 503))
    await acs.send(at_canned, TEXTS)
    await acs.send(at_canned, TEXTS[:1])
    together, alone = (json.loads(body)["smsSendOptions"] for body in canned.bodies)
    assert together == {"enableDeliveryReport": True}
    assert alone == {"enableDeliveryReport": True, "tag": "answerback-7"}


async def test_pictures_are_refused_without_asking(acs: AcsProvider, canned: Canned, at_canned: Account) -> None:
    result = await send_one(acs, at_canned, replace(TEXT, media_urls=("https://x.example.com/a.png",)))
    assert isinstance(result, NotSent)
    assert (result.failure.cls, canned.asked) == (FailureClass.MEDIA, [])


@pytest.mark.parametrize(
    ("base_url", "credentials", "cls"),
    [
        ("", {}, FailureClass.ACCOUNT),
        ("no address", {}, FailureClass.ACCOUNT),
        ("http://127.0.0.1:1", {}, FailureClass.PROVIDER_TROUBLE),
        ("http://127.0.0.1:1", {"access_key": ""}, FailureClass.ACCOUNT),
        ("http://127.0.0.1:1", {"access_key": "not base64!"}, FailureClass.ACCOUNT),
    ],
)
async def test_what_cannot_leave_is_not_sent(
    base_url: str, credentials: dict[str, str], cls: FailureClass, acs: AcsProvider
) -> None:
    result = await send_one(acs, account(base_url, **credentials), TEXT)
    assert isinstance(result, NotSent)
    assert result.failure.cls is cls


REPORT = {"messageId": "Outgoing_1", "deliveryStatus": "Failed", "deliveryStatusDetails": "4006: x", "tag": ""}


async def test_a_text_is_looked_up_by_its_id(acs: AcsProvider, canned: Canned, at_canned: Account) -> None:
    canned.says(document(REPORT))
    report = await acs.look_up(at_canned, "Outgoing_1/ü?")
    assert report is not None
    assert (report.status, report.error_code) == (Status.UNDELIVERED, "4006")
    assert canned.asked[0]["path"] == "/deliveryReports/Outgoing_1/ü?"


@pytest.mark.parametrize("status", [400, 404])
async def test_a_text_or_a_resource_that_has_no_report_is_not_found(
    status: int, acs: AcsProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({}, status))
    assert await acs.look_up(at_canned, "Outgoing_1") is None


@pytest.mark.parametrize("reply", [document({}, 500), document({}, 401), document({}), page("x", 200), hang_up])
async def test_a_look_up_that_fails_says_so(reply: Any, acs: AcsProvider, canned: Canned, at_canned: Account) -> None:
    canned.says(reply)
    with pytest.raises(ProviderError):
        await acs.look_up(at_canned, "Outgoing_1")
