"""What the centre does in a call it holds: speak, bring people in, transfer the call, take people out, leave."""

from typing import Any
from uuid import uuid4

from answerback_emulator.acs.answers import refused
from answerback_emulator.acs.calling.answers import not_established, required
from answerback_emulator.acs.calling.conversation import (
    detach,
    end_connection,
    end_for_everyone,
    invite,
    show_participants,
)
from answerback_emulator.acs.calling.events import post_event, result
from answerback_emulator.acs.calling.identifiers import read_phone, show_phone
from answerback_emulator.acs.calling.incoming import RING_S, source_of
from answerback_emulator.calls.changes import move_call
from answerback_emulator.calls.ringing import ring_phone
from answerback_emulator.calls.talking import connect, talk
from answerback_emulator.door import Answer, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call
from answerback_emulator.world.connections import Connection

Body = dict[str, Any]


def terminate(emulator: Emulator, connection: Connection) -> Answer:
    """POST :terminate: the call ends for everybody."""
    end_for_everyone(emulator, connection)
    return Answer(204)


def leave(emulator: Emulator, connection: Connection) -> Answer:
    """DELETE: the centre leaves; two or more people go on talking, one alone has no call."""
    people = connection.talking
    if len(people) < 2:
        return terminate(emulator, connection)
    end_connection(emulator, connection)
    for leg in list(connection.legs):
        if leg not in people:
            move_call(emulator, leg, "canceled")
    connect(emulator, people[0], people[1])
    return Answer(204)


def add_participant(emulator: Emulator, connection: Connection, body: Body) -> Answer:
    """POST participants:add: the phone rings; AddParticipantSucceeded or AddParticipantFailed follows."""
    _check_connected(connection)
    phone = read_phone(required(body, "participantToAdd"), "participantToAdd")
    sender = source_of(emulator, connection.account_sid, body)
    seconds = body.get("invitationTimeoutInSeconds") or RING_S
    if not 1 <= int(seconds) <= 180:
        raise refused(400, "BadRequest", "invitationTimeoutInSeconds must be from 1 to 180.")
    leg = invite(emulator, connection, phone, sender=sender)
    invitation, context = str(uuid4()), body.get("operationContext")
    connection.invitations[invitation] = leg
    data = {"operationContext": context, "invitationId": invitation, "participant": show_phone(phone)}

    async def ring() -> None:
        await ring_phone(emulator, leg, int(seconds))
        del connection.invitations[invitation]
        joined = leg.answered is not None
        kind = "AddParticipantSucceeded" if joined else "AddParticipantFailed"
        outcome = result(None if joined else leg)
        if leg.status != "canceled":
            post_event(emulator, connection, kind, data | outcome, to=_address(body))
        if not joined:
            detach(connection, leg)

    emulator.spawn(ring())
    participant = {"identifier": show_phone(phone), "isMuted": False, "isOnHold": False}
    answer = {"participant": participant, "operationContext": context, "invitationId": invitation}
    return json_answer(202, answer)


def cancel_invitation(emulator: Emulator, connection: Connection, body: Body) -> Answer:
    """POST participants:cancelAddParticipant."""
    invitation = str(required(body, "invitationId"))
    leg = connection.invitations.get(invitation)
    done = {"invitationId": invitation, "operationContext": body.get("operationContext")}
    if leg is None:
        data = done | {"resultInformation": {"code": 404, "subCode": 8535, "message": "The invitation is not open."}}
        post_event(emulator, connection, "CancelAddParticipantFailed", data, to=_address(body))
    else:
        move_call(emulator, leg, "canceled")
        post_event(emulator, connection, "CancelAddParticipantSucceeded", done, to=_address(body))
    return json_answer(202, done)


def remove_participant(emulator: Emulator, connection: Connection, body: Body) -> Answer:
    """POST participants:remove."""
    _check_connected(connection)
    phone = read_phone(required(body, "participantToRemove"), "participantToRemove")
    data = {"operationContext": body.get("operationContext"), "participant": show_phone(phone)}
    leg = _talking(connection, phone)
    if leg is None:
        missing = {"resultInformation": {"code": 404, "subCode": 8504, "message": "Participant not found."}}
        post_event(emulator, connection, "RemoveParticipantFailed", data | missing, to=_address(body))
    else:
        post_event(emulator, connection, "RemoveParticipantSucceeded", data, to=_address(body))
        move_call(emulator, leg, "completed")
    return json_answer(202, {"operationContext": body.get("operationContext")})


def list_participants(connection: Connection) -> Answer:
    """GET participants."""
    return json_answer(200, {"value": show_participants(connection), "nextLink": None})


def fetch_participant(connection: Connection, raw_id: str) -> Answer:
    """GET one participant."""
    for one in show_participants(connection):
        if one["identifier"]["rawId"] == raw_id:
            return json_answer(200, one)
    raise refused(404, "8504", "Participant not found.")


def transfer(emulator: Emulator, connection: Connection, body: Body) -> Answer:
    """POST :transferToParticipant: another phone takes the centre's place; the centre is out once it answered."""
    _check_connected(connection)
    target = read_phone(required(body, "targetParticipant"), "targetParticipant")
    given = body.get("transferee")
    people = connection.talking
    leg = _talking(connection, read_phone(given, "transferee")) if given else people[0] if len(people) == 1 else None
    if leg is None:
        raise refused(400, "8523", "transferee must name one of several participants of the call.")
    caller_id = source_of(emulator, connection.account_sid, body) if body.get("sourceCallerIdNumber") else leg.phone
    context = body.get("operationContext")
    data = {"operationContext": context, "transferTarget": show_phone(target), "transferee": show_phone(leg.phone)}
    connection.state = "transferring"
    emulator.spawn(_transfer(emulator, connection, leg, target=(target, caller_id), told=(data, _address(body))))
    return json_answer(202, {"operationContext": context})


async def _transfer(
    emulator: Emulator, connection: Connection, leg: Call, *, target: tuple[str, str], told: tuple[Body, str]
) -> None:
    data, address = told
    other = invite(emulator, connection, target[0], sender=target[1])
    other.listener = None  # it does not join the centre's call, but ends with it while it rings
    await ring_phone(emulator, other, RING_S)
    connection.legs.remove(other)
    if connection.state == "disconnected" or leg.is_over:
        move_call(emulator, other, "completed" if other.status == "in-progress" else "canceled")
        return
    if other.status != "in-progress":
        connection.state = "connected"
        post_event(emulator, connection, "CallTransferFailed", data | result(other), to=address)
        return
    connection.state = "transferAccepted"
    post_event(emulator, connection, "CallTransferAccepted", data, to=address)
    detach(connection, leg)
    if connection.talking:
        connection.state = "connected"
    else:
        end_connection(emulator, connection)
    await talk(emulator, leg, other)
    move_call(emulator, leg, "completed")


def _check_connected(connection: Connection) -> None:
    if connection.state != "connected":
        raise not_established()


def _talking(connection: Connection, phone: str) -> Call | None:
    return next((leg for leg in connection.talking if leg.phone == phone), None)


def _address(body: Body) -> str:
    return str(body.get("operationCallbackUri") or "")
