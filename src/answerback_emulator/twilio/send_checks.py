"""What Twilio refuses at once when a message is created, in the order it looks."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from answerback_emulator.twilio.answers import ApiCall, Form, TwilioError
from answerback_emulator.twilio.magic_numbers import (
    check_magic_recipient,
    check_magic_sender,
    not_a_sender,
    unreachable,
)
from answerback_emulator.world.records import Number, Service

MAX_BODY = 1_600
MAX_MEDIA = 10
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORT_CODE = re.compile(r"[0-9]{5,6}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")


def check_content(form: Form) -> None:
    """To, a sender and something to say are there and within limits."""
    if not form.get("To"):
        raise TwilioError(21604, "A 'To' phone number is required.")
    if not form.get("From") and not form.get("MessagingServiceSid"):
        raise TwilioError(21603, "A 'From' phone number is required.")
    media = form.all("MediaUrl")
    if not form.get("Body") and not media and not form.get("ContentSid"):
        raise TwilioError(21602, "Message body is required.")
    if len(form.get("Body")) > MAX_BODY:
        raise TwilioError(21617, "The concatenated message body exceeds the 1600 character limit.")
    if len(media) > MAX_MEDIA:
        raise TwilioError(21623, "Number of media files exceeds allowed limit of 10.")
    for url in media:
        if not _is_web_address(url):
            raise TwilioError(21620, f"Invalid media URL(s): {url}")
    if "ValidityPeriod" in form and not _is_between(form.get("ValidityPeriod"), 1, 36_000):
        raise TwilioError(21624, "The ValidityPeriod supplied is invalid: it must be 1 to 36000 seconds.")
    callback = form.get("StatusCallback")
    if callback and (not _is_web_address(callback) or "_" in (urlsplit(callback).hostname or "")):
        raise TwilioError(21609, f"The 'StatusCallback' URL {callback} is not a valid URL.")


def check_recipient(to: str) -> None:
    """The To number can exist."""
    check_magic_recipient(to)
    if not _PHONE.fullmatch(to):
        raise TwilioError(21211, f"Invalid 'To' Phone Number: {to}")


def check_sender(call: ApiCall, sender: str, to: str, has_media: bool) -> None:
    """The account holds the sender, it can do what is asked, and the recipient has not stopped it."""
    if check_magic_sender(sender):
        return
    world = call.emulator.world
    number = world.numbers.get(sender)
    if number is None or number.account_sid != call.account.sid:
        _refuse_stranger(sender, to)
        return
    _check_capability(number, to, has_media)
    if world.is_opted_out(world.consent_scope(sender), to):
        raise TwilioError(21610, "Attempt to send to unsubscribed recipient")


def check_service(call: ApiCall, sid: str, sender: str) -> Service:
    """The Messaging Service exists, has numbers, and holds the sender when one is named."""
    service = call.emulator.world.services.get(sid)
    if service is None or service.account_sid != call.account.sid:
        raise TwilioError(21705, f"The Messaging Service {sid} is invalid or does not exist.")
    pool = call.emulator.world.pool(sid)
    if not pool:
        raise TwilioError(21704, "The Messaging Service contains no phone numbers.")
    if not any("sms" in number.capabilities for number in pool):
        raise TwilioError(21703, "The Messaging Service does not have a phone number available to send a message.")
    if sender and sender not in {number.phone_number for number in pool}:
        raise TwilioError(21712, f"Phone number {sender} is not associated with the Messaging Service {sid}.")
    return service


def read_schedule(form: Form, now: datetime) -> float | None:
    """When a scheduled message is due (seconds since the epoch), or None for one to send now."""
    if form.get("ScheduleType") != "fixed":
        if "SendAt" in form:
            raise TwilioError(35111, "ScheduleType 'fixed' is required together with SendAt.")
        return None
    if not form.get("MessagingServiceSid"):
        raise TwilioError(35118, "MessagingServiceSid is required to schedule a message.")
    if not form.get("SendAt"):
        raise TwilioError(35111, "SendAt is missing: it is required to schedule a message.")
    try:
        due = datetime.fromisoformat(form.get("SendAt"))
    except ValueError:
        raise TwilioError(35114, "SendAt is not a valid ISO 8601 time.") from None
    due = due if due.tzinfo else due.replace(tzinfo=UTC)
    if not timedelta(seconds=300) < due - now <= timedelta(days=35):
        raise TwilioError(35114, "SendAt must be more than 300 seconds and at most 35 days from now.")
    return due.timestamp()


def _check_capability(number: Number, to: str, has_media: bool) -> None:
    if "sms" not in number.capabilities:
        raise not_a_sender(number.phone_number)
    if to == number.phone_number:
        raise TwilioError(21266, f"'To' and 'From' number cannot be the same: {to}")
    if has_media and "mms" not in number.capabilities:
        raise unreachable(to)


def _refuse_stranger(sender: str, to: str) -> None:
    if _PHONE.fullmatch(sender) or _SHORT_CODE.fullmatch(sender):
        raise not_a_sender(sender)
    if not _ALPHANUMERIC.fullmatch(sender):
        raise TwilioError(21212, f"Invalid 'From' Phone Number: {sender}")
    if to.startswith("+1"):
        raise unreachable(to)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_between(text: str, low: int, high: int) -> bool:
    return text.isdecimal() and low <= int(text) <= high
