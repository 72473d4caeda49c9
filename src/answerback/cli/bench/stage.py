"""The stage of a benchmark: a scratch PostgreSQL with fsync on, a small centre in it, real server processes.

Everything lives in a temporary folder and goes away with it.
"""

import contextlib
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from answerback.cli.bench.carriers import CARRIERS, Carrier
from answerback.settings import Settings, secret_keys
from answerback.storage.credentials import seal_credentials
from answerback.storage.embedded import EmbeddedPostgres, open_embedded
from answerback.storage.migrate import migrate
from answerback.storage.pool import create_pool
from answerback.storage.sealing import Sealer

START_SECONDS = 30.0
TWILIO = CARRIERS["twilio"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A running scratch database, its address and folder."""

    database_url: str
    data_dir: Path
    pool: "asyncpg.Pool[Any]"
    sealer: Sealer
    server: EmbeddedPostgres

    def postmaster_pid(self) -> int:
        """The process to kill when PostgreSQL shall crash; its supervisor starts it again."""
        pid = self.server.postmaster_pid
        assert pid is not None
        return pid

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "ANSWERBACK_DATABASE_URL": self.database_url,
            "ANSWERBACK_DATA_DIR": str(self.data_dir),
            "ANSWERBACK_LOG_LEVEL": "warning",
        }


@contextlib.asynccontextmanager
async def set_stage() -> AsyncIterator[Stage]:
    """A fresh, migrated database on this machine's disk, durable like a real one."""
    with _scratch_folder() as data_dir, open_embedded(data_dir, "command", share=False) as embedded:
        await migrate(embedded.url)
        async with await create_pool(embedded.url, largest=4, name="bench") as pool:
            sealer = Sealer(secret_keys(Settings(data_dir=data_dir)))
            yield Stage(embedded.url, data_dir, pool, sealer, embedded)


@contextlib.contextmanager
def _scratch_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="answerback-bench-") as folder:
        Path(folder).chmod(0o755)  # the embedded server of root runs as another user
        yield Path(folder)


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], ready_url: str) -> "Iterator[subprocess.Popen[bytes]]":
    """A process of ours, waited for until it answers, stopped at the end. What it says stays out of the figures."""
    process = subprocess.Popen([sys.executable, *command], env=environment, stdout=sys.stderr)
    try:
        wait_until_ready(process, ready_url)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wait_until_ready(process: "subprocess.Popen[bytes]", url: str) -> None:
    """Returns once `url` answers 200; raises when the process ends first or takes too long."""
    deadline = _now() + START_SECONDS
    while _now() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode} before it was ready.")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - loopback
            if answer.status == 200:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise RuntimeError(f"{url} did not answer within {START_SECONDS:.0f} seconds.")


def _now() -> float:
    return time.monotonic()


def serve_command(port: int, roles: str) -> list[str]:
    """The product's own command line, without the interpreter."""
    return ["-m", "answerback.cli.main", "serve", "--port", str(port), "--roles", roles]


async def add_account(stage: Stage, api_base_url: str, carrier: Carrier = TWILIO) -> int:
    """The carrier's account, its API at `api_base_url`."""
    account: int = await stage.pool.fetchval(
        "insert into provider_account (provider, name, credentials, api_base_url)"
        " values ($1, 'Bench', '', $2) returning id",
        carrier.name,
        api_base_url,
    )
    sealed = seal_credentials(stage.sealer, account, dict(carrier.credentials))
    await stage.pool.execute("update provider_account set credentials = $2 where id = $1", account, sealed)
    return account


NUMBERS = """
with line as (
    insert into queue (name) select 'Bench ' || $5 || ' ' || i from generate_series(1, $2) i returning id
), stream as (
    insert into workstream (name, queue_id) select 'Bench ' || $5 || ' ' || id, id from line returning id
), placed as (
    select id, row_number() over (order by id) as place from stream
)
insert into number (address, provider_account_id, workstream_id, type, country, capabilities, parts_per_second)
select $5 || lpad(i::text, 4, '0'), $3, placed.id, 'toll_free', 'US', '{sms,mms}', $4
from generate_series(0, $1 - 1) i join placed on placed.place = 1 + i % $2
returning address
"""


async def add_numbers(
    stage: Stage, account: int, count: int, parts_per_second: int, *, queues: int = 1, carrier: Carrier = TWILIO
) -> list[str]:
    """`count` toll-free numbers spread over `queues` queues, each queue with a workstream of its own."""
    rows = await stage.pool.fetch(NUMBERS, count, queues, account, parts_per_second, carrier.prefix)
    return sorted(row["address"] for row in rows)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    return {
        "cpus": os.cpu_count(),
        "cpu": model,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
