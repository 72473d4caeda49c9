"""The Chromium of this machine, for the browser tests: found, or installed where that is possible without asking.

ANSWERBACK_CHROMIUM names one in an unusual place. Run as a program by `make test`.
"""

import os
import shutil
import subprocess
from pathlib import Path

VARIABLE = "ANSWERBACK_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> Path | None:
    """The program, or None when this machine has none."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    found = [path for path in map(shutil.which, NAMES) if path] + [path for path in PLACES if Path(path).exists()]
    return Path(found[0]) if found else None


def main() -> None:
    if find_chromium() is not None:
        return
    apt = shutil.which("apt-get")
    if apt is not None and os.geteuid() == 0:
        print("Installing Chromium for the browser tests...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update", "-qq"], env=quiet, check=False)
        subprocess.run([apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=quiet, check=False)
    if find_chromium() is None:
        raise SystemExit(
            "The browser tests need Chromium or Chrome. Install it (Debian: sudo apt install chromium; "
            f"Fedora: sudo dnf install chromium; macOS: brew install --cask chromium), or set {VARIABLE} to its path."
        )


if __name__ == "__main__":
    main()
