"""Who is in a call under Call Automation: people join and leave, and the call ends with the last of them."""

from functools import partial
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from answerback_emulator.acs.calling.events import post_event, result
from answerback_emulator.acs.calling.identifiers import show_app, show_phone
from answerback_emulator.calls.changes import begin_call, move_call, show_change
from answerback_emulator.calls.talking import connect
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call
from answerback_emulator.world.connections import Connection
from answerback_emulator.world.records import Account


def open_connection(emulator: Emulator, account: Account, body: dict[str, Any], *, number: str) -> Connection:
    """A new connection with the settings of the request that asks for it."""
    intelligence = body.get("callIntelligenceOptions")
    connection = Connection(
        id=str(uuid4()),
        server_call_id=token_urlsafe(24),
        correlation_id=str(uuid4()),
        account_sid=account.sid,
        callback_uri=body["callbackUri"],
        context=body.get("operationContext") or "",
        number=number,
        speech_endpoint=intelligence.get("cognitiveServicesEndpoint", "") if isinstance(intelligence, dict) else "",
    )
    emulator.world.azure.connections[connection.id] = connection
    return connection


def invite(emulator: Emulator, connection: Connection, phone: str, *, sender: str) -> Call:
    """A new line to a phone that is to join; it does not ring yet."""
    head = connection.legs[0] if connection.legs else None
    leg = Call(
        id=str(uuid4()),
        provider="acs",
        account_sid=connection.account_sid,
        number=connection.number,
        phone=phone,
        direction="outbound-api" if head is None else "outbound-dial",
        sender=sender,
        to=phone,
        parent=head,
    )
    join(emulator, connection, leg)
    begin_call(emulator, leg)
    return leg


def join(emulator: Emulator, connection: Connection, leg: Call) -> None:
    """Make a line part of the connection; what happens to it is told from now on."""
    connection.legs.append(leg)
    leg.listener = partial(_follow, emulator, connection)


def detach(connection: Connection, leg: Call) -> None:
    """The line goes on without the connection."""
    leg.listener = None
    connection.legs.remove(leg)


def end_connection(emulator: Emulator, connection: Connection) -> None:
    """The centre is in the call no more; nobody hears of it twice."""
    if connection.state == "disconnected":
        return
    connection.state = "disconnected"
    post_event(emulator, connection, "CallDisconnected")


def fail_connection(emulator: Emulator, connection: Connection, kind: str, leg: Call) -> None:
    """The call never came about: CreateCallFailed or AnswerFailed, for what became of the line."""
    connection.state = "disconnected"
    post_event(emulator, connection, kind, result(leg))


def end_for_everyone(emulator: Emulator, connection: Connection) -> None:
    """Hang up on all lines."""
    end_connection(emulator, connection)
    for leg in list(connection.legs):
        move_call(emulator, leg, "completed" if leg.status == "in-progress" else "canceled")


def tell_participants(emulator: Emulator, connection: Connection) -> None:
    """ParticipantsUpdated, as after every joining and leaving."""
    data = {"participants": show_participants(connection), "sequenceNumber": next(connection.updates)}
    post_event(emulator, connection, "ParticipantsUpdated", data)


def show_participants(connection: Connection) -> list[dict[str, Any]]:
    """Everybody in the call, the centre itself among them."""
    identifiers = [show_phone(leg.phone) for leg in connection.talking] + [show_app(connection.app)]
    return [{"identifier": one, "isMuted": False, "isOnHold": False} for one in identifiers]


def show_connection(connection: Connection) -> dict[str, Any]:
    """The call connection as the API answers it."""
    return {
        "callConnectionId": connection.id,
        "serverCallId": connection.server_call_id,
        "correlationId": connection.correlation_id,
        "callConnectionState": connection.state,
        "callbackUri": connection.callback_uri,
        "targets": [show_phone(leg.phone) for leg in connection.legs],
        "source": show_app(connection.app),
        "sourceCallerIdNumber": {"value": connection.number} if connection.number else None,
        "answeredBy": {"id": connection.app},
    }


def _follow(emulator: Emulator, connection: Connection, leg: Call) -> None:
    if leg.status == "in-progress":
        _joined(emulator, connection, leg)
    elif leg.is_over and leg.answered is not None:
        _left(emulator, connection)
    elif leg.is_over and leg.direction == "inbound" and connection.state == "connecting":
        fail_connection(emulator, connection, "AnswerFailed", leg)


def _joined(emulator: Emulator, connection: Connection, leg: Call) -> None:
    if connection.state == "connecting":
        connection.state = "connected"
        post_event(emulator, connection, "CallConnected")
    others = [one for one in connection.talking if one is not leg]
    if others:
        connect(emulator, others[0], leg)
    tell_participants(emulator, connection)


def _left(emulator: Emulator, connection: Connection) -> None:
    rest = connection.talking
    for one in rest:
        if one.bridged is not None and one.bridged.is_over:
            one.bridged = None
            show_change(emulator, one)
    if connection.state == "disconnected":
        if len(rest) == 1:  # the centre left them to themselves: a call of one is none
            move_call(emulator, rest[0], "completed")
        return
    tell_participants(emulator, connection)
    if not rest:
        end_connection(emulator, connection)
        for leg in connection.legs:
            move_call(emulator, leg, "canceled")
