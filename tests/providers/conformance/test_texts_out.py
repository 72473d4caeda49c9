"""A text of ours: sent once, reported under our own id, and refused with the reason where it cannot be sent."""

import asyncio
from datetime import UTC, datetime

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import FailureClass
from answerback.domain.sending.status import RANKS, Status
from answerback.providers.contract import Accepted, NotSent
from tests.providers.conformance.carrier import OTHER_PHONE, PHONE
from tests.providers.conformance.stage import Stage
from tests.running import eventually


async def test_a_text_is_sent_once_and_reported_under_our_own_id(stage: Stage) -> None:
    result = await stage.send(stage.text())
    assert isinstance(result, Accepted)
    reports = await stage.reports_until("delivered")
    assert {(one.provider_message_id, one.our_message_id) for one in reports} == {(result.provider_message_id, 7)}
    assert await stage.phone_shows() == ["Good morning"]
    found = await stage.provider.look_up(stage.account, result.provider_message_id)
    assert found is not None
    assert (found.status, found.failure) == ("delivered", None)


async def test_a_text_the_provider_does_not_know_is_not_found(stage: Stage) -> None:
    assert await stage.provider.look_up(stage.account, stage.carrier.unknown_id()) is None


async def test_reports_told_twice_and_out_of_order_come_to_the_same_end(stage: Stage) -> None:
    await stage.turn(duplicate_probability=1, disorder_probability=1)
    result = await stage.send(stage.text())
    assert isinstance(result, Accepted)
    reports = await stage.reports_until("delivered")
    reports += await stage.reports_until("delivered")
    assert {one.provider_message_id for one in reports} == {result.provider_message_id}
    assert max((one.status for one in reports), key=RANKS.__getitem__) is Status.DELIVERED


async def test_each_of_several_recipients_has_a_result_of_its_own(stage: Stage) -> None:
    people = (PHONE, "+1", OTHER_PHONE)
    texts = [stage.text(to=to, message_id=MessageId(n)) for n, to in enumerate(people, start=11)]
    together = stage.facts.most_together >= len(texts)
    sends = [texts] if together else [[text] for text in texts]
    results = [result for group in sends for result in await stage.provider.send(stage.account, group)]
    assert [type(result) for result in results] == [Accepted, NotSent, Accepted]
    reports = [await stage.reports_until("delivered") for _ in range(2)]
    told = [one for group in reports for one in group]
    accepted = {result.provider_message_id for result in results if isinstance(result, Accepted)}
    assert {one.provider_message_id for one in told} == accepted
    # Where one request carries several texts, its reports name the provider's ids only.
    assert {one.our_message_id for one in told} == ({None} if together else {11, 13})


async def test_many_texts_at_once_each_arrive_once(stage: Stage) -> None:
    texts = [stage.text(f"number {n}", message_id=MessageId(n)) for n in range(1, 51)]
    results = await asyncio.gather(*(stage.send(text) for text in texts))
    assert all(isinstance(result, Accepted) for result in results)

    async def all_shown() -> bool:
        return len(await stage.phone_shows()) == len(texts)

    await eventually("every text on the phone", all_shown)
    assert sorted(await stage.phone_shows()) == sorted(text.body for text in texts)


async def test_a_text_sent_again_is_one_text_only_where_the_provider_promises_it(stage: Stage) -> None:
    text = stage.text(first_tried_at=datetime.now(UTC))
    results = [await stage.send(text), await stage.send(text)]
    ids = {result.provider_message_id for result in results if isinstance(result, Accepted)}
    promised = bool(stage.facts.repeatable_for)
    assert len(ids) == (1 if promised else 2)
    for _ in ids:
        await stage.reports_until("delivered")
    assert len(await stage.phone_shows()) == len(ids)


async def test_pictures_go_out_where_the_provider_has_pictures(stage: Stage) -> None:
    picture = f"{stage.emulator.base_url}/icon.svg"
    result = await stage.send(stage.text("look", media_urls=(picture,)))
    if not stage.facts.media:
        assert isinstance(result, NotSent)
        assert result.failure.cls is FailureClass.MEDIA
        return
    assert isinstance(result, Accepted)
    await stage.reports_until("delivered")


async def test_a_customer_who_opted_out_is_not_texted(stage: Stage) -> None:
    await stage.customer_texts("STOP")
    assert (await stage.received()).body == "STOP"
    result = await stage.send(stage.text())
    failure = result.failure if isinstance(result, NotSent) else (await stage.failure_reported())[1]
    assert failure.cls is FailureClass.OPTED_OUT
    assert await stage.phone_shows() == []
    await stage.customer_texts("START")
    assert isinstance(await stage.send(stage.text()), Accepted)
    await stage.reports_until("delivered")
    assert await stage.phone_shows() == ["Good morning"]


async def test_a_number_that_is_none_is_named_as_the_reason(stage: Stage) -> None:
    result = await stage.send(stage.text(to="+1"))
    assert isinstance(result, NotSent)
    assert result.failure.cls is FailureClass.INVALID_RECIPIENT


async def test_a_text_that_cannot_be_delivered_is_reported_with_its_reason(stage: Stage) -> None:
    await stage.emulator.post("/emulator/phones", {"number": PHONE, "fails_with": stage.carrier.nobody})
    await stage.send(stage.text())
    report, failure = await stage.failure_reported()
    assert failure.cls is FailureClass.INVALID_RECIPIENT
    assert (report.our_message_id, bool(failure.sentence)) == (7, True)
