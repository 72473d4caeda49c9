"""Which lines of the ledger stay when a customer is erased without their proof."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.domain.consent.ledger import About, Choice, Entry, Sender, Source, fold
from answerback.domain.consent.suppression import still_out
from answerback.domain.ids import BrandId, NumberId

BRANDS = {NumberId(1): BrandId(7), NumberId(2): BrandId(7)}
OUT, IN, PENDING = Choice.OPT_OUT, Choice.OPT_IN, Choice.PENDING


def line(id: int, choice: Choice, number: int | None = None, brand: int | None = None, purpose: str = "all") -> Entry:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=id)
    number_id = NumberId(number) if number else None
    brand_id = BrandId(brand) if brand else None
    return Entry(id, number_id, choice, Source.FORM, at, "words", purpose, brand_id)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([], []),
        ([line(1, IN), line(2, PENDING)], []),
        ([line(1, OUT)], [1]),
        ([line(1, OUT), line(2, OUT)], [2]),
        ([line(1, OUT), line(2, IN)], []),
        ([line(2, OUT), line(1, IN)], [2]),
        ([line(1, OUT, number=1), line(2, IN)], []),
        ([line(1, OUT, number=1), line(2, IN, brand=7)], []),
        ([line(1, OUT, number=3), line(2, IN, brand=7)], [1]),
        ([line(1, OUT), line(2, IN, number=1)], [1]),
        ([line(1, OUT), line(2, IN, purpose="promotional")], [1]),
        ([line(1, OUT, purpose="promotional"), line(2, IN, purpose="promotional")], []),
        ([line(1, OUT, brand=7), line(2, IN, number=1)], [1]),
        ([line(1, OUT, number=1), line(2, OUT, purpose="promotional"), line(3, PENDING)], [1, 2]),
    ],
)
def test_an_opt_out_stays_until_it_was_lifted_as_a_whole(lines: list[Entry], kept: list[int]) -> None:
    assert [entry.id for entry in still_out(lines, BRANDS)] == kept


@pytest.mark.parametrize("seed", range(40))
def test_nobody_who_is_opted_out_becomes_reachable_by_being_erased(seed: int) -> None:
    choices: list[Any] = [
        (OUT, None, None),
        (IN, None, None),
        (OUT, 1, None),
        (IN, 2, None),
        (OUT, None, 7),
        (IN, 3, None),
    ]
    purposes = ["all", "promotional", "informational", "conversation"]
    lines = [
        line(step, *choices[(seed * 7 + step * 5) % 6], purposes[(seed + step * step) % 4]) for step in range(1, 9)
    ]
    kept = still_out(lines, BRANDS)
    for number in (1, 2, 3):
        sender = Sender(NumberId(number), BRANDS.get(NumberId(number)))
        for about in About:
            if fold(lines, sender, about).opted_out:
                assert fold(kept, sender, about).opted_out
