"""Files and functions stay small enough to read in one go."""

import ast
from pathlib import Path

from tests.shape.source_files import ROOT, functions, length, project_files

LONGEST_FILE = 300
LONGEST_FUNCTION = 49
MOST_POSITIONAL = 4
GENERATED = ("generated", ".gen.")


def test_no_file_is_longer_than_people_read() -> None:
    sources = [file for file in project_files(".py", ".ts", ".tsx", ".sql") if not is_data(file)]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in sources}
    expect_none(lengths, LONGEST_FILE)


def is_data(file: Path) -> bool:
    """Generated files and modules that only hold a table."""
    if any(mark in str(file) for mark in GENERATED):
        return True
    return file.suffix == ".py" and file.name not in ("__init__.py",) and is_table(file.read_text(encoding="utf-8"))


def is_table(source: str) -> bool:
    data = (ast.Assign, ast.AnnAssign, ast.Expr, ast.Import, ast.ImportFrom)
    return all(isinstance(node, data) for node in ast.parse(source).body)


def test_no_function_is_longer_than_a_glance() -> None:
    lengths = {name: length(node) for file in project_files(".py") for name, node in functions(file)}
    expect_none(lengths, LONGEST_FUNCTION)


def test_no_function_takes_more_than_a_handful_of_positional_arguments() -> None:
    counts = {
        name: len([argument for argument in node.args.args if argument.arg not in ("self", "cls")])
        for file in project_files(".py")
        if "tests" not in file.relative_to(ROOT).parts
        for name, node in functions(file)
    }
    expect_none(counts, MOST_POSITIONAL)


def expect_none(measured: dict[str, int], most: int) -> None:
    """Fail with every offender, not only the first."""
    too_large = [f"{name}: {size}, at most {most}" for name, size in measured.items() if size > most]
    assert not too_large, "\n".join(too_large)
