"""Phones of a list, read by the million: North American ones by one look, the others as everywhere."""

import re
from typing import Final

from answerback.domain.numbers.phone import BadPhone, is_short_code, parse_phone

NORTH_AMERICAN: Final = frozenset({"US", "CA", "PR"})
_WITH_CODE = re.compile(r"\+?1[ .\-]?\(?([2-9][0-9]{2})\)?[ .\-]?([2-9][0-9]{2})[ .\-]?([0-9]{4})", re.ASCII).fullmatch
_WITHOUT = re.compile(r"\(?([2-9][0-9]{2})\)?[ .\-]?([2-9][0-9]{2})[ .\-]?([0-9]{4})", re.ASCII).fullmatch


def read_phone(cell: str, region: str) -> str | BadPhone:
    """E.164, the same as `parse_phone` says; a short code is nobody's phone."""
    if region in NORTH_AMERICAN:
        found = _WITHOUT(cell) or _WITH_CODE(cell)
        if found:
            return f"+1{found[1]}{found[2]}{found[3]}"
    read = parse_phone(cell, region)
    if isinstance(read, BadPhone):
        return read
    if is_short_code(read.address):
        return BadPhone("A short code is no customer's phone: write the whole number with its area code.")
    return read.address
