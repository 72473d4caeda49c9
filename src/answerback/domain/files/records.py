"""The records of a CSV file. A broken quote costs the line it stands in and is told by its place; the rest is read."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SEPARATORS: Final = ",;\t"
MOST_LINES: Final = 20
"""How many lines a quoted cell may go over; after that it counts as never closed."""


@dataclass(frozen=True, slots=True)
class Record:
    """`line` is where it begins, counted from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """`column` counts from 1; 0 where it cannot be told."""

    line: int
    column: int
    value: str
    sentence: str


def find_separator(first_line: str) -> str:
    """The one that stands most often in the first line; a comma where none does."""
    return max(SEPARATORS, key=first_line.count)


def read_records(
    text: str, separator: str, *, first_line: int = 1, width: int | None = None
) -> Iterator[Record | BrokenLine]:
    """In order, empty lines left out. With `width` a record of another number of cells is broken too."""
    lines = text.split("\n")
    at, end = 0, len(lines)
    while at < end:
        line = lines[at]
        number = first_line + at
        if not line or line.isspace():
            at += 1
            continue
        if '"' not in line:
            found: Record | BrokenLine = Record(number, line.split(separator))
            at += 1
        else:
            found, used = _quoted(lines[at : at + MOST_LINES], separator, number, width)
            at += used
        if width is not None and isinstance(found, Record) and len(found.cells) != width:
            found = _fitted(found, width)
        if isinstance(found, BrokenLine) or any(found.cells):
            yield found


def _quoted(lines: list[str], separator: str, number: int, width: int | None) -> tuple[Record | BrokenLine, int]:
    """The record and how many lines it takes."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return _broken(lines[0], separator, number), 1
    if reader.line_num > 1 and width is not None and len(cells) != width:
        # two quotes that were never closed look like one cell over many lines
        return _broken(lines[0], separator, number), 1
    return Record(number, cells), reader.line_num


def _broken(line: str, separator: str, number: int) -> BrokenLine:
    cells = next(csv.reader([line], delimiter=separator), [""])
    try:
        next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error as error:
        if "expected after" in str(error):
            sentence = "Something stands after a closing quote: write a quote inside a quoted cell twice."
            return BrokenLine(number, 0, line, sentence)
    sentence = "A quote is opened and never closed: close it, or write it twice if it belongs to the text."
    return BrokenLine(number, len(cells), cells[-1], sentence)


def _fitted(record: Record, width: int) -> Record | BrokenLine:
    """Empty cells at the end are no fault: spreadsheets write them, or leave them out."""
    cells = record.cells
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) == width:
        return Record(record.line, cells)
    sentence = f"This line has {len(cells)} cells where the first line has {width}: add or take out a separator, "
    return BrokenLine(record.line, 0, "", sentence + "or put a cell that contains one in quotes.")
