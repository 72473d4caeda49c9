"""How a carrier cuts a text into parts: GSM 03.38 with its extension table, else UCS-2.

Written from the standard (3GPP TS 23.038 and 23.040), independent of the product it is used to test.
"""

from typing import Literal, NamedTuple

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

Encoding = Literal["GSM-7", "UCS-2"]


class Parts(NamedTuple):
    """The encoding of a whole text and how many parts carry it (an empty text still takes one)."""

    encoding: Encoding
    total: int


def count_parts(body: str) -> Parts:
    """Count the parts of `body`; one septet pair or surrogate pair is never cut in two."""
    if not body.translate(_DROP_GSM):
        if body.isascii() and not body.translate(_DROP_BASIC):
            return Parts("GSM-7", _parts_of_plain(len(body), 160, 153))
        widths = [2 if character in GSM_EXTENDED else 1 for character in body]
        return Parts("GSM-7", _parts_of(widths, 160, 153))
    widths = [2 if ord(character) > 0xFFFF else 1 for character in body]
    return Parts("UCS-2", _parts_of(widths, 70, 67))


def _parts_of_plain(length: int, single: int, joined: int) -> int:
    return 1 if length <= single else -(-length // joined)


def _parts_of(widths: list[int], single: int, joined: int) -> int:
    if sum(widths) <= single:
        return 1
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts


_DROP_GSM = {ord(character): None for character in GSM_BASIC | GSM_EXTENDED}
_DROP_BASIC = {ord(character): None for character in GSM_BASIC}
