"""Lines of a file as members of a list: phone, language and values; with what is wrong, line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from answerback.domain.audiences.columns import Layout, Mapping
from answerback.domain.audiences.phones import read_phone
from answerback.domain.files.cells import looks_like_formula
from answerback.domain.files.records import BrokenLine, read_records
from answerback.domain.numbers.phone import BadPhone
from answerback.domain.templates.slots import LONGEST_VALUE

LONGEST_SHOWN: Final = 100
Member = tuple[int, str, str | None, dict[str, str]]
"""Line, phone (E.164), language (BCP 47), values by slot."""
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*").fullmatch
_LANGUAGES: Final = {"english": "en", "spanish": "es", "español": "es", "french": "fr", "français": "fr"}


@dataclass(frozen=True, slots=True)
class LineProblem:
    """`kind` problem: the line was left out. note: it was taken, but look at it."""

    line: int
    column: str
    kind: Literal["problem", "duplicate", "note"]
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one block of a file gives."""

    members: list[Member] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)


def read_members(text: str, first_line: int, layout: Layout, mapping: Mapping) -> Batch:
    """`text`: whole lines, beginning with line `first_line` of the file; its heading is passed over."""
    batch = Batch()
    names = [column.name for column in layout.columns]
    heading = layout.heading and first_line == 1
    for record in read_records(text, layout.separator, first_line=first_line, width=len(names)):
        if heading:
            heading = False
        elif isinstance(record, BrokenLine):
            column = names[record.column - 1] if 0 < record.column <= len(names) else ""
            value = record.value[:LONGEST_SHOWN]
            batch.problems.append(LineProblem(record.line, column, "problem", value, record.sentence))
        else:
            _take(batch, record.line, record.cells, (names, mapping))
    return batch


def _take(batch: Batch, line: int, cells: list[str], how: tuple[Sequence[str], Mapping]) -> None:
    names, mapping = how
    written = cells[mapping.phone].strip()
    phone = read_phone(written, mapping.region)
    if isinstance(phone, BadPhone):
        value = written[:LONGEST_SHOWN]
        batch.problems.append(LineProblem(line, names[mapping.phone], "problem", value, phone.sentence))
        return
    values: dict[str, str] = {}
    for slot, place in mapping.values.items():
        value = cells[place].strip()
        if not value:
            continue
        if len(value) > LONGEST_VALUE:
            sentence = f"This value has {len(value)} characters: shorten it to {LONGEST_VALUE}."
            batch.problems.append(LineProblem(line, names[place], "problem", value[:LONGEST_SHOWN], sentence))
            return
        if value[0] in "=+-@" and looks_like_formula(value):
            sentence = "This looks like a spreadsheet's formula: it is kept as the text it is, nothing is computed."
            batch.problems.append(LineProblem(line, names[place], "note", value[:LONGEST_SHOWN], sentence))
        values[slot] = value
    locale = None
    if mapping.locale is not None:
        said = cells[mapping.locale].strip()
        locale = read_locale(said)
        if locale is None and said:
            sentence = "This is no language such as en or es-MX: the text goes in the template's own language."
            batch.problems.append(LineProblem(line, names[mapping.locale], "note", said[:LONGEST_SHOWN], sentence))
    batch.members.append((line, phone, locale, values))


def read_locale(said: str) -> str | None:
    """BCP 47 as people write it: es_mx is es-MX, Spanish is es."""
    known = _LANGUAGES.get(said.casefold())
    if known is not None:
        return known
    if not _LOCALE(said):
        return None
    language, *rest = said.replace("_", "-").split("-")
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
