"""Creates the cluster on disk: complete or absent, also when killed half way."""

import shutil
import subprocess

from answerback.storage.embedded.account import Account, make_private_folder, spawn
from answerback.storage.embedded.binaries import Binaries
from answerback.storage.embedded.errors import EmbeddedPostgresError
from answerback.storage.embedded.place import Place

DATABASE = "answerback"
ROLE = "answerback"


def ensure_cluster(account: Account, binaries: Binaries, place: Place) -> None:
    """Create the cluster if there is none; refuse one written by another major version."""
    if place.cluster.exists():
        _check_version(binaries, place)
        return
    fresh = place.base / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    make_private_folder(account, fresh)
    _run(account, [binaries.folder / "initdb", "-D", fresh, *_options(binaries)])
    create = f"create database {DATABASE};\n".encode()
    _run(account, [binaries.folder / "postgres", "--single", "-D", fresh, "postgres"], feed=create)
    fresh.rename(place.cluster)


def _options(binaries: Binaries) -> list[str]:
    # Trust is safe: the server listens on no network and its socket lies in a folder private to the account.
    options = [f"--username={ROLE}", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
    if binaries.major >= 17:
        return [*options, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*options, "--locale=C.UTF-8"]


def _check_version(binaries: Binaries, place: Place) -> None:
    written = (place.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if written != str(binaries.major):
        raise EmbeddedPostgresError(
            f"The data in {place.cluster} was written by PostgreSQL {written}, but {binaries.folder} is "
            f"PostgreSQL {binaries.major}. Install version {written} again, or dump there and restore here."
        )


def _run(account: Account, command: list[object], *, feed: bytes = b"") -> None:
    process = spawn(account, [str(part) for part in command], stdin=subprocess.PIPE, output=subprocess.PIPE)
    output, _ = process.communicate(feed)
    if process.returncode != 0:
        said = output.decode(errors="replace").strip()
        raise EmbeddedPostgresError(f"PostgreSQL could not create its data folder. It says: {said}")
