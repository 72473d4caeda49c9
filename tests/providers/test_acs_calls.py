"""Azure's calls: what Event Grid and Call Automation tell, and requests as the official SDK makes them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from azure.communication.callautomation import (
    CallRejectReason,
    PhoneNumberIdentifier,
    TextSource,
    VoiceKind,
)
from azure.communication.callautomation.aio import CallAutomationClient
from azure.core.credentials import AzureKeyCredential

from answerback.domain.calls.behaviour import Behaviour, Connect, Decline, LeaveAlone, Speak, VoiceRules
from answerback.domain.calls.status import CallStatus
from answerback.domain.ids import CallId
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.calls import CallOrder, NotPlaced, Placed, UnclearCall
from answerback.providers.contract import (
    AvailableNumber,
    Forged,
    Genuine,
    Malformed,
    ProviderError,
)
from tests.providers.azure_calls import (
    AGENT,
    AT,
    CONNECTION,
    CORRELATION,
    CUSTOMER,
    DOOR,
    KEY,
    OURS,
    SPEECH,
    Azure,
    Exchange,
    account,
    azure_running,
    incoming,
    mid_call,
    news_of,
    turn,
)


@pytest.fixture
async def azure() -> AsyncIterator[Azure]:
    async with azure_running() as running:
        yield running


@pytest.fixture
async def provider() -> AsyncIterator[AcsProvider]:
    async with aiohttp.ClientSession() as session:
        yield AcsProvider(session)


def test_an_incoming_call_is_read_with_its_context(provider: AcsProvider) -> None:
    news = news_of(provider, incoming())
    assert (news.provider_call_id, news.line, news.phone, news.at) == (CORRELATION, OURS, CUSTOMER, AT)
    assert (news.status, news.comes_in, news.handle) == (CallStatus.RINGING, True, "eyJhbGciOi")


@pytest.mark.parametrize("caller", ["anonymous", ""])
def test_a_withheld_caller_has_no_phone(provider: AcsProvider, caller: str) -> None:
    assert news_of(provider, incoming(caller)).phone == ""


def test_without_its_context_a_call_cannot_be_answered(provider: AcsProvider) -> None:
    (told,) = provider.parse(incoming(incomingCallContext=None))
    assert told == Malformed("incomingCallContext", "is missing")


def test_news_comes_through_the_door_whose_key_proves_it(provider: AcsProvider) -> None:
    assert provider.verify(mid_call("CallConnected"), account()) == Genuine()
    forged = mid_call("CallConnected")
    assert isinstance(provider.verify(replace(forged, query="key=other&ref=1"), account()), Forged)


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("CallConnected", 200, CallStatus.RINGING),
        ("AddParticipantSucceeded", 200, CallStatus.ANSWERED),
        ("AddParticipantFailed", 486, CallStatus.BUSY),
        ("AddParticipantFailed", 480, CallStatus.MISSED),
        ("AddParticipantFailed", 603, CallStatus.DECLINED),
        ("AddParticipantFailed", 500, CallStatus.FAILED),
        ("CreateCallFailed", 487, CallStatus.MISSED),
        ("CallDisconnected", 200, CallStatus.COMPLETED),
        ("CallDisconnected", 0, CallStatus.COMPLETED),
        ("PlayCompleted", 200, None),
    ],
)
def test_mid_call_events_say_where_the_call_stands(
    provider: AcsProvider, kind: str, code: int, status: CallStatus | None
) -> None:
    request = mid_call(kind, query="call=7", resultInformation={"code": code, "subCode": 0, "message": "as it is"})
    news = news_of(provider, request)
    assert (news.status, news.our_call_id, news.handle) == (status, 7, CONNECTION)
    assert bool(news.trouble) == (status is CallStatus.FAILED)


def test_events_of_calls_of_other_programs_tell_nothing(provider: AcsProvider) -> None:
    assert provider.parse(replace(mid_call("CallConnected"), query="key=abc", scratch={})) == ()


async def by_sdk(azure: Azure, act: Callable[[CallAutomationClient], Awaitable[object]]) -> Exchange:
    async with CallAutomationClient(azure.base_url, AzureKeyCredential(KEY)) as client:
        await act(client)
    return azure.asked[-1]


def phone(number: str) -> PhoneNumberIdentifier:
    return PhoneNumberIdentifier(number)


async def test_requests_mean_what_the_official_sdks_do(azure: Azure, provider: AcsProvider) -> None:
    held = account(azure)
    callback = f"{DOOR}&ref={CORRELATION}&line=%2B18335550100"
    coming = news_of(provider, incoming())
    spoken, connect = Speak("Hello", "en-US"), Connect(AGENT, OURS)
    connected = news_of(provider, mid_call("CallConnected"))
    order = CallOrder(CallId(7), OURS, AGENT, CUSTOMER, DOOR)
    pairs: list[tuple[Callable[[], Awaitable[object]], Callable[[CallAutomationClient], Awaitable[object]]]] = [
        (lambda: provider.conduct_call(held, turn(coming, spoken)),
         lambda c: c.answer_call("eyJhbGciOi", callback, cognitive_services_endpoint=SPEECH)),
        (lambda: provider.conduct_call(held, turn(coming, Decline())),
         lambda c: c.reject_call("eyJhbGciOi", call_reject_reason=CallRejectReason.BUSY)),
        (lambda: provider.conduct_call(held, turn(connected, spoken)),
         lambda c: c.get_call_connection(CONNECTION).play_media(
             TextSource(text="Hello", source_locale="en-US", voice_kind=VoiceKind.FEMALE))),
        (lambda: provider.conduct_call(held, turn(connected, connect)),
         lambda c: c.get_call_connection(CONNECTION).add_participant(
             phone(AGENT), source_caller_id_number=phone(OURS), invitation_timeout=25)),
        (lambda: provider.conduct_call(held, turn(news_of(provider, mid_call("PlayCompleted")), spoken)),
         lambda c: c.get_call_connection(CONNECTION).hang_up(True)),
        (lambda: provider.place_call(held, order),
         lambda c: c.create_call(phone(AGENT), f"{DOOR}&call=7", source_caller_id_number=phone(OURS))),
    ]  # fmt: skip
    for ours, theirs in pairs:
        await ours()
        mine = azure.asked[-1]
        assert meaning(mine) == meaning(await by_sdk(azure, theirs))


def meaning(exchange: Exchange) -> Exchange:
    """Without what the SDK leaves out and the service takes as the default."""
    method, path, document = exchange
    defaults = {"interruptCallMediaOperation": False, "kind": "phoneNumber"}
    return method, path, _without(document, defaults)


def _without(value: Any, defaults: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, defaults) for key, one in value.items() if defaults.get(key) != one}
    return [_without(one, defaults) for one in value] if isinstance(value, list) else value


async def test_a_call_left_alone_is_not_touched(azure: Azure, provider: AcsProvider) -> None:
    await provider.conduct_call(account(azure), turn(news_of(provider, incoming()), LeaveAlone()))
    assert azure.asked == []


async def test_without_a_speech_resource_callers_hear_busy_and_forwarding_goes_without_words(
    azure: Azure, provider: AcsProvider
) -> None:
    held = account(azure, speech_endpoint="")
    coming, connected = news_of(provider, incoming()), news_of(provider, mid_call("CallConnected"))
    await provider.conduct_call(held, turn(coming, Speak("Hello", "en-US")))
    await provider.conduct_call(held, turn(connected, Connect(AGENT, None, "Hello")))
    assert azure.acts == ["reject", "add"]


async def test_words_come_before_the_second_phone_and_who_is_not_reached_ends_the_call(
    azure: Azure, provider: AcsProvider
) -> None:
    plan = Connect(AGENT, None, "One moment")
    for kind in ("CallConnected", "PlayCompleted", "AddParticipantFailed"):
        await provider.conduct_call(account(azure), turn(news_of(provider, mid_call(kind)), plan))
    assert azure.acts == ["play", "add", "terminate"]
    assert azure.asked[1][2]["sourceCallerIdNumber"] == {"value": OURS}


async def test_the_same_event_twice_asks_under_the_same_id(azure: Azure, provider: AcsProvider) -> None:
    for _ in range(2):
        await provider.conduct_call(account(azure), turn(news_of(provider, incoming()), Speak("Hello", "en-US")))
    assert azure.ids[0] == azure.ids[1] is not None


@pytest.mark.parametrize(("phones", "ends"), [((CUSTOMER, AGENT), False), ((CUSTOMER,), True)])
async def test_who_is_left_alone_in_a_bridged_call_is_not_kept_on_the_line(
    azure: Azure, provider: AcsProvider, phones: tuple[str, ...], ends: bool
) -> None:
    azure.phones = phones
    news = news_of(provider, mid_call("ParticipantsUpdated", participants=[{"identifier": {"rawId": f"4:{CUSTOMER}"}}]))
    await provider.conduct_call(account(azure), turn(news, Connect(AGENT), CallStatus.RINGING))
    assert azure.asked == []  # nobody else was there yet
    await provider.conduct_call(account(azure), turn(news, Connect(AGENT), CallStatus.ANSWERED))
    assert azure.acts == ["participants", *(["terminate"] if ends else [])]


async def test_what_azure_does_not_do_is_said_and_nobody_is_left_listening(azure: Azure, provider: AcsProvider) -> None:
    azure.fails = 400
    news = news_of(provider, mid_call("CallConnected"))
    with pytest.raises(ProviderError) as raised:
        await provider.conduct_call(account(azure), turn(news, Speak("Hello", "en-US")))
    assert "8523: no" in raised.value.failure.sentence
    assert azure.acts == ["play", "terminate"]


async def test_only_a_clear_refusal_means_that_nobody_was_rung(azure: Azure, provider: AcsProvider) -> None:
    order = CallOrder(CallId(7), OURS, AGENT, CUSTOMER, DOOR)
    assert await provider.place_call(account(azure), order) == Placed(CORRELATION)
    azure.fails = 400
    assert isinstance(await provider.place_call(account(azure), order), NotPlaced)
    azure.fails = 503
    assert isinstance(await provider.place_call(account(azure), order), UnclearCall)


NUMBER = AvailableNumber(OURS, "toll_free", ("sms", "voice"), "US", "18335550100")


async def test_taking_calls_over_changes_nothing_at_azure_and_says_what_to_click(
    azure: Azure, provider: AcsProvider
) -> None:
    taken, checks = await provider.take_calls(account(azure), NUMBER, DOOR)
    back = await provider.give_calls_back(account(azure), NUMBER, DOOR, {})
    assert taken is not None
    assert not taken.before
    assert all(check.ok is None and check.fix for check in (*checks, *back))
    assert azure.asked == []


def test_what_the_account_cannot_do_is_said_before_it_is_tried(provider: AcsProvider) -> None:
    mute = account(speech_endpoint="")
    assert "Azure AI" in str(provider.why_not(mute, VoiceRules(Behaviour.GREETING, "Hello")))
    assert "phones only" in str(provider.why_not(account(), VoiceRules(Behaviour.FORWARD, forward_to="sip:a@b.c")))
    assert provider.why_not(account(), VoiceRules(Behaviour.GREETING, "Hello")) is None
    assert provider.why_not(mute, VoiceRules(Behaviour.TEXT_THREAD, text_back="Hello")) is None
