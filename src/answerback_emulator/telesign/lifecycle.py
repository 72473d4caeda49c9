"""What happens to a text after it was taken: at the gateway, on the phone, or failed with a code."""

import re
import time
from functools import partial

from answerback_emulator.emulator import Emulator
from answerback_emulator.phone_side import failure_of, show_on_phone
from answerback_emulator.telesign.callbacks import report
from answerback_emulator.telesign.codes import FILTERED, NOBODY, OPTED_OUT, status_code_of, stops_before_carrier
from answerback_emulator.world.records import Text

_LATE_FAILURE = re.compile(r"\+15005500([2-5][0-9]{2})")
_PART_PRICE = 0.0079


def begin(emulator: Emulator, text: Text, refusal: int | None) -> None:
    """Set a text on its way; `refusal` is a status it will end with whatever the phone does."""
    emulator.later(emulator.chance.delay_s(), partial(_hand_over, emulator, text, refusal))


def _hand_over(emulator: Emulator, text: Text, refusal: int | None) -> None:
    code = refusal if refusal is not None else _outcome(emulator, text)
    if code is not None and stops_before_carrier(code):
        _fail(emulator, text, code, "failed")
        return
    text.sent_at, text.price = time.time(), f"-{_PART_PRICE * text.parts:.5f}"
    _move(emulator, text, "sent")
    emulator.later(emulator.chance.delay_s(), partial(_settle, emulator, text, code))


def _settle(emulator: Emulator, text: Text, code: int | None) -> None:
    if code is not None:
        _fail(emulator, text, code, "undelivered")
        return
    if text.to in emulator.world.phones:
        show_on_phone(emulator, text)
    _move(emulator, text, "delivered")


def _outcome(emulator: Emulator, text: Text) -> int | None:
    """The status this text fails with, or None: by the number itself (the emulator's own range), consent, the phone."""
    magic = _LATE_FAILURE.fullmatch(text.to)
    if magic is not None:
        return int(magic[1])
    if emulator.world.is_opted_out(emulator.world.consent_scope(text.sender or ""), text.to):
        return OPTED_OUT
    code = failure_of(emulator, text, filtered=FILTERED, nobody=NOBODY)
    return None if code is None else status_code_of(code)


def _fail(emulator: Emulator, text: Text, code: int, status: str) -> None:
    text.error_code = code
    _move(emulator, text, status)


def _move(emulator: Emulator, text: Text, status: str) -> None:
    text.status = status
    text.updated = time.time()
    report(emulator, text)
