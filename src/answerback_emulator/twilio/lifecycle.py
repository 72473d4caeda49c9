"""What happens to a text after it was accepted: sender picked, handed to the carrier, delivered or not."""

import mimetypes
import time
from functools import partial

from answerback_emulator.emulator import Emulator
from answerback_emulator.phone_side import failure_of, show_on_phone
from answerback_emulator.twilio.error_texts import stops_before_carrier
from answerback_emulator.twilio.magic_numbers import code_in_number
from answerback_emulator.twilio.sender_pools import pick_sender
from answerback_emulator.twilio.status_reports import report_status
from answerback_emulator.world.records import Text
from answerback_emulator.world.segments import count_parts

_MMS_PRICE = 0.02
_PART_PRICE = 0.0079


def begin(emulator: Emulator, text: Text) -> None:
    """Set an accepted text on its way."""
    if text.status == "scheduled":
        wait = max(0.0, (text.send_at or 0) - time.time())
        emulator.later(wait, partial(_release, emulator, text))
    elif text.status == "accepted":
        emulator.later(emulator.chance.delay_s(), partial(_assign_sender, emulator, text))
    else:
        emulator.later(emulator.chance.delay_s(), partial(_hand_over, emulator, text))


def cancel(emulator: Emulator, text: Text) -> None:
    """Call off a scheduled text."""
    _move(emulator, text, "canceled")


def _release(emulator: Emulator, text: Text) -> None:
    if text.status == "scheduled":
        _assign_sender(emulator, text)


def _assign_sender(emulator: Emulator, text: Text) -> None:
    scope = text.service_sid or ""
    if emulator.world.is_opted_out(scope, text.to):
        _fail(emulator, text, 21610)
        return
    if text.sender is None:
        text.sender = pick_sender(emulator.world, scope, text.to)
    text.parts = 1 if text.num_media else count_parts(text.body).total
    _move(emulator, text, "queued")
    emulator.later(emulator.chance.delay_s(), partial(_hand_over, emulator, text))


def _hand_over(emulator: Emulator, text: Text) -> None:
    if text.num_media and any(medium.content is None for medium in text.media):
        emulator.spawn(_fetch_media(emulator, text))
        return
    code = _outcome(emulator, text)
    if code is not None and stops_before_carrier(code):
        _fail(emulator, text, code)
        return
    text.sent_at = time.time()
    text.price = f"-{_MMS_PRICE if text.num_media else _PART_PRICE * text.parts:.5f}"
    _move(emulator, text, "sent")
    emulator.later(emulator.chance.delay_s(), partial(_settle, emulator, text, code))


def _settle(emulator: Emulator, text: Text, code: int | None) -> None:
    if code is not None:
        text.error_code = code
        _move(emulator, text, "undelivered")
        return
    if text.to in emulator.world.phones:
        show_on_phone(emulator, text)
    _move(emulator, text, "delivered")


def _outcome(emulator: Emulator, text: Text) -> int | None:
    """The error code this text will end with, or None."""
    code = code_in_number(text.to)
    if code is not None:
        return code
    return failure_of(emulator, text, filtered=30007, nobody=30005)


async def _fetch_media(emulator: Emulator, text: Text) -> None:
    epoch = emulator.epoch
    for medium in text.media:
        receipt = await emulator.courier.fetch(medium.url, "twilio")
        if emulator.epoch != epoch:
            return
        if not receipt.succeeded:
            emulator.alert(11200, text.sid, medium.url, "The media URL could not be fetched")
            _fail(emulator, text, 11200)
            return
        guessed = mimetypes.guess_type(medium.url)[0]
        medium.content = receipt.body
        medium.content_type = receipt.content_type.split(";")[0].strip() or guessed or medium.content_type
    _hand_over(emulator, text)


def _fail(emulator: Emulator, text: Text, code: int) -> None:
    text.error_code = code
    _move(emulator, text, "failed")


def _move(emulator: Emulator, text: Text, status: str) -> None:
    text.status = status
    text.updated = time.time()
    report_status(emulator, text)
