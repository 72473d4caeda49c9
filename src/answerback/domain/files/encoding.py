"""The text of a file whose encoding nobody says: UTF-8, UTF-16 with its mark, else Windows-1252.

A file is given as blocks of bytes, so that a large one is never in memory whole.
"""

import codecs
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CODECS: Final = {"UTF-8": "utf-8-sig", "UTF-16": "utf-16", "Windows-1252": "cp1252"}


class Encoding(StrEnum):
    """As people know them."""

    UTF_8 = "UTF-8"
    UTF_16 = "UTF-16"
    WINDOWS_1252 = "Windows-1252"


def find_encoding(blocks: Iterable[bytes]) -> Encoding:
    """UTF-16 by its mark; UTF-8 when every byte is; else Windows-1252, which knows every byte that matters here."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    begun = False
    try:
        for block in blocks:
            if not begun and block:
                begun = True
                if block.startswith(UTF_16_MARKS):
                    return Encoding.UTF_16
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding.WINDOWS_1252
    return Encoding.UTF_8


def decode_blocks(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """Text with one kind of line end and without zero characters; a byte that is no character becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(_CODECS[encoding])("replace")
    held = ""
    for block in blocks:
        text = held + decoder.decode(block)
        held = "\r" if text.endswith("\r") else ""  # its line feed may stand in the next block
        yield _plain(text[: len(text) - len(held)])
    yield _plain(held + decoder.decode(b"", final=True))


def decode(content: bytes) -> str:
    """The whole text of a small file."""
    return "".join(decode_blocks([content], find_encoding([content])))


def whole_lines(texts: Iterable[str], size: int) -> Iterator[tuple[int, str]]:
    """The same text in blocks of about `size` characters that end with a line, each with its first line's number.

    A block does not end inside quotes unless they go on for another `size`: then they were never closed.
    """
    line, held = 1, ""
    for text in texts:
        held += text
        while len(held) >= size and (end := _end(held, size)):
            yield line, held[:end]
            line += held.count("\n", 0, end)
            held = held[end:]
    if held:
        yield line, held


def _end(held: str, size: int) -> int:
    """0: more must be read before it can be said."""
    first = end = held.find("\n", size - 1) + 1
    while end:
        if held.count('"', 0, end) % 2 == 0:
            return end
        if end >= 2 * size:
            return first
        end = held.find("\n", end) + 1
    return first if first and len(held) >= 2 * size else 0


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
