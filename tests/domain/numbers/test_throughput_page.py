"""docs/reference/throughput.md says what the tables say."""

from pathlib import Path

import pytest

from answerback.domain.numbers.registration import BrandKind, usual_limits

PAGE = Path(__file__).parents[3] / "docs/reference/throughput.md"
PROVIDERS = {"Twilio": "twilio", "Azure": "acs", "TeleSign": "telesign"}
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith(("| long code", "| toll-free", "| short code"))
]


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row[:4]) for row in ROWS])
def test_each_row_of_the_page_is_what_numbers_go_by(row: list[str]) -> None:
    kind, provider, brand, score, parts, a_day = row
    limits = usual_limits(
        PROVIDERS[provider],
        kind.replace(" ", "_").replace("-", "_"),
        brand=None if brand == "none" else BrandKind(brand.replace(" ", "_")),
        trust_score=int(score) if score.isdecimal() else None,
    )
    assert f"{limits.parts_per_second:.3g}" == parts
    assert ("" if limits.daily_cap is None else f"{limits.daily_cap:,}") == a_day


def test_the_page_has_every_class() -> None:
    assert {row[2] for row in ROWS} == {"none", *(kind.replace("_", " ") for kind in BrandKind)}
    assert {row[0] for row in ROWS} == {"long code", "toll-free", "short code"}
