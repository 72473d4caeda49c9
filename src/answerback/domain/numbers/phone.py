"""Addresses of phones: reading what people and providers write, and telling country and type.

An address is E.164 ("+14155550123") or a short code of 5-6 digits ("12345"). +1 is read here; the rest of the world by
phonenumbers, whose tables are loaded when first needed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import phonenumbers

from answerback.domain.numbers.area_codes import AREA_CODES, TOLL_FREE

UNKNOWN_COUNTRY: Final = "ZZ"


class NumberType(StrEnum):
    """What kind of number it is; for numbers abroad everything that is not short is `long_code`."""

    LONG_CODE = "long_code"
    TOLL_FREE = "toll_free"
    SHORT_CODE = "short_code"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone's address, its country (ISO 3166-1 alpha-2, "ZZ" if it cannot be told) and type."""

    address: str
    country: str
    type: NumberType


@dataclass(frozen=True, slots=True)
class BadPhone:
    """What was written is no phone's address; `sentence` says what is wrong and what to write."""

    sentence: str


COUNTRY_OF_AREA_CODE: Final[dict[str, str]] = {
    code: country for country, *codes in map(str.split, AREA_CODES.strip().splitlines()) for code in codes
}
_NORTH_AMERICAN: Final = frozenset(COUNTRY_OF_AREA_CODE.values())

_PUNCTUATION = re.compile(r"[\s().\-/\u00a0\u2010-\u2015\u200e\u202a-\u202c]+")
_PLUS_ONE = re.compile(r"(\+?1)?([2-9][0-9]{2})([2-9][0-9]{6})").fullmatch
_SHORT = re.compile(r"[0-9]{5,6}").fullmatch
_E164 = re.compile(r"\+[1-9][0-9]{6,14}").fullmatch
_WAY_OUT: Final = "write it with + and the country code, for instance +1 415 555 0123"


def parse_phone(raw: str, region: str = "US") -> Phone | BadPhone:
    """Read an address as written anywhere; without a country code it is one of `region`."""
    written = _PUNCTUATION.sub("", raw)
    if not written:
        return BadPhone(f"There is no phone number: {_WAY_OUT}.")
    if _SHORT(written):
        return Phone(written, region, NumberType.SHORT_CODE)
    north_american = _PLUS_ONE(written)
    if north_american and (written.startswith("+") or region in _NORTH_AMERICAN):
        address = f"+1{north_american[2]}{north_american[3]}"
        return Phone(address, country_of(address), type_of(address))
    return _parse_abroad(raw, region)


def country_of(address: str) -> str:
    """Country of an E.164 number: +1 by area code, so that Puerto Rico and Canada are told from the United States.

    "US" for toll-free (the whole of +1 shares it), "ZZ" for an unknown area code, a short code or nonsense.
    """
    if address.startswith("+1"):
        code = address[2:5]
        return "US" if code in TOLL_FREE else COUNTRY_OF_AREA_CODE.get(code, UNKNOWN_COUNTRY)
    if not _E164(address):
        return UNKNOWN_COUNTRY
    try:
        number = phonenumbers.parse(address)
    except phonenumbers.NumberParseException:  # a country code that nobody has
        return UNKNOWN_COUNTRY
    return phonenumbers.region_code_for_number(number) or UNKNOWN_COUNTRY


def is_short_code(address: str) -> bool:
    """Whether it is a short code: 5 or 6 digits, no plus."""
    return _SHORT(address) is not None


def type_of(address: str) -> NumberType:
    """Type of an address, by its form and its area code."""
    if is_short_code(address):
        return NumberType.SHORT_CODE
    if address.startswith("+1") and address[2:5] in TOLL_FREE:
        return NumberType.TOLL_FREE
    return NumberType.LONG_CODE


def _parse_abroad(raw: str, region: str) -> Phone | BadPhone:
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return BadPhone(f"This is not a phone number: {_WAY_OUT}.")
    if number.extension:
        return BadPhone(f"A text cannot be sent to an extension: {_WAY_OUT}.")
    address = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == 1 and not _PLUS_ONE(address):
        return BadPhone(f"A North American number has ten digits after +1: {_WAY_OUT}.")
    if not phonenumbers.is_possible_number(number) or not _E164(address):
        return BadPhone(f"This phone number is too short or too long for its country: {_WAY_OUT}.")
    return Phone(address, country_of(address), type_of(address))
