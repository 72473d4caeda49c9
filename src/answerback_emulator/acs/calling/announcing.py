"""Tells the centre of an incoming call by an event of Event Grid."""

import base64
from typing import Any

import msgspec

from answerback_emulator.acs.calling.identifiers import show_phone
from answerback_emulator.acs.event_grid import publish
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call

INCOMING = "Microsoft.Communication.IncomingCall"


def announce_call(emulator: Emulator, call: Call) -> None:
    """IncomingCall, with the context by which the call can be answered."""
    subject = f"/caller/4:{call.sender}/recipient/4:{call.to}"
    publish(emulator, call, INCOMING, subject, data=_show_incoming(call))


def server_call_id(call: Call) -> str:
    """What names the call inside Azure, from its first ring on."""
    return base64.b64encode(f"server/{call.id}".encode()).decode()


def context_of(call: Call) -> str:
    """What names the call to Call Automation; opaque to the centre."""
    claims = {"cc": call.id, "to": call.to, "from": call.sender}
    return base64.urlsafe_b64encode(msgspec.json.encode(claims)).rstrip(b"=").decode()


def call_in(context: str) -> str:
    """The id of the call a context names; "" when it was not made here."""
    try:
        claims = msgspec.json.decode(base64.urlsafe_b64decode(context + "=" * (-len(context) % 4)), type=dict[str, str])
    except (ValueError, msgspec.DecodeError):
        return ""
    return claims.get("cc", "")


def _show_incoming(call: Call) -> dict[str, Any]:
    return {
        "to": show_phone(call.to),
        "from": show_phone(call.sender),
        "serverCallId": server_call_id(call),
        "callerDisplayName": "",
        "customContext": {"sipHeaders": {}, "voipHeaders": {}},
        "incomingCallContext": context_of(call),
        "correlationId": call.id,
    }
