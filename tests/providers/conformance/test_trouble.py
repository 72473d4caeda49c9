"""A provider in trouble: what is certain is said, nothing is sent twice, and what is unclear can be cleared up."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import FailureClass, Retry
from answerback.providers.contract import Accepted, NotSent, OutboundText, Unclear
from tests.providers.conformance.stage import Stage


async def test_a_lost_answer_is_unclear_and_the_text_is_found_again(stage: Stage) -> None:
    text = stage.text("Is anybody there?")
    await stage.send(stage.text("Another", message_id=MessageId(8)))
    await stage.turn(lost_response_probability=1)
    assert isinstance(await stage.send(text), Unclear)
    await stage.turn(lost_response_probability=0)
    await cleared_up(stage, text)


async def test_a_cut_answer_is_unclear_and_the_text_is_found_again(stage: Stage) -> None:
    text = stage.text("Half an answer")
    await stage.turn(truncate_probability=1)
    assert isinstance(await stage.send(text), Unclear)
    await stage.turn(truncate_probability=0)
    await cleared_up(stage, text)


async def test_an_answer_half_a_minute_late_is_given_up_as_unclear(stage: Stage) -> None:
    text = stage.text("Take your time")
    await stage.turn(slow_response_ms=30_000)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as hasty:
        provider = type(stage.provider)(hasty)
        (result,) = await provider.send(stage.account, [text])
    assert isinstance(result, Unclear)
    assert "in time" in result.why
    await stage.turn(slow_response_ms=0)
    await cleared_up(stage, text)


async def cleared_up(stage: Stage, text: OutboundText) -> None:
    """By the provider's list where it has one, and anyway by the report, which names our own id; it was sent once."""
    reports = await stage.reports_until("delivered")
    while reports[-1].our_message_id != text.message_id:
        reports = await stage.reports_until("delivered")
    found = await stage.find(text)
    assert [one.report.provider_message_id for one in found] == (
        [reports[-1].provider_message_id] if stage.facts.lists_sent else []
    )
    assert (await stage.phone_shows()).count(text.body) == 1
    if stage.facts.lists_sent:
        assert found[0].created_at is not None
        later = datetime.now(UTC) + timedelta(minutes=1)
        assert await stage.provider.find_sent(stage.account, text, later) == []


async def test_two_equal_texts_are_both_found_where_the_provider_has_a_list(stage: Stage) -> None:
    sent = [await stage.send(stage.text("Same", message_id=MessageId(n))) for n in (21, 22)]
    ids = {one.provider_message_id for one in sent if isinstance(one, Accepted)}
    found = await stage.find(stage.text("Same"))
    assert len(ids) == 2
    assert {one.report.provider_message_id for one in found} == (ids if stage.facts.lists_sent else set())
    assert await stage.find(stage.text("Different")) == []


async def test_a_storm_of_429_sends_nothing_and_everything_goes_out_after_it(stage: Stage) -> None:
    texts = [stage.text(f"number {n}", message_id=MessageId(n)) for n in range(1, 21)]
    await stage.turn(throttle_probability=1)
    for result in await asyncio.gather(*(stage.send(text) for text in texts)):
        assert isinstance(result, NotSent)
        assert (result.failure.cls, result.failure.retry) == (FailureClass.THROTTLED, Retry.BACK_OFF)
    assert await stage.phone_shows() == []
    await stage.turn(throttle_probability=0)
    assert all(isinstance(one, Accepted) for one in await asyncio.gather(*(stage.send(text) for text in texts)))
    for _ in texts:
        await stage.reports_until("delivered")
    assert sorted(await stage.phone_shows()) == sorted(text.body for text in texts)


async def test_trouble_inside_the_provider_is_unclear_until_looked_up(stage: Stage) -> None:
    await stage.turn(error_probability=1)
    assert isinstance(await stage.send(stage.text()), Unclear)
    await stage.turn(error_probability=0)
    assert await stage.find(stage.text()) == []
    assert await stage.phone_shows() == []


async def test_a_slow_provider_is_waited_for(stage: Stage) -> None:
    await stage.turn(slow_response_ms=300)
    assert isinstance(await stage.send(stage.text()), Accepted)


async def test_a_clock_that_is_wrong_holds_texts_back_where_the_time_is_signed(stage: Stage) -> None:
    await stage.turn(clock_skew_s=3600)
    result = await stage.send(stage.text())
    checks = await stage.provider.check_credentials(stage.account)
    if not stage.carrier.checks_clock:
        assert isinstance(result, Accepted)
        assert all(check.ok for check in checks)
        return
    assert isinstance(result, NotSent)
    assert (result.failure.cls, result.failure.retry) == (FailureClass.ACCOUNT, Retry.LATER)
    assert any("clock" in f"{check.evidence} {check.fix}" for check in checks if not check.ok)
    await stage.turn(clock_skew_s=0)
    assert isinstance(await stage.send(stage.text()), Accepted)
