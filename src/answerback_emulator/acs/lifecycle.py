"""What happens to a text after it was accepted: on the phone or not, then the one report there is."""

import re
import time
from functools import partial

from answerback_emulator.acs.codes import FILTERED, NO_REPORT, NOBODY, OPTED_OUT, code_of, stops_before_carrier
from answerback_emulator.acs.event_grid import publish_report
from answerback_emulator.emulator import Emulator
from answerback_emulator.phone_side import failure_of, show_on_phone
from answerback_emulator.world.records import Text

_LATE_FAILURE = re.compile(r"\+1500550([459][0-9]{3})")


def begin(emulator: Emulator, text: Text) -> None:
    """Set an accepted text on its way."""
    emulator.later(emulator.chance.delay_s(), partial(_hand_over, emulator, text))


def _hand_over(emulator: Emulator, text: Text) -> None:
    code = _outcome(emulator, text)
    if code is not None and stops_before_carrier(code):
        _settle(emulator, text, code, "failed")
        return
    text.sent_at = time.time()
    _move(emulator, text, "sent")
    emulator.later(emulator.chance.delay_s(), partial(_arrive, emulator, text, code))


def _arrive(emulator: Emulator, text: Text, code: int | None) -> None:
    if code in (None, NO_REPORT) and text.to in emulator.world.phones:
        show_on_phone(emulator, text)
    _settle(emulator, text, code, "delivered" if code is None else "undelivered")


def _outcome(emulator: Emulator, text: Text) -> int | None:
    """The code this text fails with, or None: by the number itself (the emulator's own range), consent, the phone."""
    magic = _LATE_FAILURE.fullmatch(text.to)
    if magic is not None:
        return int(magic[1])
    if emulator.world.is_opted_out(text.sender or "", text.to):
        return OPTED_OUT
    code = failure_of(emulator, text, filtered=FILTERED, nobody=NOBODY)
    return None if code is None else code_of(code)


def _settle(emulator: Emulator, text: Text, code: int | None, status: str) -> None:
    text.error_code = code
    _move(emulator, text, status)
    if text.report_wanted:
        publish_report(emulator, text)


def _move(emulator: Emulator, text: Text, status: str) -> None:
    text.status = status
    text.updated = time.time()
    emulator.announcer.tell("status", lambda: {"sid": text.sid, "status": text.status})
