"""What every test may ask for: one PostgreSQL for the whole run, a fresh database each, a free port.

The server starts when the first test of any xdist worker asks for it and stops when the run ends.
"""

import asyncio
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from answerback.storage.embedded.account import choose_account
from answerback.storage.embedded.binaries import find_binaries
from answerback.storage.embedded.cluster import ensure_cluster
from answerback.storage.embedded.place import choose_place
from answerback.storage.embedded.server import database_url as server_url
from answerback.storage.embedded.server import start_server
from answerback.storage.migrate import MIGRATIONS, migrate
from answerback.storage.pool import create_pool

pytest_plugins = ("tests.providers.conformance_table",)
RUN_FOLDER = "ANSWERBACK_TEST_RUN_FOLDER"
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "300", "autovacuum": "off"}


@dataclass(frozen=True, slots=True)
class PgServer:
    """The run's server: `url(name)` is the address of one of its databases."""

    url_pattern: str

    def url(self, database: str) -> str:
        return self.url_pattern.replace("@/answerback?", f"@/{database}?")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow-answers",
        type=int,
        default=0,
        metavar="MS",
        help="browser tests: each answer of the API comes up to MS later, which shows what a test does not wait for",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the controller, or the only process
        folder = tempfile.mkdtemp(prefix="abt-", dir=_fast_folder())
        Path(folder).chmod(0o755)
        os.environ[RUN_FOLDER] = folder


def _fast_folder() -> str | None:
    """Memory where there is plenty: copying a database takes 10 ms there, up to 300 ms on a disk."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30:
        return str(memory)
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ.pop(RUN_FOLDER))
    card = folder / "server.json"
    if card.exists():
        server = json.loads(card.read_text())
        os.kill(server["pid"], signal.SIGINT)
        while Path(server["pid_file"]).exists():  # removed as the last step of its shutdown
            time.sleep(0.01)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pg_server() -> PgServer:
    """The run's PostgreSQL: started by whoever asks first. No fsync: crash tests start their own."""
    folder = Path(os.environ[RUN_FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        card = folder / "server.json"
        if not card.exists():
            card.write_text(json.dumps(_start(folder)))
        return PgServer(json.loads(card.read_text())["url"])


def _start(folder: Path) -> dict[str, str | int]:
    account = choose_account()
    place = choose_place(account, folder / "pg")
    binaries = find_binaries(account)
    ensure_cluster(account, binaries, place)
    server = start_server(account, binaries, place, guarded=False, extra=FAST)
    owner = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    # Should the run be killed, this shell stops the server within a second and clears up.
    pid_file = place.cluster / "postmaster.pid"
    watch = (
        f"while kill -0 {owner} 2>/dev/null; do sleep 1; done; "
        f"[ -e {pid_file} ] && kill -INT {server.process.pid}; "
        f"while [ -e {pid_file} ]; do sleep 1; done; rm -rf {folder}"
    )
    watcher = subprocess.Popen(["/bin/sh", "-c", watch], start_new_session=True, stdout=subprocess.DEVNULL)
    for outliving in (server.process, watcher):
        outliving.returncode = 0  # they outlive this worker on purpose; Popen shall not complain
    return {
        "url": server_url(place),
        "pid": server.process.pid,
        "pid_file": str(pid_file),
    }


@pytest.fixture(scope="session")
def template_database(pg_server: PgServer) -> str:
    """A migrated database to copy from, made once for each set of migrations."""
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(MIGRATIONS.glob("*.sql"))))
    name = f"template_{digest.hexdigest()[:12]}"
    with (Path(os.environ[RUN_FOLDER]) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        asyncio.run(_make_template(pg_server, name))
    return name


async def _make_template(server: PgServer, name: str) -> None:
    admin = await asyncpg.connect(server.url("postgres"))
    try:
        if await admin.fetchval("select 1 from pg_database where datname = $1", name):
            return
        await admin.execute(f"create database {name}_new")
        await migrate(server.url(f"{name}_new"))
        await admin.execute(f"alter database {name}_new rename to {name}")
    finally:
        await admin.close()


@pytest.fixture
async def empty_database_url(pg_server: PgServer) -> AsyncIterator[str]:
    """A database without any table."""
    async for url in _fresh_database(pg_server, "template1"):
        yield url


@pytest.fixture
async def database_url(pg_server: PgServer, template_database: str) -> AsyncIterator[str]:
    """A fresh, migrated database for this test alone."""
    async for url in _fresh_database(pg_server, template_database):
        yield url


async def _fresh_database(server: PgServer, template: str) -> AsyncIterator[str]:
    name = f"t_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(server.url("postgres"))
    try:
        await admin.execute(f"create database {name} template {template} strategy file_copy")
        yield server.url(name)
        await admin.execute(f"drop database {name} with (force)")
    finally:
        await admin.close()


@pytest.fixture
async def pool(database_url: str) -> "AsyncIterator[asyncpg.Pool[asyncpg.Record]]":
    """Connections to this test's own database, set up as the product does."""
    async with await create_pool(database_url, largest=10, name="test") as opened:
        yield opened


@pytest.fixture
def free_port() -> Iterator[Callable[[], int]]:
    """A function giving ports of 127.0.0.1 that were free a moment ago; prefer port 0 where you can."""

    def pick() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return pick
