"""docs/reference/api.md names every problem, permission and scope there is, with the right roles."""

import re
from pathlib import Path

from answerback.domain.access.permissions import Permission, Scope, permissions_of
from answerback.web.problems import TITLES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]


def test_every_problem_is_on_the_page() -> None:
    named = {row[0].strip("`") for row in ROWS if row[1].isdecimal()}
    assert named == set(TITLES)


def test_every_scope_is_on_the_page() -> None:
    assert {row[0].strip("`") for row in ROWS if len(row) == 2} == {scope.value for scope in Scope}


def test_the_table_of_permissions_is_the_one_in_force() -> None:
    told = {
        (name, role): cell == "yes"
        for row in ROWS
        if len(row) == 5
        for name in re.findall(r"`(\w+)`", row[0])
        for role, cell in zip(("agent", "supervisor", "administrator"), row[1:4], strict=True)
    }
    assert told == {
        (permission.value, role): permission in permissions_of(role)
        for permission in Permission
        for role in ("agent", "supervisor", "administrator")
    }
