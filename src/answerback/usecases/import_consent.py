"""Takes in a file of consent, and gives the whole ledger out again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from answerback.domain.files.cells import write_rows
from answerback.storage.brands import get_brand
from answerback.storage.connection import Connection, Pool
from answerback.storage.consent import NewEntry, add_entries
from answerback.storage.consent_pages import list_entries
from answerback.storage.events import NewEvent, append
from answerback.storage.numbers import get_number
from answerback.usecases.audit import record, record_setting
from answerback.usecases.consent_file import Defaults, LineProblem, read_lines
from answerback.usecases.refusals import Invalid, invalid
from answerback.usecases.write_consent import hold_back

BATCH: Final = 5000
MOST_SHOWN: Final = 1000
COLUMNS: Final = (
    "id", "phone", "number", "brand", "purpose", "choice", "source", "words", "at", "recorded_at", "confirm_until",
    "url", "ip", "file", "note",
)  # fmt: skip


class ImportedConsent(msgspec.Struct, frozen=True):
    """`problems` holds the first thousand of `bad` lines."""

    recorded: int
    bad: int
    problems: list[LineProblem]


async def import_consent(pool: Pool, content: bytes, defaults: Defaults) -> ImportedConsent | Invalid:
    """All good lines in one transaction; lines with problems are told, not taken."""
    problems: list[LineProblem] = []
    entries: list[NewEntry] = []
    bad = 0
    for line in read_lines(content, defaults, datetime.now(UTC)):
        if isinstance(line, NewEntry):
            entries.append(line)
            continue
        bad += 1
        if len(problems) < MOST_SHOWN:
            problems.append(line)
    async with pool.acquire() as connection, connection.transaction():
        problem = await _scope_problem(connection, defaults)
        if problem is not None:
            return problem
        for some in _batches(entries):
            await add_entries(connection, some)
            await _tell(connection, some)
        data = {"recorded": len(entries), "bad": bad}
        await record_setting(connection, "ConsentImported", defaults.user_id, data)
    return ImportedConsent(len(entries), bad, problems)


def _batches(entries: list[NewEntry]) -> list[list[NewEntry]]:
    return [entries[start : start + BATCH] for start in range(0, len(entries), BATCH)]


async def _tell(connection: Connection, entries: list[NewEntry]) -> None:
    """Texts that wait for who opted out are held back; one event for the whole import stands for the lines."""
    await append(connection, await hold_back(connection, entries))


async def _scope_problem(connection: Connection, defaults: Defaults) -> Invalid | None:
    if defaults.number_id is not None and await get_number(connection, defaults.number_id) is None:
        return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
    if defaults.brand_id is not None and await get_brand(connection, defaults.brand_id) is None:
        return invalid("brand_id", "is not a brand", "Choose one from GET /api/v1/brands.")
    return None


async def export_consent(pool: Pool, actor_id: int) -> AsyncIterator[bytes]:
    """The whole ledger as CSV, the newest line first, page by page. Who had it is noted first."""
    async with pool.acquire() as connection, connection.transaction():
        await record(connection, NewEvent("ConsentExported", actor_id))
    return _pages(pool)


async def _pages(pool: Pool) -> AsyncIterator[bytes]:
    yield write_rows([COLUMNS])
    before = 2**53
    while entries := await list_entries(pool, None, before, BATCH):
        rows = []
        for entry in entries:
            fields = msgspec.structs.asdict(entry) | entry.proof
            rows.append([_plain(fields.get(name)) for name in COLUMNS])
        yield write_rows(rows)
        before = entries[-1].id


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
