"""Data folders that an unprivileged PostgreSQL may enter, and other processes that hold a server."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.storage.holding import Holder

PROGRAM = Path(__file__).parent / "holding_program.py"


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Not pytest's tmp_path: below it root's folders are private, which is a case of its own."""
    folder = Path(tempfile.mkdtemp(prefix="abd-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def hold() -> Iterator[Callable[..., Holder]]:
    """Start another process on a data folder and wait for its first line."""
    running = ExitStack()

    def start(data_dir: Path, purpose: str = "serve", manner: str = "alone") -> Holder:
        command = [sys.executable, str(PROGRAM), str(data_dir), purpose, manner]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        running.enter_context(process)  # closes its input, which ends it, and waits
        return Holder(process, process.stdout.readline().strip())

    with running:
        yield start


@pytest.fixture
def only_as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root lends PostgreSQL another account")
