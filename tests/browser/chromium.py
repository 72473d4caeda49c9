"""How Chromium is started here: the machine's own, without a window and without calls to the outside."""

from pathlib import Path

from tests.system_chromium import find_chromium

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def program() -> Path:
    found = find_chromium()
    if found is None:
        raise AssertionError(
            "The browser tests need Chromium or Chrome. `make chromium` installs it, or says how to install it."
        )
    return found
