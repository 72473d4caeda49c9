"""The opt-outs of a sender: put people on its list, take them off, ask whether they are on it.

Source: Azure's REST specification of SMS 2026-01-23, "OptOuts".
"""

from typing import Any

import msgspec

from answerback_emulator.acs.answers import invalid, not_found
from answerback_emulator.acs.bodies import read_body
from answerback_emulator.acs.senders import PHONE, check_sender
from answerback_emulator.door import Answer, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.records import Account

MAX_RECIPIENTS = 100


class OptOutRecipient(msgspec.Struct):
    """Somebody who gets, or does not get, the sender's texts."""

    to: str


class OptOutQuestion(msgspec.Struct):
    """The body of all three."""

    sender: str = msgspec.field(name="from")
    recipients: list[OptOutRecipient]


def change_opt_outs(emulator: Emulator, account: Account, action: str, body: bytes) -> Answer:
    """POST /sms/optouts:add, :remove or :check; 200 with a line for each recipient."""
    question = read_body(body, OptOutQuestion)
    if not 0 < len(question.recipients) <= MAX_RECIPIENTS:
        raise invalid("Recipients", f"There must be 1 to {MAX_RECIPIENTS} recipients.")
    number = check_sender(emulator.world, account, question.sender)
    opted_out = emulator.world.opted_out
    lines: list[dict[str, Any]] = []
    for recipient in question.recipients:
        scope = (number.phone_number, recipient.to)
        if not PHONE.fullmatch(recipient.to):
            why = "Invalid To phone number format."
            lines.append({"to": recipient.to, "httpStatusCode": 400, "errorMessage": why})
            continue
        line: dict[str, Any] = {"to": recipient.to, "httpStatusCode": 200}
        match action:
            case "add":
                opted_out.add(scope)
            case "remove":
                opted_out.discard(scope)
            case "check":
                line["isOptedOut"] = scope in opted_out
            case _:
                raise not_found()
        lines.append(line)
    return json_answer(200, {"value": lines})
