"""A zip that is written while it is read, never whole in memory, with the SHA-256 of each part at its end."""

import hashlib
import zipfile
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MANIFEST: Final = "manifest.sha256"
DEFLATED: Final = frozenset({"html", "json", "jsonl", "csv", "txt"})


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the pack; its chunks are asked for only when it is its turn."""

    name: str
    chunks: AsyncIterable[bytes]


class _Sink:
    """What the zip was written to since one last looked. It cannot seek, so sizes follow each part."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


async def zipped(parts: AsyncIterable[Part], at: datetime) -> AsyncIterator[bytes]:
    """The pack's bytes. Its last file is the manifest, in the form that `sha256sum --check` reads."""
    sink = _Sink()
    lines: list[str] = []
    with zipfile.ZipFile(sink, "w", allowZip64=True) as archive:  # type: ignore[call-overload]  # any writer will do
        async for part in parts:
            digest = hashlib.sha256()
            with archive.open(_info(part.name, at), "w", force_zip64=True) as entry:
                async for chunk in part.chunks:
                    digest.update(chunk)
                    entry.write(chunk)
                    yield sink.take()
            lines.append(f"{digest.hexdigest()}  {part.name}\n")
        archive.writestr(_info(MANIFEST, at), "".join(lines))
        yield sink.take()
    yield sink.take()


async def whole(*pieces: bytes) -> AsyncIterator[bytes]:
    """A part that is known already."""
    for piece in pieces:
        yield piece


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, at.timetuple()[:6])
    info.external_attr = 0o600 << 16
    squeezes = name.rpartition(".")[2] in DEFLATED
    info.compress_type = zipfile.ZIP_DEFLATED if squeezes else zipfile.ZIP_STORED
    return info


def safe_name(name: str) -> str:
    """A file's name without what an archive program could take for a folder or a command."""
    kept = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)
    return kept.strip("._")[-80:] or "file"


def joined(rows: Iterable[bytes]) -> bytes:
    """JSON Lines."""
    return b"".join(row + b"\n" for row in rows)
