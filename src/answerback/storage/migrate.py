"""Brings the database to this version: forward-only plain SQL files, each in one transaction, under a lock.

Why not a library: docs/decisions/0005-migrations.md.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from answerback.storage.connection import Connection

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 4_273_001  # any number, the same in every version
NAME = re.compile(r"\d{4}_[a-z0-9_]+\.sql")

CREATE_LEDGER = """
create table if not exists schema_migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
)
"""


class MigrationError(Exception):
    """The database and the files disagree; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """The files in order. Line ends are normalised, so that a checkout on another system has the same checksum."""
    files = sorted(folder.glob("*.sql"))
    for file in files:
        if not NAME.fullmatch(file.name):
            raise MigrationError(f"{file.name} is not named NNNN_title.sql. Rename it.")
    numbers = [file.name[:4] for file in files]
    if len(set(numbers)) != len(numbers):
        raise MigrationError(f"Two migrations in {folder} have the same number. Give the newer one the next number.")
    return [Migration(file.stem, file.read_text(encoding="utf-8")) for file in files]


async def migrate(database_url: str, folder: Path = MIGRATIONS) -> list[str]:
    """Apply what is missing and return the names; processes that start together take turns."""
    migrations = read_migrations(folder)
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        await connection.execute(CREATE_LEDGER)
        pending = _pending(migrations, await _applied(connection))
        for migration in pending:
            await _apply(connection, migration)
        return [migration.name for migration in pending]
    finally:
        await connection.close()  # frees the lock


async def pending_migrations(connection: Connection, folder: Path = MIGRATIONS) -> list[str]:
    """Names of the files this database still lacks."""
    known = await connection.fetchval("select to_regclass('schema_migration') is not null")
    applied = await _applied(connection) if known else {}
    return [migration.name for migration in _pending(read_migrations(folder), applied)]


async def _applied(connection: Connection) -> dict[str, str]:
    rows = await connection.fetch("select name, checksum from schema_migration order by name")
    return {row["name"]: row["checksum"] for row in rows}


def _pending(migrations: list[Migration], applied: dict[str, str]) -> list[Migration]:
    known = {migration.name for migration in migrations}
    for name in applied:
        if name not in known:
            raise MigrationError(
                f"The database already has migration {name}, which this version of answerback does not know. "
                "It was upgraded by a newer version: install that version, or restore a backup from before."
            )
    for migration in migrations:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            raise MigrationError(
                f"Migration {migration.name} was changed after it had been applied to this database. "
                "Restore the file as released, and put the change in a new migration."
            )
    pending = [migration for migration in migrations if migration.name not in applied]
    if pending and applied and pending[0].name < max(applied):
        raise MigrationError(
            f"Migration {pending[0].name} comes before {max(applied)}, which is applied already. "
            "Give it the next free number."
        )
    return pending


async def _apply(connection: Connection, migration: Migration) -> None:
    async with connection.transaction():
        try:
            await connection.execute(migration.sql)
        except asyncpg.PostgresError as error:
            raise MigrationError(
                f"Migration {migration.name} failed and was rolled back; nothing changed. PostgreSQL says: {error}"
            ) from error
        await connection.execute(
            "insert into schema_migration (name, checksum) values ($1, $2)",
            migration.name,
            migration.checksum,
        )
