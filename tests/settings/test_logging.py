"""Log lines are structured and hold no personal data, whoever writes them."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import logging, structlog
from answerback.logging import configure_logging
configure_logging("info", "json")
ours = structlog.get_logger("ours")
ours.warning("text_refused", body="Where is my order?", reason="sent to +12025550123", conversation=7)
logging.getLogger("theirs").error("failed for %s", "+447700900123")
ours.debug("too_quiet")
logging.getLogger("uvicorn.access").info("GET /")
"""


def test_lines_are_json_without_personal_data() -> None:
    written = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stderr
    ours, theirs = [json.loads(line) for line in written.splitlines()]
    assert (ours["event"], ours["conversation"], ours["level"]) == ("text_refused", 7, "warning")
    assert theirs["logger"] == "theirs"
    assert not any(private in written for private in ("order", "2025550123", "7700900123"))


FAILING = """
import structlog
from answerback.logging import configure_logging
configure_logging("info", "LAYOUT")
def send(token, body):
    raise ValueError("no")
try:
    send("ab_" + "hidden", "Where is my " + "parcel?")
except ValueError:
    structlog.get_logger("ours").exception("send_failed")
"""


@pytest.mark.parametrize("layout", ["json", "console"])
def test_a_traceback_shows_where_but_no_values(layout: str) -> None:
    program = FAILING.replace("LAYOUT", layout)
    written = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stderr
    assert "send_failed" in written
    assert "ValueError" in written
    assert "ab_hidden" not in written
    assert "my parcel" not in written
