"""Migrations are applied once, in order, by one process at a time, and never silently differ."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from answerback.storage.migrate import MIGRATIONS, MigrationError, migrate, pending_migrations, read_migrations


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_people.sql").write_text("create table person (id int);\ninsert into person values (1);")
    (tmp_path / "0002_places.sql").write_text("create table place (id int);")
    return tmp_path


async def rows(url: str, query: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def test_files_are_applied_in_order_and_only_once(empty_database_url: str, folder: Path) -> None:
    assert await migrate(empty_database_url, folder) == ["0001_people", "0002_places"]
    assert await migrate(empty_database_url, folder) == []
    assert await rows(empty_database_url, "select id from person") == [(1,)]


async def test_processes_that_start_together_apply_each_file_once(empty_database_url: str, folder: Path) -> None:
    applied = await asyncio.gather(*(migrate(empty_database_url, folder) for _ in range(5)))
    assert sorted(applied, key=len)[-1] == ["0001_people", "0002_places"]
    assert sum(map(len, applied)) == 2


async def test_a_new_file_is_applied_to_a_database_in_use(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, folder)
    (folder / "0003_things.sql").write_text("create table thing (id int)")
    connection = await asyncpg.connect(empty_database_url)
    assert await pending_migrations(connection, folder) == ["0003_things"]
    await connection.close()
    assert await migrate(empty_database_url, folder) == ["0003_things"]


async def test_a_failing_file_changes_nothing(empty_database_url: str, folder: Path) -> None:
    (folder / "0003_things.sql").write_text("create table thing (id int); select no_such_function();")
    with pytest.raises(MigrationError, match="0003_things failed"):
        await migrate(empty_database_url, folder)
    assert await rows(empty_database_url, "select to_regclass('thing')") == [(None,)]
    assert await rows(empty_database_url, "select max(name) from schema_migration") == [("0002_places",)]


async def test_a_changed_file_is_refused(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, folder)
    (folder / "0001_people.sql").write_text("create table person (id bigint);")
    with pytest.raises(MigrationError, match=r"0001_people was changed .* new migration"):
        await migrate(empty_database_url, folder)


async def test_other_line_ends_are_no_change(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, folder)
    file = folder / "0001_people.sql"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert await migrate(empty_database_url, folder) == []


async def test_a_database_of_a_newer_version_is_refused(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, folder)
    (folder / "0002_places.sql").unlink()
    with pytest.raises(MigrationError, match="0002_places, which this version of answerback does not know"):
        await migrate(empty_database_url, folder)


async def test_a_file_slipped_in_between_is_refused(empty_database_url: str, folder: Path) -> None:
    (folder / "0002_places.sql").rename(folder / "0003_places.sql")
    await migrate(empty_database_url, folder)
    (folder / "0002_things.sql").write_text("create table thing (id int)")
    with pytest.raises(MigrationError, match="next free number"):
        await migrate(empty_database_url, folder)


@pytest.mark.parametrize("name", ["people.sql", "1_people.sql", "0001-people.sql", "0002_again.sql"])
def test_a_badly_numbered_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("select 1")
    with pytest.raises(MigrationError):
        read_migrations(folder)


def test_the_products_own_migrations_are_well_numbered() -> None:
    assert read_migrations(MIGRATIONS)
