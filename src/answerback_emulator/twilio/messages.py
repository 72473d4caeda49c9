"""The Messages resource: create, fetch, change, delete."""

import time
from datetime import UTC, datetime
from secrets import token_hex

from answerback_emulator.door import Answer
from answerback_emulator.twilio.answers import ApiCall, TwilioError, not_found, resource
from answerback_emulator.twilio.lifecycle import begin, cancel
from answerback_emulator.twilio.magic_numbers import VALID_TEST_SENDER
from answerback_emulator.twilio.send_checks import (
    check_content,
    check_recipient,
    check_sender,
    check_service,
    read_schedule,
)
from answerback_emulator.twilio.shapes import show_message
from answerback_emulator.world.records import Medium, Text
from answerback_emulator.world.segments import count_parts

_ON_ITS_WAY = frozenset({"accepted", "queued", "sending", "scheduled"})


def create_message(call: ApiCall) -> Answer:
    """POST Messages.json: 201 with the new message, on its way unless scheduled."""
    form = call.form
    check_content(form)
    to, sender, service_sid = form.get("To"), form.get("From"), form.get("MessagingServiceSid")
    check_recipient(to)
    due = read_schedule(form, datetime.now(UTC))
    callback_url = form.get("StatusCallback")
    if service_sid:
        service = check_service(call, service_sid, sender)
        callback_url = callback_url or service.status_callback
    else:
        check_sender(call, sender, to, "MediaUrl" in form)
    text = _new_text(call, callback_url, due)
    call.emulator.world.texts.add(text)
    answer = resource(201, show_message(text))
    if sender != VALID_TEST_SENDER:
        begin(call.emulator, text)
    return answer


def _new_text(call: ApiCall, callback_url: str, due: float | None) -> Text:
    form, now = call.form, time.time()
    media = [Medium("application/octet-stream", url=url) for url in form.all("MediaUrl")]
    body, service_sid = form.get("Body"), form.get("MessagingServiceSid") or None
    parts = 0 if service_sid else 1 if media else count_parts(body).total
    waiting = "scheduled" if due is not None else "accepted" if service_sid else "queued"
    return Text(
        sid=("MM" if media else "SM") + token_hex(16),
        account_sid=call.account.sid,
        sender=form.get("From") or None,
        to=form.get("To"),
        body=body,
        direction="outbound-api",
        status=waiting,
        parts=parts,
        created=now,
        updated=now,
        media=media,
        num_media=len(media),
        service_sid=service_sid,
        callback_url=callback_url,
        send_at=due,
    )


def find_message(call: ApiCall, sid: str) -> Text:
    """The account's message with this sid; raises 20404."""
    text = call.emulator.world.texts.find(sid)
    if text is None or text.account_sid != call.account.sid or text.direction == "carrier":
        raise not_found(call.full_path)
    return text


def fetch_message(call: ApiCall, sid: str) -> Answer:
    """GET one message."""
    return resource(200, show_message(find_message(call, sid)))


def update_message(call: ApiCall, sid: str) -> Answer:
    """POST one message: an empty Body redacts it, Status=canceled calls a scheduled one off."""
    text = find_message(call, sid)
    if "Status" in call.form:
        if call.form.get("Status") != "canceled":
            raise TwilioError(20001, "Status can only be set to 'canceled'.")
        if text.status != "scheduled":
            raise TwilioError(30409, "Message is not in a scheduled state and can no longer be canceled.")
        cancel(call.emulator, text)
    if "Body" in call.form:
        if call.form.get("Body"):
            raise TwilioError(20001, "Body can only be set to an empty string, to redact it.")
        if text.status in _ON_ITS_WAY:
            raise TwilioError(20009, "Cannot modify a message before it has reached a final state.")
        text.body, text.updated = "", time.time()
    return resource(200, show_message(text))


def delete_message(call: ApiCall, sid: str) -> Answer:
    """DELETE one message: 204."""
    text = find_message(call, sid)
    if text.status in _ON_ITS_WAY:
        raise TwilioError(20009, "Cannot delete a message before it has reached a final state.", 409)
    call.emulator.world.texts.remove(sid)
    return Answer(204)
