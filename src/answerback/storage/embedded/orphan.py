"""A postmaster that outlived the process which started it: found by its lock files, stopped before a new one starts."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from answerback.storage.embedded.errors import EmbeddedPostgresError
from answerback.storage.embedded.place import SOCKET_NAME, Place

# Fast and clean; then at once, to be recovered at the next start; then without asking.
STOP_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def stop_orphan(place: Place) -> None:
    """Stop a postmaster that outlived its holder, and take over the lock files it left."""
    lines = read_pid_file(place)
    pid = int(lines[0]) if lines and lines[0].isdigit() else 0
    if pid and _is_postmaster(pid, place):
        _stop_stranger(pid, place)
    for lock_file in (place.cluster / "postmaster.pid", place.socket_folder / f"{SOCKET_NAME}.lock"):
        _take_over(lock_file)


def _take_over(lock_file: Path) -> None:
    """Write our number into the lock file of a dead postmaster.

    PostgreSQL takes any living process of that number, even a zombie, for its rival, but never its own parent. Deleting
    the file would also drop its check that no child of the dead postmaster is still at work on the data.
    """
    with contextlib.suppress(FileNotFoundError):
        _, _, rest = lock_file.read_text(encoding="utf-8").partition("\n")
        lock_file.write_text(f"{os.getpid()}\n{rest}", encoding="utf-8")


def _stop_stranger(pid: int, place: Place) -> None:
    for signal_number, patience in STOP_STEPS:
        try:
            os.kill(pid, signal_number)
        except ProcessLookupError:
            return
        if _wait_gone(pid, place, patience):
            return
    raise EmbeddedPostgresError(f"A PostgreSQL left behind (process {pid}) does not stop. Stop it by hand.")


def _wait_gone(pid: int, place: Place, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not _is_postmaster(pid, place):
            return True
        time.sleep(0.02)
    return False


def _is_postmaster(pid: int, place: Place) -> bool:
    """Whether this process is alive and is the postmaster of this very cluster."""
    if Path("/proc/self/cmdline").exists():
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return False
    else:
        command = subprocess.run(
            ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False
        ).stdout
    return b"postgres" in command and os.fsencode(place.cluster) in command


def read_pid_file(place: Place) -> list[str]:
    """The lines a postmaster writes about itself: first its number, eighth `ready`; none when there is no file."""
    try:
        return (place.cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
