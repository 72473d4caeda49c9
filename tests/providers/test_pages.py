"""The reference pages of the providers' error codes say what the tables of failures say."""

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pytest

from answerback.domain.sending.failure import Failure, Retry
from answerback.providers.acs.failure_table import TABLE as ACS
from answerback.providers.telesign.failure_table import FAILURES as TELESIGN
from answerback.providers.twilio.failure_table import FAILURES as TWILIO

PAGES = Path(__file__).parents[2] / "docs/reference"
TABLES = {
    "twilio": TWILIO,
    "telesign": TELESIGN,
    "acs": {code: row.failure(str(code)) for code, row in ACS.items()},
}
AGAIN = {Retry.NEVER: "no", Retry.LATER: "later", Retry.BACK_OFF: "slower"}


def rows(failures: Mapping[int, Failure]) -> list[str]:
    """One for the codes that mean the same, in the order of the first code."""
    by_meaning: dict[Failure, list[int]] = {}
    for code, failure in sorted(failures.items()):
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


@pytest.mark.parametrize("provider", TABLES)
def test_the_page_lists_every_code_with_its_meaning(provider: str) -> None:
    page = (PAGES / f"{provider}.md").read_text(encoding="utf-8")
    said = [line for line in page.splitlines() if re.match(r"\| \d{3,5}[-, ].*\| `", line)]
    assert said == rows(TABLES[provider])
