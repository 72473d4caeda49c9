"""The conformance suite leaves no provider out, and its table tells what held and what did not."""

from typing import Any

import aiohttp
import pytest

from answerback.bootstrap import make_providers
from tests.providers.conformance.carriers import CARRIERS
from tests.providers.conformance_table import SUITE, ConformanceTable


def report(place: int, name: str, outcome: Any, when: Any = "call") -> pytest.TestReport:
    location = (f"{SUITE}test_trouble.py", place, name)
    return pytest.TestReport(f"{SUITE}test_trouble.py::{name}", location, {}, outcome, None, when)


async def test_every_provider_of_the_centre_is_held_against_the_behaviours() -> None:
    async with aiohttp.ClientSession() as session:
        assert set(CARRIERS) == set(make_providers(session))


def test_the_table_has_a_row_a_behaviour_and_a_column_a_provider() -> None:
    table = ConformanceTable()
    for one in (
        report(9, "test_it_sends[beta]", "passed"),
        report(9, "test_it_sends[alpha]", "passed"),
        report(3, "test_it_waits[alpha]", "failed"),
        report(3, "test_it_waits[beta]", "passed"),
        report(3, "test_it_waits[beta]", "failed", "teardown"),
        report(12, "test_it_ends[alpha]", "passed", "setup"),
    ):
        table.pytest_runtest_logreport(one)
    assert [line.split() for line in table.lines()] == [
        ["behaviour", "alpha", "beta"],
        ["it", "waits", "FAIL", "FAIL"],
        ["it", "sends", "pass", "pass"],
        ["it", "ends", "-", "-"],
        ["2", "of", "6", "hold"],
    ]
