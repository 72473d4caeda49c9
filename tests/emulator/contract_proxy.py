"""Prism, a contract proxy, between a client and a server: any break of Twilio's published description becomes a 500.

Node packages are installed from tests/contract/package-lock.json when they are not there yet.
"""

import fcntl
import hashlib
import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "contract"
MODULES = FOLDER / "node_modules"
DESCRIPTIONS = MODULES / "@twilio-alpha" / "mcp" / "twilio-oai" / "spec" / "json"


def install_packages() -> None:
    """`npm ci` once per state of the lock file, also when several test processes ask at once."""
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    with (FOLDER / ".install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = MODULES / ".installed"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        npm = shutil.which("npm")
        assert npm, "npm is needed for the contract tests: install Node 20 or newer"
        command = [npm, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
        assert done.returncode == 0, f"npm ci failed in tests/contract:\n{done.stdout}{done.stderr}"
        stamp.write_text(wanted)


def read_description(name: str, *resources: str) -> dict[str, Any]:
    """One of Twilio's published API descriptions; with `resources`, only paths naming one (Prism starts faster)."""
    description: dict[str, Any] = json.loads((DESCRIPTIONS / f"{name}.json").read_text())
    if resources:
        paths = description["paths"].items()
        description["paths"] = {path: one for path, one in paths if any(name in path for name in resources)}
    return description


def allow_relative_addresses(part: Any) -> None:
    """Twilio declares format "uri" but answers with relative and empty addresses, as its own examples show."""
    if isinstance(part, dict):
        if part.get("format") == "uri":
            part["format"] = "uri-reference"
        for inner in part.values():
            allow_relative_addresses(inner)
    elif isinstance(part, list):
        for inner in part:
            allow_relative_addresses(inner)


@contextmanager
def contract_proxy(description: dict[str, Any], upstream: str, folder: Path) -> Iterator[str]:
    """A running proxy that holds `upstream` to the description; gives its address."""
    path = folder / "description.json"
    path.write_text(json.dumps(description))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(MODULES / ".bin" / "prism"), "proxy", "--errors", "-h", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen([*command, str(path), upstream], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    try:
        said = b""
        for line in process.stdout:
            said += line
            if b"is listening on" in line:
                break
        else:
            raise AssertionError(f"Prism did not start:\n{said.decode()}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()
