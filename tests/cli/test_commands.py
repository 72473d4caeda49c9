"""The short commands work alone and beside a running server, and say no in one readable line."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from answerback.storage.embedded import open_embedded

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="abc-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def answerback() -> Run:
    def run(*arguments: str, feed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ANSWERBACK_")}
        return subprocess.run(
            [sys.executable, "-c", "from answerback.cli.main import run; run()", *arguments],
            input=feed,
            capture_output=True,
            text=True,
            check=False,
            env=clean | settings,
        )

    return run


def test_the_version_is_told(answerback: Run) -> None:
    assert answerback("--version").stdout.strip()


def test_the_first_administrator_and_a_token_are_made_without_a_running_server(answerback: Run, data_dir: Path) -> None:
    here = {"ANSWERBACK_DATA_DIR": str(data_dir)}
    made = answerback(
        "user", "create", "--email", "ana@example.org", "--role", "administrator", "--password-stdin",
        feed=f"{PASSWORD}\n", **here,
    )  # fmt: skip
    assert (made.returncode, made.stdout) == (0, "Created administrator ana@example.org.\n"), made.stderr
    token = answerback(
        "token", "create", "--user", "ANA@example.org", "--name", "import",
        "--scope", "read", "--scope", "messages:send", **here,
    )  # fmt: skip
    assert (token.returncode, token.stdout[:3]) == (0, "ab_"), token.stderr
    assert len(token.stdout.split()) == 1


async def test_commands_work_beside_a_running_server(answerback: Run, data_dir: Path) -> None:
    with open_embedded(data_dir, "serve", share=False) as serving:
        made = answerback(
            "user", "create", "--email", "bo@example.org", "--role", "agent", "--password-stdin",
            feed=f"{PASSWORD}\n", ANSWERBACK_DATA_DIR=str(data_dir),
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        connection = await asyncpg.connect(serving.url)
        assert await connection.fetchval("select name from app_user") == "bo"
        await connection.close()


def test_migrate_brings_a_database_of_ones_own_up_to_date(answerback: Run, empty_database_url: str) -> None:
    first = answerback("migrate", ANSWERBACK_DATABASE_URL=empty_database_url)
    assert first.returncode == 0, first.stderr
    assert "applied 0001_people" in first.stdout
    assert answerback("migrate", ANSWERBACK_DATABASE_URL=empty_database_url).stdout == "The database is up to date.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("token", "create", "--user", "nobody@example.org", "--name", "x"), "Nobody signs in as nobody@example.org"),
        (("user", "create", "--email", "nonsense", "--role", "agent", "--password-stdin"), "not an e-mail address"),
        (("user", "create", "--email", "a@b.c", "--role", "agent"), "--password-stdin"),
    ],
)
def test_a_refusal_is_one_line_without_a_traceback(
    answerback: Run, database_url: str, arguments: tuple[str, ...], said: str
) -> None:
    refused = answerback(*arguments, feed=f"{PASSWORD}\n", ANSWERBACK_DATABASE_URL=database_url)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_setting_is_one_line_without_a_traceback(answerback: Run) -> None:
    refused = answerback("migrate", ANSWERBACK_PUBLIC_URL="nonsense")
    assert refused.returncode == 1
    assert refused.stderr.startswith("answerback: ANSWERBACK_PUBLIC_URL must be")
