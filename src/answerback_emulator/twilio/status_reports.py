"""Status callbacks of texts: which URL hears of a change, and with which fields."""

from time import gmtime, strftime

from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.callbacks import Callback, post_callback
from answerback_emulator.world.records import Text

_FINAL = frozenset({"delivered", "undelivered"})


def report_status(emulator: Emulator, text: Text) -> None:
    """Announce the text's present status to the phones page and, if one is set, to its callback URL."""
    emulator.announcer.tell("status", lambda: {"sid": text.sid, "status": text.status})
    url = text.callback_url
    if not url:
        return
    post_callback(emulator, Callback(text.account_sid, text.sid, text.status, url, _fields_of(text)))


def _fields_of(text: Text) -> list[tuple[str, str]]:
    fields = [
        ("SmsSid", text.sid),
        ("SmsStatus", text.status),
        ("MessageStatus", text.status),
        ("To", text.to),
        ("MessageSid", text.sid),
        ("AccountSid", text.account_sid),
        ("From", text.sender or ""),
        ("ApiVersion", "2010-04-01"),
    ]
    if text.service_sid is not None:
        fields.append(("MessagingServiceSid", text.service_sid))
    if text.error_code is not None:
        fields.append(("ErrorCode", str(text.error_code)))
    if text.status in _FINAL and text.num_media == 0:
        fields.append(("RawDlrDoneDate", strftime("%y%m%d%H%M", gmtime(text.updated))))
    return fields
