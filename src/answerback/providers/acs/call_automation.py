"""Conducts calls by Call Automation: answers, speaks, brings in the second phone, hangs up; and places them.

https://learn.microsoft.com/rest/api/communication/callautomation. Requests that must not be carried out twice have a
repeatability id made from the call and the act, so that the same event posted twice acts once.
"""

import uuid
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from answerback.domain.calls.behaviour import Connect, LeaveAlone, Speak
from answerback.domain.calls.status import CallStatus
from answerback.providers.acs.calls import (
    CHANGED,
    CONNECTED,
    INCOMING,
    NOT_ADDED,
    PLAYED,
    callback_address,
    phones_in,
)
from answerback.providers.acs.client import Answer, Client
from answerback.providers.acs.failures import TROUBLE
from answerback.providers.calls import CallOrder, CallTurn, NotPlaced, Placed, PlaceResult, UnclearCall
from answerback.providers.contract import ProviderError
from answerback.providers.exchange import AnswerLostError, NotReachedError

VERSION = "api-version=2026-03-12"
CALLS = "/calling/callConnections"
RING_SECONDS = 25
SPEECH = "speech_endpoint"


async def conduct(client: Client, turn: CallTurn) -> None:
    """The request that follows from the event and the plan, if one does. Raises ProviderError."""
    match turn.news.step:
        case step if step == INCOMING:
            await _take(client, turn)
        case step if step == CONNECTED:
            await _begin(client, turn)
        case step if step == PLAYED:
            await _after_words(client, turn)
        case step if step == NOT_ADDED:
            await _hang_up(client, turn)
        case step if step == CHANGED and turn.status is CallStatus.ANSWERED:
            await _end_if_alone(client, turn)


async def place(client: Client, order: CallOrder) -> PlaceResult:
    """Rings the agent; once they answer, `conduct` brings the customer in."""
    invitation = {
        "targets": [_phone(order.agent)],
        "sourceCallerIdNumber": {"value": order.line},
        "callbackUri": callback_address(order.voice_url, call=str(order.call_id)),
    }
    headers = _once(client, f"place/{order.call_id}", datetime.now(UTC))
    try:
        answer = await client.post(f"{CALLS}?{VERSION}", invitation, headers)
    except NotReachedError as error:
        return NotPlaced(error.failure)
    except AnswerLostError as error:
        return UnclearCall(str(error))
    if answer.status == 408 or answer.status >= 500:
        return UnclearCall(f"Azure answered {answer.status}, which leaves open whether it rang")
    if answer.status >= 300:
        return NotPlaced(replace(answer.failure, sentence=_refused(answer)))
    made = answer.document or {}
    named = made.get("correlationId") or made.get("callConnectionId")
    return Placed(str(named)) if named else UnclearCall("Azure's answer does not name the call")


async def _take(client: Client, turn: CallTurn) -> None:
    news, plan = turn.news, turn.plan
    if isinstance(plan, LeaveAlone):
        return
    document: dict[str, Any] = {"incomingCallContext": news.handle}
    speaks = isinstance(plan, Speak) and plan.words and _speech(client)
    if not speaks and not isinstance(plan, Connect):
        await _ask(client, turn, f"{CALLS}:reject", document | {"callRejectReason": "busy"})
        return
    document["callbackUri"] = callback_address(turn.voice_url, ref=news.provider_call_id, line=news.line)
    if _speech(client):
        document["callIntelligenceOptions"] = {"cognitiveServicesEndpoint": _speech(client)}
    await _ask(client, turn, f"{CALLS}:answer", document)


async def _begin(client: Client, turn: CallTurn) -> None:
    plan = turn.plan
    words = plan.words if isinstance(plan, Speak | Connect) else ""
    if not words or not _speech(client) or not isinstance(plan, Speak | Connect):
        return await _after_words(client, turn)
    source = {"text": words, "sourceLocale": plan.language, "voiceKind": "female"}
    document = {"playSources": [{"kind": "text", "text": source}], "playTo": [], "playOptions": {"loop": False}}
    try:
        await _ask(client, turn, f"{CALLS}/{turn.news.handle}:play", document)
    except ProviderError:
        await _after_words(client, turn)  # nobody is left listening to silence
        raise
    return None


async def _after_words(client: Client, turn: CallTurn) -> None:
    if not isinstance(turn.plan, Connect):
        return await _hang_up(client, turn)
    document: dict[str, Any] = {"participantToAdd": _phone(turn.plan.to), "invitationTimeoutInSeconds": RING_SECONDS}
    shown = turn.plan.caller_id or turn.news.line  # a phone is brought in from a number of the resource only
    if shown:
        document["sourceCallerIdNumber"] = {"value": shown}
    try:
        await _ask(client, turn, f"{CALLS}/{turn.news.handle}/participants:add", document)
    except ProviderError:
        await _hang_up(client, turn)
        raise
    return None


async def _end_if_alone(client: Client, turn: CallTurn) -> None:
    """Events come in any order, so who is in the call now is asked."""
    answer = await _reached(client.get(f"{CALLS}/{turn.news.handle}/participants?{VERSION}"))
    participants = answer.document.get("value") if answer.document else None
    if answer.status == 200 and isinstance(participants, list) and phones_in(participants) < 2:
        await _hang_up(client, turn)


async def _hang_up(client: Client, turn: CallTurn) -> None:
    """For everybody. A call that is over already is what was wanted."""
    target = f"{CALLS}/{turn.news.handle}:terminate?{VERSION}"
    headers = _once(client, f"{turn.news.provider_call_id}/terminate", turn.news.at)
    await _reached(client.post(target, None, headers))


async def _ask(client: Client, turn: CallTurn, path: str, document: dict[str, Any]) -> None:
    act = path.rpartition("/")[2]
    headers = _once(client, f"{turn.news.provider_call_id}/{act}", turn.news.at)
    answer = await _reached(client.post(f"{path}?{VERSION}", document, headers))
    if answer.status >= 300:
        raise ProviderError(replace(answer.failure, sentence=_refused(answer)))


async def _reached(asking: Awaitable[Answer]) -> Answer:
    try:
        return await asking
    except NotReachedError as error:
        raise ProviderError(error.failure) from error
    except AnswerLostError as error:
        raise ProviderError(TROUBLE) from error


def _refused(answer: Answer) -> str:
    told = f": {answer.message}" if answer.message else ""
    return f"Azure did not do what the call needed (it answered {answer.status}{told})."


def _once(client: Client, act: str, at: datetime | None) -> dict[str, str]:
    name = f"{client.account.api_base_url.rstrip('/')}/calls/{act}"
    return {
        "Repeatability-Request-ID": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        "Repeatability-First-Sent": format_datetime((at or datetime.now(UTC)).astimezone(UTC), usegmt=True),
    }


def _phone(address: str) -> dict[str, Any]:
    return {"kind": "phoneNumber", "rawId": f"4:{address}", "phoneNumber": {"value": address}}


def _speech(client: Client) -> str:
    return client.account.credentials.get(SPEECH, "").strip()
