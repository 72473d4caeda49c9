"""Cells that a spreadsheet would run as a formula: told when they come in, made harmless when they go out."""

import csv
import io
from collections.abc import Iterable
from typing import Final

_STARTS: Final = "=+-@\t\r"


def looks_like_formula(text: str) -> bool:
    """Plain numbers and phones are none."""
    return text[:1] in _STARTS and text != "" and not text[1:].replace(".", "").replace(",", "").isdigit()


def safe_cell(value: object) -> str:
    """For a file that people open in a spreadsheet: nothing in it is taken for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if looks_like_formula(text) else text


def write_rows(rows: Iterable[Iterable[object]]) -> bytes:
    """CSV in UTF-8, every cell made safe."""
    text = io.StringIO()
    csv.writer(text).writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()
