"""A phone calls a number of the resource: Event Grid tells the centre, which answers, redirects or rejects."""

from typing import Any
from uuid import uuid4

from answerback_emulator.acs.answers import refused
from answerback_emulator.acs.calling.announcing import announce_call, call_in, server_call_id
from answerback_emulator.acs.calling.answers import no_such_call, required
from answerback_emulator.acs.calling.conversation import (
    fail_connection,
    invite,
    join,
    open_connection,
    show_connection,
)
from answerback_emulator.acs.calling.identifiers import read_phone
from answerback_emulator.calls.changes import begin_call, move_call
from answerback_emulator.calls.ringing import ring_phone, wait_for_decision
from answerback_emulator.calls.talking import talk
from answerback_emulator.door import Answer, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call, CallStatus
from answerback_emulator.world.connections import Connection
from answerback_emulator.world.records import Account, Number

RING_S = 30
"""How long an incoming call waits for the centre; the dial `ringing_scale` makes it shorter."""
_REJECTED: dict[str, CallStatus] = {"none": "no-answer", "busy": "busy", "forbidden": "failed"}


def receive_call(emulator: Emulator, number: Number, phone: str) -> Call:
    """Let it ring, and tell the centre."""
    call = Call(
        id=str(uuid4()),
        provider="acs",
        account_sid=number.account_sid,
        number=number.phone_number,
        phone=phone,
        direction="inbound",
        sender=phone,
        to=number.phone_number,
        status="ringing",
    )
    begin_call(emulator, call)
    announce_call(emulator, call)
    emulator.spawn(wait_for_decision(emulator, call, RING_S))
    return call


def answer_call(emulator: Emulator, account: Account, body: dict[str, Any]) -> Answer:
    """POST :answer: the caller is connected to the centre, or AnswerFailed follows when they have gone."""
    required(body, "callbackUri")
    call = _find(emulator, account, body)
    connection = open_connection(emulator, account, body, number=call.number)
    connection.correlation_id, connection.server_call_id = call.id, server_call_id(call)
    join(emulator, connection, call)
    shown = show_connection(connection)
    if call.is_over:
        fail_connection(emulator, connection, "AnswerFailed", call)
    else:
        emulator.later(emulator.chance.delay_s(), lambda: move_call(emulator, call, "in-progress"))
    return json_answer(200, shown)


def reject_call(emulator: Emulator, account: Account, body: dict[str, Any]) -> Answer:
    """POST :reject."""
    call = _find(emulator, account, body)
    move_call(emulator, call, _REJECTED.get(body.get("callRejectReason") or "none", "no-answer"))
    return Answer(204)


def redirect_call(emulator: Emulator, account: Account, body: dict[str, Any]) -> Answer:
    """POST :redirect: another phone rings in the centre's place; the centre hears no more of it."""
    call = _find(emulator, account, body)
    target = read_phone(required(body, "target"), "target")
    leg = Call(
        id=str(uuid4()),
        provider="acs",
        account_sid=call.account_sid,
        number=call.number,
        phone=target,
        direction="outbound-dial",
        sender=call.sender,
        to=target,
        parent=call,
    )
    begin_call(emulator, leg)
    call.listener = lambda one: move_call(emulator, leg, "canceled") if one.is_over and not leg.answered else None
    emulator.spawn(_put_through(emulator, call, leg))
    return Answer(204)


def create_call(emulator: Emulator, account: Account, body: dict[str, Any]) -> Answer:
    """POST: ring phones; CallConnected when one answers, CreateCallFailed when none does."""
    required(body, "callbackUri")
    phones = [read_phone(one, "targets") for one in required(body, "targets")]
    sender = source_of(emulator, account.sid, body)
    connection = open_connection(emulator, account, body, number=sender)
    for phone in phones:
        invite(emulator, connection, phone, sender=sender)
    emulator.spawn(_ring_all(emulator, connection))
    return json_answer(201, show_connection(connection))


def source_of(emulator: Emulator, account_sid: str, body: dict[str, Any]) -> str:
    """The number a phone sees: one of the resource with voice. Raises AcsError."""
    sender = read_phone(required(body, "sourceCallerIdNumber"), "sourceCallerIdNumber")
    number = emulator.world.numbers.get(sender)
    if number is None or number.account_sid != account_sid or "voice" not in number.capabilities:
        raise refused(400, "8524", f"sourceCallerIdNumber {sender} is not a number of this resource with calling")
    return sender


def _find(emulator: Emulator, account: Account, body: dict[str, Any]) -> Call:
    call_id = call_in(str(required(body, "incomingCallContext")))
    if not call_id:
        raise refused(400, "8523", "The incomingCallContext is not valid.")
    call = emulator.world.calls.find(call_id)
    if call is None or call.account_sid != account.sid:
        raise no_such_call()
    if call.answered is not None or call.listener is not None:
        raise refused(409, "8528", "The call was answered already.")
    return call


async def _put_through(emulator: Emulator, call: Call, leg: Call) -> None:
    await ring_phone(emulator, leg, RING_S)
    if leg.status != "in-progress":
        move_call(emulator, call, leg.status)
        return
    move_call(emulator, call, "in-progress")
    await talk(emulator, call, leg)
    move_call(emulator, call, "completed")


async def _ring_all(emulator: Emulator, connection: Connection) -> None:
    for leg in connection.legs:
        emulator.spawn(ring_phone(emulator, leg, RING_S))
    for leg in list(connection.legs):
        await leg.decided.wait()
    if connection.state == "connecting":
        fail_connection(emulator, connection, "CreateCallFailed", connection.legs[0])
