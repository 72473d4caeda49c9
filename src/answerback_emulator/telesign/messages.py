"""The messaging resource: send a text, look one up by its reference."""

import re
import time
from secrets import token_hex
from urllib.parse import parse_qsl

from answerback_emulator.door import Answer, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.telesign.answers import TelesignError, show_text
from answerback_emulator.telesign.codes import NO_SUCH_SENDER
from answerback_emulator.telesign.lifecycle import begin
from answerback_emulator.world.records import Account, Text
from answerback_emulator.world.segments import count_parts

MAX_MESSAGE = 1_600
_PHONE = re.compile(r"\+?[1-9][0-9]{6,14}")
_REFERENCE = re.compile(r"[0-9A-F]{32}")
_TYPES = frozenset({"ARN", "MKT", "OTP"})
_LIFECYCLE = frozenset({"", "create", "sign-in", "transact", "update", "delete"})
_REFUSED_AT_ONCE = re.compile(r"\+150055(1[0-2][0-9]{3})")


def new_reference() -> str:
    """32 hexadecimal digits, as TeleSign names a text."""
    return token_hex(16).upper()


def create_text(emulator: Emulator, account: Account, body: bytes) -> Answer:
    """POST /v1/messaging: 200 with a reference and 290, and the text is on its way."""
    form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    check(form)
    text = _new_text(emulator, account, form)
    emulator.world.texts.add(text)
    answer = json_answer(200, show_text(text))
    begin(emulator, text, NO_SUCH_SENDER if text.sender is None else None)
    return answer


def fetch_text(emulator: Emulator, account: Account, reference: str) -> Answer:
    """GET /v1/messaging/{reference_id}."""
    text = emulator.world.texts.find(reference)
    if not _REFERENCE.fullmatch(reference):
        raise TelesignError(11011)
    if text is None or text.account_sid != account.sid or text.direction != "outbound-api":
        raise TelesignError(10017)
    return json_answer(200, show_text(text))


def check(form: dict[str, str]) -> None:
    """What is refused at once, in the order of the parameters. Raises TelesignError."""
    for name, code in (("phone_number", 12000), ("message", 12009), ("message_type", 12017)):
        if not form.get(name):
            raise TelesignError(code)
    to = form["phone_number"]
    if not _PHONE.fullmatch(to):
        raise TelesignError(11000)
    if len(form["message"]) > MAX_MESSAGE:
        raise TelesignError(11009)
    if form["message_type"].upper() not in _TYPES:
        raise TelesignError(11017)
    if form.get("account_lifecycle_event", "") not in _LIFECYCLE:
        raise TelesignError(11003)
    magic = _REFUSED_AT_ONCE.fullmatch(f"+{to.removeprefix('+')}")
    if magic is not None:
        raise TelesignError(int(magic[1]))


def _new_text(emulator: Emulator, account: Account, form: dict[str, str]) -> Text:
    now, body = time.time(), form["message"]
    return Text(
        sid=new_reference(),
        account_sid=account.sid,
        sender=_sender(emulator, account, form.get("sender_id", "")),
        to=f"+{form['phone_number'].removeprefix('+')}",
        body=body,
        direction="outbound-api",
        status="queued",
        parts=count_parts(body).total,
        created=now,
        updated=now,
        callback_url=form.get("callback_url", "") or account.event_url,
        tag=form.get("external_id", ""),
    )


def _sender(emulator: Emulator, account: Account, wanted: str) -> str | None:
    """The number asked for if the account holds it; the account's first where none is asked for."""
    world = emulator.world
    if wanted:
        number = world.numbers.get(wanted) or world.numbers.get(f"+{wanted.removeprefix('+')}")
        return number.phone_number if number is not None and number.account_sid == account.sid else None
    held = (one.phone_number for one in world.numbers.values() if one.account_sid == account.sid)
    return next(held, None)
