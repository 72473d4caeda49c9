"""Accepted items on local disk while the database is away: one sealed line each, synced before anybody is answered.

One file per process, held by a lock; the file of a process that died is adopted by another. Reading one twice is
harmless, since everything in it is written to the database by rules that drop repeats.
"""

import base64
import contextlib
import fcntl
import os
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec
import structlog

from answerback.storage.sealing import Sealer, SealingError

T = TypeVar("T")
SUFFIX: Final = ".spool"
log = structlog.get_logger(__name__)


class Spool(Generic[T]):
    """Items of one type in `folder`, first in first out. `name` is the first part of the file names."""

    def __init__(self, folder: Path, name: str, kind: type[T], sealer: Sealer) -> None:
        self._folder = folder
        self._name = name
        self._context = f"spool:{name}"
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(kind).decode
        self._sealer = sealer
        self._file: int | None = None
        self._path: Path | None = None
        self._read_to = 0
        self._size = 0

    @property
    def is_empty(self) -> bool:
        """Whether everything this process put in was taken out."""
        return self._read_to == self._size

    def append(self, items: Sequence[T]) -> None:
        """Blocks until the disk has them. Raises OSError, and then none of them counts."""
        data = b"".join(self._line(item) for item in items)
        file = self._open()
        try:
            os.pwrite(file, data, self._size)
            os.fsync(file)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file, self._size)
            raise
        self._size += len(data)

    def head(self, limit: int) -> tuple[list[T], int]:
        """Up to `limit` of the oldest items, and where they end: give that to `drop_head` once they are written."""
        if self._file is None:
            return [], 0
        return self._read(self._file, self._read_to, limit)

    def drop_head(self, end: int) -> None:
        self._read_to = end
        if self.is_empty and self._file is not None:
            os.ftruncate(self._file, 0)
            self._read_to = self._size = 0

    def adopt(self) -> Iterator["Spool[T]"]:
        """The spools of processes that are gone, one at a time; each is removed once it is emptied."""
        for path in sorted(self._folder.glob(f"{self._name}-*{SUFFIX}")):
            if path == self._path:
                continue
            file = _lock(path)
            if file is None:
                continue
            orphan: Spool[T] = Spool.__new__(Spool)
            orphan.__dict__.update(self.__dict__)
            orphan._file, orphan._path = file, path
            orphan._read_to, orphan._size = 0, os.fstat(file).st_size
            try:
                yield orphan
            finally:
                orphan.close()

    def close(self) -> None:
        """Leave what is not yet taken out to the next process."""
        if self._file is None or self._path is None:
            return
        if self.is_empty:
            self._path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = self._path = None

    def _open(self) -> int:
        if self._file is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{self._name}-{uuid.uuid4().hex}{SUFFIX}"
            fresh = path.with_suffix(".new")  # gets its name once it is locked, or others would adopt it
            file = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            fresh.rename(path)
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)  # else the name itself may not survive a power cut
            finally:
                os.close(folder)
            self._file, self._path = file, path
        return self._file

    def _line(self, item: T) -> bytes:
        return base64.b64encode(self._sealer.seal(self._encode(item), self._context)) + b"\n"

    def _read(self, file: int, start: int, limit: int) -> tuple[list[T], int]:
        items: list[T] = []
        end = start
        with os.fdopen(os.dup(file), "rb") as reader:
            reader.seek(start)
            while len(items) < limit and (line := reader.readline()).endswith(b"\n"):
                end += len(line)
                try:
                    items.append(self._decode(self._sealer.open(base64.b64decode(line), self._context)))
                except (SealingError, msgspec.DecodeError, ValueError) as error:
                    self._set_aside(line, error)
            if not items and line:  # the torn last line of a process that died: nobody was answered for it
                end = self._size
        return items, end

    def _set_aside(self, line: bytes, error: Exception) -> None:
        """A line nobody can read now is kept beside the spool, for whoever brings back the key."""
        log.error("spool_line_unreadable", reason=str(error), way_out="restore the earlier ANSWERBACK_SECRET_KEY")
        with (self._folder / f"{self._name}.unreadable").open("ab") as aside:
            aside.write(line)


def _lock(path: Path) -> int | None:
    """An open descriptor that holds the file, or None when its process lives or another adopted it first."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists() and path.stat().st_ino == os.fstat(file).st_ino:
            return file
    except OSError:
        pass
    os.close(file)
    return None
