"""Calls, where a provider carries them for us: told at our doors, conducted, placed; elsewhere there is none of it."""

import pytest

from answerback.domain.calls.behaviour import LeaveAlone
from answerback.domain.calls.status import CallStatus
from answerback.domain.ids import CallId
from answerback.domain.sending.failure import FailureClass
from answerback.providers.calls import CallNews, CallOrder, CallTurn, NotPlaced, Placed, UnclearCall
from answerback.providers.contract import AvailableNumber, Forged
from answerback.providers.voice import Voice
from tests.providers.conformance.carrier import OTHER_PHONE, PHONE
from tests.providers.conformance.stage import Stage


def voice_of(stage: Stage) -> Voice | None:
    """None where the facts say that there is none, which must then be so."""
    provider = stage.provider
    assert isinstance(provider, Voice) == (stage.facts.voice is not None)
    return provider if isinstance(provider, Voice) else None


def order(stage: Stage, agent: str = OTHER_PHONE) -> CallOrder:
    voice_url = stage.provider.callback_urls(stage.doors.public_url, stage.account).voice
    return CallOrder(CallId(7), stage.carrier.number, agent, PHONE, voice_url)


async def test_a_call_is_told_at_our_doors_with_both_its_ends_and_proven(stage: Stage) -> None:
    if voice_of(stage) is None:
        return
    await stage.emulator.post(f"/emulator/phones/{PHONE}/calls", {"to": stage.carrier.number})
    request, news = await stage.next(CallNews)
    assert (news.line, news.phone) == (stage.carrier.number, PHONE)
    assert (news.status, news.comes_in) == (CallStatus.RINGING, True)
    assert news.provider_call_id
    for forged in stage.carrier.forge(request):
        assert forged == request or isinstance(stage.provider.verify(forged, stage.account), Forged)


async def test_a_call_that_is_left_alone_is_asked_nothing_of(stage: Stage) -> None:
    voice = voice_of(stage)
    if voice is None:
        return
    call = await stage.emulator.post(f"/emulator/phones/{PHONE}/calls", {"to": stage.carrier.number})
    _, news = await stage.next(CallNews)
    await voice.conduct_call(stage.account, CallTurn(news, LeaveAlone(), order(stage).voice_url))
    asked = [one for one in await stage.emulator.get("/emulator/log") if one["flow"] == "in" and "alling" in one["url"]]
    assert asked == []
    assert (await stage.emulator.get(f"/emulator/calls/{call['id']}"))["direction"] == "inbound"


async def test_a_placed_call_rings_the_agents_own_phone_from_our_number(stage: Stage) -> None:
    voice = voice_of(stage)
    if voice is None:
        return
    await stage.emulator.post("/emulator/phones", {"number": OTHER_PHONE, "answers_calls": "by_hand"})
    assert isinstance(await voice.place_call(stage.account, order(stage)), Placed)
    path = f"/emulator/calls?phone={OTHER_PHONE.replace('+', '%2B')}&status=ringing&wait_s=10"
    (ringing,) = await stage.emulator.get(path)
    assert ringing["from"] == stage.carrier.number


@pytest.mark.parametrize("dials", [{"lost_response_probability": 1}, {"error_probability": 1}])
async def test_a_call_whose_answer_is_lost_is_unclear(stage: Stage, dials: dict[str, float]) -> None:
    voice = voice_of(stage)
    if voice is None:
        return
    await stage.turn(**dials)
    assert isinstance(await voice.place_call(stage.account, order(stage)), UnclearCall)


async def test_wrong_credentials_ring_nobody(stage: Stage) -> None:
    voice = voice_of(stage)
    if voice is None:
        return
    result = await voice.place_call(stage.carrier.wrong_credentials(), order(stage))
    assert isinstance(result, NotPlaced)
    assert result.failure.cls is FailureClass.ACCOUNT


async def test_calls_taken_over_and_given_back_are_as_they_were(stage: Stage) -> None:
    voice = voice_of(stage)
    if voice is None:
        return
    (number,) = await stage.provider.list_numbers(stage.account)
    elsewhere = order(stage).voice_url.replace("/1", "/2", 1)
    taken, checks = await voice.take_calls(stage.account, number, elsewhere)
    assert taken is not None
    assert all(check.ok is not False and (check.ok or check.fix) for check in checks)
    back = await voice.give_calls_back(stage.account, number, elsewhere, taken.before)
    assert all(check.ok is not False for check in back)
    (after,) = await stage.provider.list_numbers(stage.account)
    assert (after.voice_url, after.sms_url) == (number.voice_url, number.sms_url)
    assert isinstance(number, AvailableNumber)
