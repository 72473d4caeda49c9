"""Builds the web desktop into the package: hatchling's hook for wheels, `python hatch_build.py build` for a clone.

Runs npm only when the sources differ from those of the last build, so a tree that carries the result needs no Node.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
LEFT_OUT = {"node_modules", "dist", "test-results", "coverage"}
STATIC = Path("src/answerback/web/static")
OLDEST_NODE = 20


class DesktopHook(BuildHookInterface[Any]):
    """Editable installs carry no desktop: there `make` builds it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version != "editable":
            build_desktop(root)
            if not (root / STATIC / "index.html").exists():
                raise SystemExit(f"{STATIC} holds no web desktop and there are no sources in ui/ to build it from.")


def build_desktop(root: Path) -> None:
    """Build unless `static` was built from these very sources."""
    ui, static = root / "ui", root / STATIC
    stamp = static / ".sources"
    if not (ui / "package.json").exists() or (stamp.exists() and stamp.read_text() == _fingerprint(ui)):
        return
    install_packages(root)
    print("Building the web desktop...", flush=True)
    _npm(ui, "run", "--silent", "build")
    stamp.write_text(_fingerprint(ui))  # taken now: the build may write generated sources


def install_packages(root: Path) -> None:
    """`npm ci`, once for each lock file."""
    ui = root / "ui"
    lock, stamp = ui / "package-lock.json", ui / "node_modules" / ".locked"
    if not lock.exists():
        return
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the web desktop's packages...", flush=True)
    _npm(ui, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(wanted)


def _fingerprint(ui: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(ui.rglob("*")):
        name = file.relative_to(ui)
        if file.is_file() and not LEFT_OUT & set(name.parts) and file.suffix != ".tsbuildinfo":
            digest.update(name.as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _npm(ui: Path, *command: str) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise SystemExit(
            f"The web desktop is built with Node {OLDEST_NODE} or newer and npm. Install them, then repeat."
        )
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.strip().lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise SystemExit(f"Node {OLDEST_NODE} or newer is needed; found {version.strip()}. Install it, then repeat.")
    if subprocess.run([npm, *command], cwd=ui, check=False).returncode != 0:
        raise SystemExit(f"'npm {' '.join(command)}' failed in {ui}; its own words are above.")


if __name__ == "__main__":
    if sys.argv[1:] == ["install"]:
        install_packages(ROOT)
    elif sys.argv[1:] == ["build"]:
        build_desktop(ROOT)
    else:
        raise SystemExit("usage: python hatch_build.py install|build")
