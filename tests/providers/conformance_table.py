"""Prints one table after a run: behaviours x providers. A pytest plugin, loaded by tests/conftest.py so that it also
sees what xdist's workers report."""

from collections.abc import Iterable

import pytest

SUITE = "tests/providers/conformance/"
Cell = tuple[str, str]


class ConformanceTable:
    """Reports come from every process; the place in the file keeps the rows in the order they are written."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, int]] = {}
        self.results: dict[Cell, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        file, line, name = report.location
        if SUITE not in file.replace("\\", "/") or "[" not in name:
            return
        behaviour, _, parameters = name.removeprefix("test_").rstrip("]").partition("[")
        provider = parameters.partition("-")[0]  # the variants of a behaviour share its line
        self.places[behaviour] = (file, line or 0)
        cell = (behaviour, provider)
        if report.failed:
            self.results[cell] = "FAIL"
        elif report.when == "call" and report.passed:
            self.results.setdefault(cell, "pass")

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.places:
            return
        terminalreporter.section("conformance")
        for line in self.lines():
            terminalreporter.write_line(line, red="FAIL" in line)

    def lines(self) -> Iterable[str]:
        """One behaviour a line, one provider a column; "-" where it did not run."""
        providers = sorted({provider for _, provider in self.results})
        width = max(len(behaviour) for behaviour in self.places)
        yield " ".join(["behaviour".ljust(width), *(one.rjust(len(one) + 2) for one in providers)])
        for behaviour in sorted(self.places, key=self.places.__getitem__):
            cells = [self.results.get((behaviour, one), "-").rjust(len(one) + 2) for one in providers]
            yield " ".join([behaviour.replace("_", " ").ljust(width), *cells])
        passed = list(self.results.values()).count("pass")
        yield f"{passed} of {len(self.places) * len(providers)} hold"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(ConformanceTable(), "conformance-table")
