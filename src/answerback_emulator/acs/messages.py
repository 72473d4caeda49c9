"""Sends texts, up to a hundred recipients a request, each with a result of its own; looks up their reports.

Source: learn.microsoft.com, "SMS - Send" and "Delivery Reports - Get".
"""

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import msgspec

from answerback_emulator.acs.answers import invalid, not_found
from answerback_emulator.acs.bodies import read_body
from answerback_emulator.acs.events import show_report
from answerback_emulator.acs.lifecycle import begin
from answerback_emulator.acs.senders import PHONE, check_sender, is_known_opted_out
from answerback_emulator.door import Answer, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.records import Account, Number, Text
from answerback_emulator.world.segments import count_parts

MAX_MESSAGE = 2_048
MAX_RECIPIENTS = 100
MAX_TAG = 2_048
REMEMBERED_S = 600.0
_AT_ONCE = {
    "+15005550001": (400, "Invalid To phone number format."),
    "+15005550002": (400, "The destination is not supported by the sender."),
    "+15005550009": (400, "The To phone number cannot receive SMS."),
    "+15005550503": (503, "The service is temporarily unavailable."),
}
_FINAL = frozenset({"delivered", "undelivered", "failed"})


class Recipient(msgspec.Struct, rename="camel"):
    """One of those a text goes to; the two repeatability values belong together."""

    to: str
    repeatability_request_id: str | None = None
    repeatability_first_sent: str | None = None


class Options(msgspec.Struct, rename="camel"):
    """What a sender may ask for."""

    enable_delivery_report: bool = False
    tag: str | None = None


class NewTexts(msgspec.Struct, rename="camel"):
    """The body of POST /sms."""

    sender: str = msgspec.field(name="from")
    sms_recipients: list[Recipient]
    message: str
    sms_send_options: Options | None = None


class RejectedError(Exception):
    """One recipient's text is not taken."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True, slots=True)
class Sending:
    """One request: whose it is, from which number, and what."""

    emulator: Emulator
    account: Account
    number: Number
    new: NewTexts


def send_texts(emulator: Emulator, account: Account, body: bytes) -> Answer:
    """POST /sms: 202 with a line for each recipient, whatever became of it."""
    new = read_body(body, NewTexts)
    _check(new)
    number = check_sender(emulator.world, account, new.sender)
    sending = Sending(emulator, account, number, new)
    return json_answer(202, {"value": [_send_one(sending, recipient) for recipient in new.sms_recipients]})


def fetch_report(emulator: Emulator, account: Account, message_id: str) -> Answer:
    """GET /deliveryReports/{id}: 404 before there is one."""
    text = emulator.world.texts.find(message_id)
    if text is None or text.account_sid != account.sid or text.direction != "outbound-api":
        raise not_found()
    if not text.report_wanted or text.status not in _FINAL:
        raise not_found()
    return json_answer(200, show_report(text))


def _check(new: NewTexts) -> None:
    if not 0 < len(new.sms_recipients) <= MAX_RECIPIENTS:
        raise invalid("SmsRecipients", f"There must be 1 to {MAX_RECIPIENTS} recipients.")
    if not 0 < len(new.message) <= MAX_MESSAGE:
        raise invalid("Message", f"The message must have 1 to {MAX_MESSAGE} characters.")
    options = new.sms_send_options or Options()
    if len(options.tag or "") > MAX_TAG:
        raise invalid("SmsSendOptions.Tag", f"The tag must have at most {MAX_TAG} characters.")


def _send_one(sending: Sending, recipient: Recipient) -> dict[str, Any]:
    try:
        message_id = _take(sending, recipient)
    except RejectedError as error:
        why = {"httpStatusCode": error.status, "repeatabilityResult": "rejected", "errorMessage": error.message}
        return {"to": recipient.to, "successful": False, **why}
    fine = {"httpStatusCode": 202, "successful": True, "repeatabilityResult": "accepted"}
    return {"to": recipient.to, "messageId": message_id, **fine}


def _take(sending: Sending, recipient: Recipient) -> str:
    """The id of the text, new or sent before by the same request. Raises RejectedError."""
    key = _key(sending, recipient)
    azure = sending.emulator.world.azure
    if key is not None and key in azure.sent:
        return azure.sent[key]
    _check_recipient(sending, recipient.to)
    text = _new_text(sending, recipient.to)
    sending.emulator.world.texts.add(text)
    if key is not None:
        azure.remember(key, text.sid)
    begin(sending.emulator, text)
    return text.sid


def _key(sending: Sending, recipient: Recipient) -> tuple[str, str, str] | None:
    request_id, first_sent = recipient.repeatability_request_id, recipient.repeatability_first_sent
    if request_id is None and first_sent is None:
        return None
    if not request_id or not first_sent:
        raise RejectedError(400, "repeatabilityRequestId and repeatabilityFirstSent must be given together.")
    try:
        at = parsedate_to_datetime(first_sent).timestamp()
    except ValueError:
        raise RejectedError(400, "repeatabilityFirstSent must be a date as in RFC 1123.") from None
    if at < time.time() + sending.emulator.chance.dials.clock_skew_s - REMEMBERED_S:
        raise RejectedError(400, "repeatabilityFirstSent is too long ago to know of the request.")
    return (sending.account.sid, request_id, first_sent)


def _check_recipient(sending: Sending, to: str) -> None:
    if not PHONE.fullmatch(to):
        raise RejectedError(400, "Invalid To phone number format.")
    if to in _AT_ONCE:
        raise RejectedError(*_AT_ONCE[to])
    if is_known_opted_out(sending.emulator.world, sending.number, to):
        raise RejectedError(400, "The recipient has opted out of texts from the sender.")


def _new_text(sending: Sending, to: str) -> Text:
    now, new = time.time(), sending.new
    options = new.sms_send_options or Options()
    return Text(
        sid=f"Outgoing_{time.strftime('%Y%m%d%H%M%S', time.gmtime(now))}{uuid4()}_noam",
        account_sid=sending.account.sid,
        sender=new.sender,
        to=to,
        body=new.message,
        direction="outbound-api",
        status="queued",
        parts=count_parts(new.message).total,
        created=now,
        updated=now,
        tag=options.tag or "",
        report_wanted=options.enable_delivery_report,
    )
