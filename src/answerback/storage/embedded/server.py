"""One running postmaster: started, awaited, stopped; also one that was left behind by a killed process."""

import contextlib
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from answerback.storage.embedded.account import Account, spawn
from answerback.storage.embedded.binaries import Binaries
from answerback.storage.embedded.cluster import DATABASE, ROLE
from answerback.storage.embedded.errors import EmbeddedPostgresError
from answerback.storage.embedded.orphan import STOP_STEPS, read_pid_file
from answerback.storage.embedded.place import Place

START_SECONDS = 300.0  # replaying the log after a crash may take a while
LARGEST_LOG = 10_000_000

# Small on a laptop, enough for one machine. The log must hold no personal data: no statements, no row details.
SETTINGS: dict[str, str] = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_parallel_workers_per_gather": "0",  # one machine's cores are busy; and containers have little shared memory
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_buffers": "4MB",
    "min_wal_size": "80MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


@dataclass(frozen=True, slots=True)
class Server:
    """The postmaster and the guard that stops it should this process be killed."""

    process: subprocess.Popen[bytes]
    guard: subprocess.Popen[bytes] | None


def database_url(place: Place, database: str = DATABASE) -> str:
    """The address of the server on its socket."""
    return f"postgresql://{ROLE}@/{database}?host={quote(str(place.socket_folder), safe='/')}&port=5432"


def start_server(
    account: Account,
    binaries: Binaries,
    place: Place,
    *,
    guarded: bool = True,
    extra: dict[str, str] | None = None,
) -> Server:
    """Start and wait until it takes connections."""
    rotate_log(place.log)
    settings = {**SETTINGS, "unix_socket_directories": str(place.socket_folder), **(extra or {})}
    options = [f"--{name}={value}" for name, value in settings.items()]
    deadline = time.monotonic() + START_SECONDS
    while True:
        with place.log.open("ab") as log:
            process = spawn(account, [binaries.folder / "postgres", "-D", place.cluster, *options], output=log)
        try:
            if _becomes_ready(process, place, deadline):
                return Server(process, _start_guard(account, process.pid) if guarded else None)
        except BaseException:  # interrupted: nobody would stop it later
            stop_process(process)
            raise
        # The children of a killed postmaster may need a moment to notice and leave its shared memory.
        if "shared memory block" not in log_tail(place.log) or time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"PostgreSQL did not start. The end of {place.log} says:\n{log_tail(place.log)}"
            )
        time.sleep(0.2)


def _becomes_ready(process: subprocess.Popen[bytes], place: Place, deadline: float) -> bool:
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        lines = read_pid_file(place)
        if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
            return True
        time.sleep(0.01)
    stop_process(process)
    return False


def _start_guard(account: Account, postmaster: int) -> subprocess.Popen[bytes]:
    """A tiny shell that reads from us: the end of file without a word means that we were killed."""
    script = 'read -r word; [ -n "$word" ] || kill -INT "$0"'
    return spawn(account, ["/bin/sh", "-c", script, str(postmaster)], stdin=subprocess.PIPE)


def stop_server(server: Server) -> None:
    """Ask for a fast, clean shutdown and let the guard go."""
    stop_process(server.process)
    release_guard(server)


def release_guard(server: Server) -> None:
    """Tell the guard that all is well, so that it stops nothing."""
    if server.guard is None or server.guard.stdin is None or server.guard.stdin.closed:
        return
    with contextlib.suppress(BrokenPipeError):
        server.guard.communicate(b"done\n")


def stop_process(process: subprocess.Popen[bytes]) -> None:
    """Stop our own postmaster."""
    for signal_number, patience in STOP_STEPS:
        process.send_signal(signal_number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return


def log_tail(log: Path) -> str:
    """The last lines of the log, for an error message."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
    except FileNotFoundError:
        return ""


def rotate_log(log: Path) -> None:
    """Keep one older log of limited size."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
