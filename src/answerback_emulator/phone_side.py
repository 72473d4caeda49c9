"""What phones see and do, whichever the carrier: a text shows up on one, or one texts a number of ours."""

import time
from dataclasses import dataclass

from answerback_emulator.emulator import Emulator
from answerback_emulator.phones.shapes import show_text
from answerback_emulator.world.keywords import handle_keyword
from answerback_emulator.world.records import Direction, Medium, Number, Text
from answerback_emulator.world.segments import count_parts


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed on a phone, and to which number."""

    number: Number
    phone: str
    body: str
    media: list[Medium]


def show_on_phone(emulator: Emulator, text: Text) -> None:
    """The text appears on the phone and on the page."""
    emulator.world.texts.show_on_phone(text.phone, text)
    emulator.announcer.tell("text", lambda: show_text(text))


def take_text(emulator: Emulator, typed: Typed, sid: str, answer_sid: str) -> Text:
    """Keep a text from a phone; where the carrier handles keywords, it acts on one and answers it first.

    The two ids are the carrier's: of the text, and of its own answer.
    """
    text = new_text(typed.number, typed.phone, typed.body, direction="inbound", media=typed.media, sid=sid)
    emulator.world.texts.add(text)
    show_on_phone(emulator, text)
    handled = handle_keyword(emulator.world, typed.number, typed.phone, typed.body)
    text.opt_out_type = handled.opt_out_type
    if handled.reply:
        answer = new_text(typed.number, typed.phone, handled.reply, direction="carrier", media=[], sid=answer_sid)
        answer.status, answer.sent_at = "delivered", answer.created
        emulator.world.texts.add(answer)
        show_on_phone(emulator, answer)
    return text


def new_text(number: Number, phone: str, body: str, *, direction: Direction, media: list[Medium], sid: str) -> Text:
    """A text between a phone and a number, as it begins."""
    inbound, now = direction == "inbound", time.time()
    return Text(
        sid=sid,
        account_sid=number.account_sid,
        sender=phone if inbound else number.phone_number,
        to=number.phone_number if inbound else phone,
        body=body,
        direction=direction,
        status="received" if inbound else "queued",
        parts=1 if media else count_parts(body).total,
        created=now,
        updated=now,
        media=media,
        num_media=len(media),
        service_sid=number.messaging_service_sid,
        sent_at=now if inbound else None,
        price="-0.00790" if inbound else None,
    )


def failure_of(emulator: Emulator, text: Text, *, filtered: int, nobody: int) -> int | None:
    """The code a text will fail with, or None: the phone's own, else the carrier's for filtered or for nobody there."""
    phone = emulator.world.phones.get(text.to)
    if phone is not None and phone.fails_with is not None:
        return phone.fails_with
    dials = emulator.chance.dials
    lowered = text.body.lower() if dials.filter_words else ""
    if any(word.lower() in lowered for word in dials.filter_words):
        return filtered
    if emulator.chance.happens(dials.filter_probability):
        return filtered
    if phone is None and emulator.config.unknown_phones == "undelivered":
        return nobody
    return None
