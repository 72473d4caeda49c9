"""Status callbacks: which URL hears of a change, with which fields, and the dials that repeat, hold or lose them."""

from time import gmtime, strftime

from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.webhooks import new_event_token, wrap_webhook
from answerback_emulator.world.records import Text

_FINAL = frozenset({"delivered", "undelivered"})


def report_status(emulator: Emulator, text: Text) -> None:
    """Announce the text's present status to the phones page and, if one is set, to its callback URL."""
    emulator.announcer.tell("status", lambda: {"sid": text.sid, "status": text.status})
    url = text.callback_url
    if not url:
        return
    fields = _fields_of(text)
    token = new_event_token()

    async def post() -> None:
        account = emulator.world.accounts.get(text.account_sid)
        if account is not None:
            receipt = await emulator.courier.carry(wrap_webhook(account, url, fields, token=token))
            if not receipt.succeeded:
                emulator.alert(11200, text.sid, url, "The status callback was not answered with 2xx")

    chance, dials = emulator.chance, emulator.chance.dials
    if chance.happens(dials.lost_callback_probability):
        emulator.log.note_loss(url, f"{text.sid} {text.status}")
        return
    if chance.happens(dials.duplicate_probability):
        emulator.later(chance.late_s(), lambda: emulator.lines.submit(f"{text.sid}+", post))
    if chance.happens(dials.disorder_probability):
        emulator.later(chance.late_s(), lambda: emulator.lines.submit(f"{text.sid}-", post))
    else:
        emulator.lines.submit(text.sid, post)


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
