"""Creates a small file exactly once: whoever comes first decides what is in it, and everybody reads the same."""

import os
import secrets
from pathlib import Path


def write_once(file: Path, text: str, mode: int = 0o644) -> str:
    """Return what the file holds: this text, or what an earlier writer put there. Never half a file."""
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(fresh, file)  # unlike a rename, never replaces what another process just made
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="utf-8")
