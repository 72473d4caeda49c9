"""Processor time that a piece of work took, ours and PostgreSQL's: on a busy machine it says more than the clock."""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from answerback.cli.bench.stage import Stage


@dataclass(slots=True)
class ProcessorTime:
    """Seconds since it was made. `server`: our process that works, where it is not this one. PostgreSQL's are those of
    the server's processes that live all the while."""

    stage: Stage
    server: int | None = None
    _ours: float = field(init=False)
    _theirs: dict[int, float] = field(init=False)

    def __post_init__(self) -> None:
        self._ours = self._of_ours()
        self._theirs = self._of_postgresql()

    def per_text(self, texts: int) -> dict[str, float]:
        """Microseconds; none of PostgreSQL where the system does not tell."""
        ours = self._of_ours() - self._ours
        now = self._of_postgresql()
        theirs = sum(seconds - self._theirs[pid] for pid, seconds in now.items() if pid in self._theirs)
        return {"python_us": round(ours / texts * 1e6, 1), "postgresql_us": round(theirs / texts * 1e6, 1)}

    def _of_ours(self) -> float:
        if self.server is None:
            return time.process_time()
        return next((seconds for pid, _, seconds in _processes() if pid == self.server), 0.0)

    def _of_postgresql(self) -> dict[int, float]:
        postmaster = self.stage.postmaster_pid()
        return {pid: seconds for pid, parent, seconds in _processes() if parent == postmaster}


def _processes() -> Iterator[tuple[int, int, float]]:
    """Each with its parent and its seconds."""
    ticks = os.sysconf("SC_CLK_TCK")
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), int(fields[1]), (int(fields[11]) + int(fields[12])) / ticks
