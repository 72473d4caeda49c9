"""What may fill a hole of a template: the kind of value, and how it is written in the customer's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, is_currency


class SlotKind(StrEnum):
    """How a value is given. Dates and times: ISO 8601; money: an amount and an ISO 4217 currency, "12.50 USD"."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Slot:
    """A named value of a template; `sample` stands in for it in previews."""

    name: str
    kind: SlotKind
    sample: str


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a value cannot stand in its slot, and what can."""

    problem: str
    way_out: str


BUILT_IN: Final[Mapping[str, str]] = {
    "CustomerName": "Maria Gonzalez",
    "CustomerFirstName": "Maria",
    "NumberName": "Support",
    "AgentName": "Ana Flores",
    "AgentFirstName": "Ana",
}
"""Values the centre knows by itself, with samples. Nobody need give them; a template may say something instead."""
LONGEST_VALUE: Final = 500
_PLAIN_SPACES: Final = {0x00A0: " ", 0x202F: " "}
"""No-break spaces, which many languages put before "PM" or "€", would make the text cost double."""


def write_value(slot: Slot, given: str, locale: str) -> str | BadValue:
    """`given` as people of that locale (BCP 47) write it."""
    value = given.strip()
    if len(value) > LONGEST_VALUE:
        return BadValue(f"has {len(value)} characters", f"Give at most {LONGEST_VALUE}.")
    try:
        written = _WRITERS[slot.kind](value, locale)
    except (ValueError, InvalidOperation):
        return BadValue(f"is not a {slot.kind.value}: {value[:40]!r}", _WAYS_OUT[slot.kind])
    return written if written.isascii() else written.translate(_PLAIN_SPACES)


def _write_text(value: str, _: str) -> str:
    return value.replace("\n", " ")


def _write_number(value: str, locale: str) -> str:
    return format_decimal(_finite(value), locale=_babel(locale))


def _write_money(value: str, locale: str) -> str:
    amount, _, currency = value.partition(" ")
    if not is_currency(currency):
        raise ValueError(currency)
    return format_currency(_finite(amount), currency, locale=_babel(locale))


def _babel(locale: str) -> str:
    return locale.replace("-", "_")


def _finite(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return number


def _write_date(value: str, locale: str) -> str:
    return format_date(date.fromisoformat(value), format="medium", locale=_babel(locale))


def _write_time(value: str, locale: str) -> str:
    """Of a date with time only the time is said: give the date a slot of its own."""
    moment = datetime.fromisoformat(value).time() if "T" in value else time.fromisoformat(value)
    return format_time(moment, format="short", locale=_babel(locale))


def _write_link(value: str, _: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.hostname or " " in value:
        raise ValueError(value)
    return value


_WRITERS: Final[Mapping[SlotKind, Callable[[str, str], str]]] = {
    SlotKind.TEXT: _write_text,
    SlotKind.NUMBER: _write_number,
    SlotKind.MONEY: _write_money,
    SlotKind.DATE: _write_date,
    SlotKind.TIME: _write_time,
    SlotKind.LINK: _write_link,
}
_WAYS_OUT: Final[Mapping[SlotKind, str]] = {
    SlotKind.TEXT: "Give some text.",
    SlotKind.NUMBER: "Give digits with a point, such as 1234.5.",
    SlotKind.MONEY: 'Give an amount and a currency, such as "12.50 USD".',
    SlotKind.DATE: "Give it as 2026-11-25.",
    SlotKind.TIME: "Give it as 14:30.",
    SlotKind.LINK: "Give a whole address that begins with https://.",
}
