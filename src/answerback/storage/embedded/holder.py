"""Who runs the server of a data folder: a lock the kernel frees when its holder dies, and a card with details."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

Purpose = Literal["serve", "command"]


class Card(msgspec.Struct, frozen=True):
    """What the holder tells others; `url` stays empty until the server is ready."""

    pid: int
    purpose: Purpose
    since: str
    url: str = ""


class Hold:
    """The lock, held for as long as this object is open."""

    def __init__(self, descriptor: int, card_file: Path, purpose: Purpose) -> None:
        self._descriptor = descriptor
        self._card_file = card_file
        since = datetime.now(UTC).isoformat(timespec="seconds")
        self._card = Card(pid=os.getpid(), purpose=purpose, since=since)
        self._write(self._card)

    def announce(self, url: str) -> None:
        """Tell the others that the server is ready, and where."""
        self._write(msgspec.structs.replace(self._card, url=url))

    def release(self) -> None:
        self._card_file.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _write(self, card: Card) -> None:
        fresh = self._card_file.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(card))
        fresh.replace(self._card_file)


def try_hold(base: Path, purpose: Purpose) -> Hold | None:
    """Take the lock, or None while another living process has it."""
    descriptor = os.open(base / "holder.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return Hold(descriptor, base / "holder.json", purpose)


def read_card(base: Path) -> Card | None:
    """The card of the present holder, or None when there is none to read (yet)."""
    try:
        return msgspec.json.decode((base / "holder.json").read_bytes(), type=Card)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
