"""Azure's calls: reads Event Grid's and Call Automation's news of them.

https://learn.microsoft.com/azure/communication-services/concepts/call-automation/call-automation. Call Automation posts
CloudEvents to an address we give with each call: our one door, with its key, and besides which call it is about.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from answerback.domain.calls.status import ENDED, CallStatus
from answerback.domain.ids import CallId
from answerback.providers.acs.events import GridEvent
from answerback.providers.acs.fields import LARGEST_ROW_ID, address_of
from answerback.providers.calls import CallNews
from answerback.providers.contract import HookRequest, Malformed

LONGEST_ID = 200
INCOMING, CONNECTED, PLAYED, NOT_ADDED, CHANGED = "incoming", "connected", "played", "not_added", "changed"
PREFIX: Final = "microsoft.communication."
NEWS: Final[dict[str, tuple[CallStatus | None, str]]] = {
    "callconnected": (CallStatus.RINGING, CONNECTED),
    "playcompleted": (None, PLAYED),
    "playfailed": (None, PLAYED),
    "playcanceled": (None, PLAYED),
    "addparticipantsucceeded": (CallStatus.ANSWERED, ""),
    "addparticipantfailed": (CallStatus.FAILED, NOT_ADDED),
    "participantsupdated": (None, CHANGED),
    "calldisconnected": (CallStatus.COMPLETED, ""),
    "createcallfailed": (CallStatus.FAILED, ""),
    "answerfailed": (CallStatus.FAILED, ""),
    "connectfailed": (CallStatus.FAILED, ""),
}
# SIP's own codes (RFC 3261, 21), which resultInformation repeats.
UNANSWERED: Final = {
    403: CallStatus.DECLINED,
    408: CallStatus.MISSED,
    480: CallStatus.MISSED,
    486: CallStatus.BUSY,
    487: CallStatus.MISSED,
    600: CallStatus.BUSY,
    603: CallStatus.DECLINED,
}


def is_mid_call(kind: str) -> bool:
    return kind.removeprefix(PREFIX) in NEWS


def incoming_of(event: GridEvent) -> CallNews | Malformed:
    """Microsoft.Communication.IncomingCall; its context is what the call is answered with."""
    data = event.data
    named, context = _id(data), data.get("incomingcallcontext")
    if not named:
        return Malformed("correlationId", "is missing")
    if not isinstance(context, str) or not context:
        return Malformed("incomingCallContext", "is missing")
    line, caller = _phone(data.get("to")), _phone(data.get("from"))
    return CallNews(
        named,
        CallStatus.RINGING,
        line=line,
        phone=caller if caller.startswith("+") else "",
        comes_in=True,
        at=event.at,
        step=INCOMING,
        handle=context,
    )


def mid_call_of(event: GridEvent, request: HookRequest) -> CallNews | Malformed | None:
    """An event of a call we conduct; None for one whose address names no call."""
    query = parse_qs(request.query)
    ours, named = query.get("call", [""])[0], query.get("ref", [""])[0]
    if not ours and not named:
        return None
    if ours and not (ours.isascii() and ours.isdecimal() and len(ours) < 20 and int(ours) <= LARGEST_ROW_ID):
        return Malformed("call", "in the address is not the id of a call")
    connection = event.data.get("callconnectionid")
    if not isinstance(connection, str) or not connection:
        return Malformed("callConnectionId", "is missing")
    status, step = NEWS[event.kind.removeprefix(PREFIX)]
    code = _code(event.data)
    trouble = ""
    if status in ENDED:
        status = UNANSWERED.get(code, status)
        trouble = _trouble(event, code) if status is CallStatus.FAILED else ""
    if step == CHANGED and not _may_be_alone(event.data):
        return None
    return CallNews(
        named or _id(event.data) or connection,
        status,
        line=query.get("line", [""])[0],
        our_call_id=CallId(int(ours)) if ours else None,
        reached=status is CallStatus.ANSWERED,
        trouble=trouble,
        at=event.at,
        step=step,
        handle=connection,
    )


def callback_address(voice_url: str, **query: str) -> str:
    return f"{voice_url}&{urlencode(query)}"


def phones_in(participants: object) -> int:
    """How many phones are in a call; the application itself is not one."""
    found = participants if isinstance(participants, list) else []
    return sum(1 for one in found if isinstance(one, dict) and _phone(_lowered(one).get("identifier")))


def _may_be_alone(data: Mapping[str, Any]) -> bool:
    return phones_in(data.get("participants")) < 2


def _id(data: Mapping[str, Any]) -> str:
    value = data.get("correlationid") or data.get("servercallid")
    usable = isinstance(value, str) and value.isprintable() and len(value) <= LONGEST_ID
    return value if usable and isinstance(value, str) else ""


def _code(data: Mapping[str, Any]) -> int:
    code = _lowered(data.get("resultinformation")).get("code")
    return code if isinstance(code, int) else 0


def _trouble(event: GridEvent, code: int) -> str:
    message = str(_lowered(event.data.get("resultinformation")).get("message") or "")[:200]
    told = f"{code} {message}".strip() if code else message
    return f"Azure could not connect the call{f': {told}' if told else ''}. Check the phone number, then call again."


def _phone(value: object) -> str:
    """{"kind": "phoneNumber", "phoneNumber": {"value": "+1…"}}, or its raw id "4:+1…"; "" for who is no phone."""
    if not isinstance(value, dict):
        return address_of(value)
    named = _lowered(value)
    number = named.get("phonenumber")
    if isinstance(number, dict):
        return address_of(_lowered(number).get("value"))
    raw = str(named.get("rawid") or "")
    return address_of(raw.removeprefix("4:")) if raw.startswith("4:") or raw.lstrip("+").isdecimal() else ""


def _lowered(value: object) -> dict[str, Any]:
    return {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, dict) else {}
