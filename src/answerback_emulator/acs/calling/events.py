"""Mid-call events: CloudEvents in an array, posted to the address the centre gave, with a signed token."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec

from answerback_emulator.acs.calling.event_tokens import bearer_token
from answerback_emulator.callbacks import send_callback
from answerback_emulator.delivery.courier import Parcel
from answerback_emulator.delivery.overrides import DEFAULT_PATIENCE
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.calls import Call, CallStatus
from answerback_emulator.world.connections import Connection

_RESULTS: dict[CallStatus, tuple[int, int, str]] = {
    "busy": (486, 560486, "The phone is busy."),
    "no-answer": (480, 560480, "Nobody answered in time."),
    "failed": (404, 560404, "The number cannot be reached."),
    "canceled": (487, 560487, "The call was given up before it was answered."),
}
_DECLINED = (603, 560603, "The call was declined.")


def post_event(
    emulator: Emulator, connection: Connection, kind: str, data: dict[str, Any] | None = None, *, to: str = ""
) -> None:
    """Tell the centre; `kind` without its prefix, `to` where an operation has an address of its own."""
    url = to or connection.callback_uri
    subject = f"calling/callConnections/{connection.id}"
    event = {
        "id": str(uuid4()),
        "source": subject,
        "type": f"Microsoft.Communication.{kind}",
        "data": _facts(connection) | (data or {}),
        "time": datetime.now(UTC).isoformat(),
        "specversion": "1.0",
        "datacontenttype": "application/json",
        "subject": subject,
    }
    body = msgspec.json.encode([event])

    async def post() -> None:
        account = emulator.world.accounts.get(connection.account_sid)
        if account is None:
            return
        token = bearer_token(account, emulator.chance.dials.clock_skew_s)
        headers = {"Content-Type": "application/json; charset=utf-8", "Authorization": f"Bearer {token}"}
        receipt = await emulator.courier.carry(Parcel("POST", url, headers, body, DEFAULT_PATIENCE, "acs"))
        if not receipt.succeeded:
            emulator.alert(receipt.status or 0, connection.id, url, f"{kind} was not answered with 2xx")

    send_callback(emulator, connection, url, post)


def result(leg: Call | None = None) -> dict[str, Any]:
    """What came of it, for people and programs: fine, or why a phone was not reached (SIP's own codes)."""
    code, sub_code, message = (200, 0, "") if leg is None else _RESULTS.get(leg.status, (200, 0, ""))
    if leg is not None and leg.declined:
        code, sub_code, message = _DECLINED
    return {"resultInformation": {"code": code, "subCode": sub_code, "message": message}}


def _facts(connection: Connection) -> dict[str, Any]:
    return {
        "callConnectionId": connection.id,
        "serverCallId": connection.server_call_id,
        "correlationId": connection.correlation_id,
        "operationContext": connection.context or None,
        **result(),
    }
