"""Where the embedded server keeps its files: below the data folder, or in a state folder it can reach.

As root the server runs under an account that may not enter a private data folder; its files then live in a
state folder, and a pointer file in the data folder says where.
"""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from answerback.storage.embedded.account import Account, can_enter, make_private_folder
from answerback.write_once import write_once

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # 108 bytes on Linux, 104 on macOS, one for the closing zero
POINTER = "postgres.location"


@dataclass(frozen=True, slots=True)
class Place:
    """`base` holds everything: the cluster, the log, and who runs the server."""

    base: Path
    socket_folder: Path

    @property
    def cluster(self) -> Path:
        return self.base / "cluster"

    @property
    def log(self) -> Path:
        return self.base / "postgres.log"


def choose_place(account: Account, data_dir: Path) -> Place:
    """Make the folders and return them; the same data folder always leads to the same place."""
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    base = _choose_base(account, data_dir)
    base.mkdir(parents=True, exist_ok=True)
    if account.switched:
        base.chmod(0o755)  # it must pass through; cluster and socket below are its own and private
    socket_folder = _choose_socket_folder(base)
    make_private_folder(account, socket_folder)
    return Place(base, socket_folder)


def _choose_base(account: Account, data_dir: Path) -> Path:
    pointer = data_dir / POINTER
    if not pointer.exists():
        if can_enter(account, data_dir):
            return data_dir / "postgres"
        # A new name each time: a data folder that was deleted and made again starts empty.
        elsewhere = state_folder() / f"data-{_key(data_dir)}-{secrets.token_hex(4)}"
        return Path(write_once(pointer, f"{elsewhere}\n").strip())
    return Path(pointer.read_text(encoding="utf-8").strip())


def _choose_socket_folder(base: Path) -> Path:
    near = base / "socket"
    if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return near
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - the folder below is private and its owner checked
        folder = parent / f"answerback-{_key(base)}"
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return folder
    return near


def state_folder() -> Path:
    """A folder of ours that every account may enter."""
    for folder in (Path("/var/lib/answerback"), Path(tempfile.gettempdir()) / "answerback-state"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
        except OSError:
            continue
        return folder
    raise PermissionError("Neither /var/lib nor the temporary folder is writable.")


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
