"""The behaviours every provider shares, each against its emulator over real HTTP."""

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import FailureClass, Retry
from answerback.providers.contract import (
    Accepted,
    DeliveryReport,
    Door,
    Forged,
    Found,
    Genuine,
    InboundText,
    NotSent,
    OutboundText,
    Unclear,
)
from tests.providers.conformance import CARRIERS, NUMBER, PHONE, Carrier, Doors, changed, open_doors
from tests.running import Api, Running, emulator_running, eventually

PICTURES = [("image/png", b"\x89PNG one"), ("image/jpeg", b"\xff\xd8 two"), ("image/gif", b"GIF89a three")]


@dataclass(slots=True)
class Stage:
    """A provider at its emulator, our doors, and a customer's phone."""

    carrier: Carrier
    doors: Doors
    emulator: Api
    began: datetime

    async def customer_texts(self, body: str, pictures: list[tuple[str, bytes]] | None = None) -> None:
        media = [{"content_type": kind, "base64": base64.b64encode(data).decode()} for kind, data in pictures or []]
        await self.emulator.post(f"/emulator/phones/{PHONE}/texts", {"to": NUMBER, "body": body, "media": media})

    async def phone_shows(self) -> list[str]:
        thread: list[dict[str, Any]] = await self.emulator.get(f"/emulator/phones/{PHONE}/texts")
        return [text["body"] for text in thread if text["direction"].startswith("outbound")]

    def text(self, body: str = "Good morning", **changes: Any) -> OutboundText:
        account_id = self.carrier.account.id
        callback = self.carrier.provider.status_callback(self.doors.public_url, account_id, MessageId(7))
        return replace(OutboundText(MessageId(7), NUMBER, None, PHONE, body, status_callback=callback), **changes)

    async def received(self) -> InboundText:
        parsed = self.carrier.provider.parse_message(await self.doors.next(Door.MESSAGE))
        assert isinstance(parsed, tuple), parsed
        (text,) = parsed
        return text

    async def find(self, text: OutboundText) -> list[Found]:
        return await self.carrier.provider.find_sent(self.carrier.account, text, self.began)


@pytest.fixture(scope="module")
def emulator_process() -> Iterator[Running]:
    with emulator_running() as process:
        yield process


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, emulator_process: Running) -> AsyncIterator[Stage]:
    async with aiohttp.ClientSession() as session, open_doors() as doors:
        emulator = Api(session, emulator_process.base_url)
        carrier = CARRIERS[request.param](emulator, session)
        doors.provider = carrier.provider
        await carrier.open(doors.public_url)
        yield Stage(carrier, doors, emulator, datetime.now(UTC))


async def test_a_genuine_text_is_let_in_and_read_as_it_was_typed(stage: Stage) -> None:
    await stage.customer_texts("Olá 👍 & = + %\nsecond line")
    request = await stage.doors.next(Door.MESSAGE)
    assert stage.carrier.provider.verify(request, stage.carrier.account) == Genuine()
    parsed = stage.carrier.provider.parse_message(request)
    assert isinstance(parsed, tuple)
    assert [(text.sender, text.to, text.body, text.media) for text in parsed] == [
        (PHONE, NUMBER, "Olá 👍 & = + %\nsecond line", ())
    ]


async def test_what_somebody_else_sends_is_refused_with_a_reason(stage: Stage) -> None:
    await stage.customer_texts("Hello")
    request = await stage.doors.next(Door.MESSAGE)
    for forged in stage.carrier.forge(request):
        verdict = stage.carrier.provider.verify(forged, stage.carrier.account)
        assert isinstance(verdict, Forged)
        assert len(verdict.reason) > 20
    verdict = stage.carrier.provider.verify(changed(request), stage.carrier.wrong_credentials())
    assert isinstance(verdict, Forged)


async def test_three_pictures_are_three_media_that_can_be_fetched(stage: Stage) -> None:
    await stage.customer_texts("", PICTURES)
    text = await stage.received()
    assert [item.content_type for item in text.media] == [kind for kind, _ in PICTURES]
    for item, (_, data) in zip(text.media, PICTURES, strict=True):
        headers = stage.carrier.provider.media_credentials(stage.carrier.account, item.url)
        async with stage.emulator.session.get(item.url, headers=headers) as answer:
            assert (answer.status, await answer.read()) == (200, data)


async def test_credentials_are_for_the_providers_own_address_only(stage: Stage) -> None:
    provider, account = stage.carrier.provider, stage.carrier.account
    assert provider.media_credentials(account, f"{account.api_base_url}/picture")
    for url in (
        "https://cdn.example.com/picture",
        f"{account.api_base_url}0/picture",
        account.api_base_url.replace("http://", "https://"),
        f"http://{account.api_base_url.removeprefix('http://')}@evil.example.com/",
        "http://[/",
        "",
    ):
        assert provider.media_credentials(account, url) is None


async def test_a_text_is_sent_once_and_reported_under_our_own_id(stage: Stage) -> None:
    provider, account = stage.carrier.provider, stage.carrier.account
    result = await provider.send(account, stage.text())
    assert isinstance(result, Accepted)
    reports: list[DeliveryReport] = []
    while "delivered" not in [report.status for report in reports]:
        request = await stage.doors.next(Door.STATUS)
        assert provider.verify(request, account) == Genuine()
        parsed = provider.parse_status(request)
        assert isinstance(parsed, tuple)
        reports.extend(parsed)
    assert {(one.provider_message_id, one.our_message_id) for one in reports} == {(result.provider_message_id, 7)}
    assert await stage.phone_shows() == ["Good morning"]
    found = await provider.look_up(account, result.provider_message_id)
    assert found is not None
    assert (found.status, found.failure) == ("delivered", None)


async def test_a_text_the_provider_does_not_know_is_not_found(stage: Stage) -> None:
    sid = "SM" + "0" * 32
    assert await stage.carrier.provider.look_up(stage.carrier.account, sid) is None


async def test_a_lost_answer_is_unclear_and_the_text_is_found_again(stage: Stage) -> None:
    text = stage.text("Is anybody there?")
    await stage.carrier.provider.send(stage.carrier.account, stage.text("Another"))
    await stage.carrier.set_faults(lost_response_probability=1)
    assert isinstance(await stage.carrier.provider.send(stage.carrier.account, text), Unclear)
    await stage.carrier.set_faults(lost_response_probability=0)
    (found,) = await stage.find(text)
    assert found.created_at is not None
    known = await stage.carrier.provider.look_up(stage.carrier.account, found.report.provider_message_id)
    assert known is not None
    assert (
        await stage.carrier.provider.find_sent(stage.carrier.account, text, datetime.now(UTC) + timedelta(minutes=1))
        == []
    )


async def test_two_equal_texts_are_both_found_oldest_first(stage: Stage) -> None:
    sent = [await stage.carrier.provider.send(stage.carrier.account, stage.text("Same")) for _ in range(2)]
    found = await stage.find(stage.text("Same"))
    assert {one.report.provider_message_id for one in found} == {
        one.provider_message_id for one in sent if isinstance(one, Accepted)
    }
    assert await stage.find(stage.text("Different")) == []


async def test_a_provider_that_asks_to_slow_down_has_not_sent(stage: Stage) -> None:
    await stage.carrier.set_faults(throttle_probability=1)
    result = await stage.carrier.provider.send(stage.carrier.account, stage.text())
    assert isinstance(result, NotSent)
    assert (result.failure.cls, result.failure.retry) == (FailureClass.THROTTLED, Retry.BACK_OFF)
    await stage.carrier.set_faults(throttle_probability=0)
    assert await stage.find(stage.text()) == []


async def test_trouble_inside_the_provider_is_unclear_until_looked_up(stage: Stage) -> None:
    await stage.carrier.set_faults(error_probability=1)
    assert isinstance(await stage.carrier.provider.send(stage.carrier.account, stage.text()), Unclear)
    await stage.carrier.set_faults(error_probability=0)
    assert await stage.find(stage.text()) == []


async def test_a_slow_provider_is_waited_for(stage: Stage) -> None:
    await stage.carrier.set_faults(slow_response_ms=300)
    assert isinstance(await stage.carrier.provider.send(stage.carrier.account, stage.text()), Accepted)


async def test_a_customer_who_opted_out_is_not_texted(stage: Stage) -> None:
    await stage.customer_texts("STOP")
    assert (await stage.received()).body == "STOP"
    result = await stage.carrier.provider.send(stage.carrier.account, stage.text())
    assert isinstance(result, NotSent)
    assert result.failure.cls is FailureClass.OPTED_OUT
    await stage.customer_texts("START")
    assert isinstance(await stage.carrier.provider.send(stage.carrier.account, stage.text()), Accepted)


async def test_a_number_that_is_none_is_named_as_the_reason(stage: Stage) -> None:
    result = await stage.carrier.provider.send(stage.carrier.account, stage.text(to="+1"))
    assert isinstance(result, NotSent)
    assert result.failure.cls is FailureClass.INVALID_RECIPIENT


async def test_a_text_that_cannot_be_delivered_is_reported_with_its_reason(stage: Stage) -> None:
    await stage.emulator.post("/emulator/phones", {"number": PHONE, "fails_with": 30005})
    await stage.carrier.provider.send(stage.carrier.account, stage.text())
    failures = []
    while not failures:
        parsed = stage.carrier.provider.parse_status(await stage.doors.next(Door.STATUS))
        assert isinstance(parsed, tuple)
        failures = [report.failure for report in parsed if report.failure]
    assert failures[0].cls is FailureClass.INVALID_RECIPIENT


async def test_texts_that_arrived_while_nobody_listened_are_listed_with_their_pictures(stage: Stage) -> None:
    await stage.carrier.set_faults(lost_callback_probability=1)
    await stage.customer_texts("one")
    await stage.customer_texts("two", PICTURES[:2])
    await stage.carrier.provider.send(stage.carrier.account, stage.text("not inbound"))
    listed = [text async for text in stage.carrier.provider.list_inbound(stage.carrier.account, stage.began)]
    by_body = {text.body: text for text in listed}
    assert len(listed) == len(by_body) == 2
    assert all(text.late and text.provider_at and (text.sender, text.to) == (PHONE, NUMBER) for text in listed)
    assert [item.content_type for item in by_body["two"].media] == [kind for kind, _ in PICTURES[:2]]
    item = by_body["two"].media[0]
    headers = stage.carrier.provider.media_credentials(stage.carrier.account, item.url)
    async with stage.emulator.session.get(item.url, headers=headers) as answer:
        assert await answer.read() == PICTURES[0][1]
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert [text async for text in stage.carrier.provider.list_inbound(stage.carrier.account, later)] == []


async def test_right_credentials_are_confirmed(stage: Stage) -> None:
    checks = await stage.carrier.provider.check_credentials(stage.carrier.account)
    assert checks
    assert all(check.ok and check.evidence for check in checks)


async def test_wrong_credentials_are_found_out_and_the_way_out_is_named(stage: Stage) -> None:
    wrong = stage.carrier.wrong_credentials()
    checks = await stage.carrier.provider.check_credentials(wrong)
    assert next(check.fix for check in checks if not check.ok)
    result = await stage.carrier.provider.send(wrong, stage.text())
    assert isinstance(result, NotSent)
    assert result.failure.cls is FailureClass.ACCOUNT


async def test_a_number_is_listed_connected_and_its_calls_stay_as_they_are(stage: Stage) -> None:
    provider, account = stage.carrier.provider, stage.carrier.account
    (number,) = await provider.list_numbers(account)
    assert (number.address, number.type, number.country) == (NUMBER, "long_code", "US")
    assert "sms" in number.capabilities
    async with open_doors() as elsewhere:
        elsewhere.provider = provider
        urls = provider.callback_urls(elsewhere.public_url, account.id)
        checks = await provider.connect_number(account, number, urls)
        assert all(check.ok for check in checks)
        assert any(number.sms_url in check.evidence and urls.message in check.evidence for check in checks)
        (after,) = await provider.list_numbers(account)
        assert (after.sms_url, after.voice_url) == (urls.message, number.voice_url)
        await stage.customer_texts("to the new place")
        assert (await elsewhere.next(Door.MESSAGE)).body.count(b"new") == 1


async def test_many_texts_at_once_each_arrive_once(stage: Stage) -> None:
    texts = [stage.text(f"number {n}") for n in range(50)]
    results = await asyncio.gather(*(stage.carrier.provider.send(stage.carrier.account, text) for text in texts))
    assert all(isinstance(result, Accepted) for result in results)

    async def all_shown() -> bool:
        return len(await stage.phone_shows()) == len(texts)

    await eventually("every text on the phone", all_shown)
    assert sorted(await stage.phone_shows()) == sorted(text.body for text in texts)
