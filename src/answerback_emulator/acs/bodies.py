"""Reads the JSON body of a request, or refuses it naming what is wrong in it."""

from typing import TypeVar

import msgspec

from answerback_emulator.acs.answers import invalid

T = TypeVar("T")


def read_body(body: bytes, kind: type[T]) -> T:
    """The body as this type. Raises AcsError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why, _, field = str(error).partition(" - at ")
        raise invalid(field.strip("`") or "$", why) from None
