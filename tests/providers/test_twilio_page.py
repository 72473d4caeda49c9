"""The reference page of Twilio's error codes says what the table of failures says."""

import re
from itertools import groupby
from pathlib import Path

from answerback.domain.sending.failure import Failure, Retry
from answerback.providers.twilio.failure_table import FAILURES

PAGE = Path(__file__).parents[2] / "docs/reference/twilio.md"
AGAIN = {Retry.NEVER: "no", Retry.LATER: "later", Retry.BACK_OFF: "slower"}


def rows() -> list[str]:
    """One for the codes that mean the same, in the order of the first code."""
    by_meaning: dict[Failure, list[int]] = {}
    for code, failure in sorted(FAILURES.items()):
        known = next((one for one in by_meaning if meaning(one) == meaning(failure)), failure)
        by_meaning.setdefault(known, []).append(code)
    return [
        f"| {spans(codes)} | `{failure.cls}` | {failure.who_can_fix} | {AGAIN[failure.retry]} | {failure.sentence} |"
        for failure, codes in by_meaning.items()
    ]


def meaning(failure: Failure) -> tuple[object, ...]:
    return failure.cls, failure.who_can_fix, failure.sentence, failure.retry


def spans(codes: list[int]) -> str:
    """30880, 30881, 30882 as 30880-30882."""
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def test_the_page_lists_every_code_with_its_meaning() -> None:
    said = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d{5}", line)]
    assert said == rows()
