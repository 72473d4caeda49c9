"""What the columns of a file are, as far as their names and first cells tell."""

import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from answerback.domain.files.encoding import Encoding
from answerback.domain.files.records import BrokenLine, find_separator, read_records
from answerback.domain.numbers.phone import Phone, is_short_code, parse_phone

MOST_COLUMNS: Final = 50
MOST_VALUES: Final = 30
FIRST_ROWS: Final = 10
LONGEST_SHOWN: Final = 200
Use = Literal["phone", "locale", "value", "ignored"]
_PHONE: Final = frozenset(
    {"phone", "phonenumber", "telephone", "telephonenumber", "tel", "number", "msisdn", "sms"}
    | {"mobile", "mobilephone", "mobilenumber", "cell", "cellphone", "cellnumber"}
    | {"telefono", "telefon", "celular", "movil", "portable", "handy"}
)
_LOCALE: Final = frozenset(
    {"locale", "language", "lang", "languagecode", "preferredlanguage", "idioma", "langue", "sprache"}
)


class Column(msgspec.Struct, frozen=True):
    """`use` and `slot` are suggestions; `slot` is the template slot that the column's name would fill."""

    name: str
    use: Use
    slot: str


class Layout(msgspec.Struct, frozen=True):
    """How a file is to be read. `heading`: the first line names the columns. `rows`: the first ones, clipped."""

    encoding: Encoding
    separator: str
    heading: bool
    columns: list[Column]
    rows: list[list[str]]


class Mapping(msgspec.Struct, frozen=True):
    """Columns by their place from 0. `values`: slot to column. `region`: of phones without a country code."""

    phone: int
    locale: int | None = None
    values: dict[str, int] = {}
    region: str = "US"


def read_layout(text: str, encoding: Encoding) -> Layout | None:
    """From the beginning of the text, whole lines only; None where there is not one line with something in it."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = find_separator(first)
    rows: list[list[str]] = []
    for record in read_records(text, separator):
        if not isinstance(record, BrokenLine):
            rows.append([cell.strip() for cell in record.cells])
        if len(rows) > FIRST_ROWS:
            break
    if not rows:
        return None
    heading = not any(_is_phone(cell) for cell in rows[0])
    names = rows[0] if heading else [f"Column {place}" for place, _ in enumerate(rows[0], 1)]
    samples = rows[1:] if heading else rows[:FIRST_ROWS]
    shown = [[cell[:LONGEST_SHOWN] for cell in row] for row in samples]
    return Layout(encoding, separator, heading, _suggest(names, samples), shown)


def mapping_problem(layout: Layout, mapping: Mapping) -> str | None:
    """Why the columns cannot be read so, in one sentence."""
    if len(layout.columns) > MOST_COLUMNS:
        return f"The file has {len(layout.columns)} columns. Leave at most {MOST_COLUMNS}."
    used = [mapping.phone, *([] if mapping.locale is None else [mapping.locale]), *mapping.values.values()]
    if any(place < 0 or place >= len(layout.columns) for place in used):
        return f"The file has the columns 0 to {len(layout.columns) - 1}. Choose among them."
    return None


def _suggest(names: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Column]:
    plain = [re.sub(r"[^a-z]", "", name.casefold().replace("é", "e").replace("ó", "o")) for name in names]
    phone = next((place for place, name in enumerate(plain) if name in _PHONE), None)
    if phone is None:
        phone = next((place for place, _ in enumerate(names) if _all_phones(samples, place)), None)
    locale = next((place for place, name in enumerate(plain) if name in _LOCALE), None)
    columns: list[Column] = []
    for place, name in enumerate(names):
        use: Use = "phone" if place == phone else "locale" if place == locale else "value"
        slot = _slot(name, [column.slot for column in columns]) if use == "value" else ""
        columns.append(Column(name[:LONGEST_SHOWN], use if slot or use != "value" else "ignored", slot))
    return columns


def _slot(name: str, taken: Sequence[str]) -> str:
    """The name as a template may write it in a hole; empty where nothing is left of it."""
    slot = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_").lstrip("0123456789_")[:50].rstrip("_")
    return "" if slot in taken else slot


def _all_phones(samples: Sequence[Sequence[str]], place: int) -> bool:
    cells = [row[place] for row in samples if place < len(row) and row[place]]
    return bool(cells) and sum(map(_is_phone, cells)) * 2 > len(cells)


def _is_phone(cell: str) -> bool:
    read = parse_phone(cell) if sum(map(str.isdigit, cell)) >= 7 else None
    return isinstance(read, Phone) and not is_short_code(read.address)
