"""Reads a CSV of consent: each line becomes an entry or a problem with its place; the good part is kept.

Columns by their names in the first line: `phone` and `choice` (opt_in, opt_out) are needed; `purpose`, `at`, `words`,
`url`, `ip`, `file`, `note` are welcome. Separators are commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from answerback.domain.consent.ledger import EVERY_PURPOSE, About, Choice, Source
from answerback.domain.files.encoding import decode
from answerback.domain.files.records import BrokenLine, Record, find_separator, read_records
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.consent import NewEntry

NEEDED: Final = ("phone", "choice")
PROOF: Final = ("url", "ip", "file", "note")
KNOWN: Final = frozenset({*NEEDED, *PROOF, "purpose", "at", "words"})
CHOICES: Final = {"opt_in": Choice.OPT_IN, "in": Choice.OPT_IN, "yes": Choice.OPT_IN,
                  "opt_out": Choice.OPT_OUT, "out": Choice.OPT_OUT, "no": Choice.OPT_OUT}  # fmt: skip
PURPOSES: Final = frozenset({EVERY_PURPOSE, *About})
LONGEST_WORDS: Final = 2000


class LineProblem(msgspec.Struct, frozen=True):
    """`line` counts from 1, the heading included."""

    line: int
    field: str
    problem: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for lines that do not say it themselves."""

    number_id: int | None
    brand_id: int | None
    at: datetime | None
    user_id: int


def read_lines(content: bytes, defaults: Defaults, now: datetime) -> Iterator[NewEntry | LineProblem]:
    """In the order of the file. A heading that cannot be used is one problem, and nothing else is read."""
    text = decode(content)
    records = read_records(text, find_separator(text.partition("\n")[0]))
    first = next(records, None)
    names = first.cells if isinstance(first, Record) else []
    heading = [name.strip().lower().replace(" ", "_") for name in names]
    missing = [name for name in NEEDED if name not in heading]
    if missing:
        way_out = f"Name the columns in the first line: {', '.join(sorted(KNOWN))}."
        yield LineProblem(1, missing[0], "is not a column of the first line", way_out)
        return
    for record in records:
        if isinstance(record, BrokenLine):
            yield LineProblem(record.line, "", "cannot be read", record.sentence)
        else:
            cells = {name: cell.strip() for name, cell in zip(heading, record.cells, strict=False)}
            yield _read(cells, record.line, defaults, now)


def _read(cells: dict[str, str], line: int, defaults: Defaults, now: datetime) -> NewEntry | LineProblem:
    phone = parse_phone(cells.get("phone", ""))
    if isinstance(phone, BadPhone):
        return LineProblem(line, "phone", "is not a phone number", phone.sentence)
    choice = CHOICES.get(cells.get("choice", "").lower().replace("-", "_").replace(" ", "_"))
    if choice is None:
        return LineProblem(line, "choice", "is not opt_in or opt_out", "Write one of them.")
    purpose = cells.get("purpose", "").lower() or EVERY_PURPOSE
    if purpose not in PURPOSES:
        return LineProblem(line, "purpose", "is not a purpose", f"Write one of {', '.join(sorted(PURPOSES))}.")
    at = _time(cells.get("at", "")) if cells.get("at") else defaults.at
    if at is None and cells.get("at"):
        return LineProblem(line, "at", "is not a time", "Write it like 2026-03-01 or 2026-03-01T10:00:00Z.")
    if at is None and choice is Choice.OPT_IN:
        way_out = "Add a column `at`, or give one date for the whole file: an opt-in counts from the day it was given."
        return LineProblem(line, "at", "is missing", way_out)
    if at is not None and at > now:
        return LineProblem(line, "at", "is in the future", "Write when the customer said it.")
    return NewEntry(
        phone.address,
        defaults.number_id,
        choice,
        Source.IMPORT,
        cells.get("words", "")[:LONGEST_WORDS],
        user_id=defaults.user_id,
        brand_id=defaults.brand_id,
        purpose=purpose,
        at=at,
        proof={name: cells[name][:LONGEST_WORDS] for name in PROOF if cells.get(name)},
    )


def _time(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
