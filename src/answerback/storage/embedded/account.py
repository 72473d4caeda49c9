"""The operating-system account that PostgreSQL runs under: ours, or an unprivileged one when we are root.

No account is ever created and no folder outside our own gets other permissions.
"""

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from answerback.storage.embedded.errors import EmbeddedPostgresError

UNPRIVILEGED_UID = 65534


@dataclass(frozen=True, slots=True)
class Account:
    """`switched` tells whether it differs from the account of this process."""

    uid: int
    gid: int
    switched: bool


def choose_account() -> Account:
    """PostgreSQL refuses to run as root, so root lends it the account `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switched=False)
    try:
        entry = pwd.getpwuid(UNPRIVILEGED_UID)
    except KeyError:
        try:
            entry = pwd.getpwnam("nobody")
        except KeyError:
            raise EmbeddedPostgresError(
                "PostgreSQL must not run as root and this system has no account 'nobody'. "
                "Start answerback as an ordinary user, or set ANSWERBACK_DATABASE_URL."
            ) from None
    return Account(entry.pw_uid, entry.pw_gid, switched=True)


def clean_environment() -> dict[str, str]:
    """The environment without PG* settings, which would change port, folder or locale of the server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def spawn(
    account: Account,
    command: Sequence[str | Path],
    *,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    output: int | IO[bytes] = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a process under the account, in its own session so that Ctrl-C does not reach it."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=clean_environment(),
        start_new_session=True,
        user=account.uid if account.switched else None,
        group=account.gid if account.switched else None,
        extra_groups=[] if account.switched else None,
    )


def can_enter(account: Account, folder: Path) -> bool:
    """Whether the account may pass through every folder down to and including this one."""
    if not account.switched:
        return True
    return all(_may_pass(account, part.stat()) for part in (folder, *folder.parents))


def _may_pass(account: Account, status: os.stat_result) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def make_private_folder(account: Account, folder: Path) -> None:
    """A folder only the account (and root) can look into; one that belongs to somebody else is refused."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if account.switched:
        if folder.is_symlink() or folder.stat().st_uid not in (0, account.uid):
            raise EmbeddedPostgresError(f"{folder} belongs to another user. Move it away and start again.")
        os.chown(folder, account.uid, account.gid)
    elif folder.stat().st_uid != account.uid:
        raise EmbeddedPostgresError(f"{folder} belongs to another user. Move it away and start again.")
    folder.chmod(0o700)
