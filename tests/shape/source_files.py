"""The project's own files, as git would list them, and what is measured on them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".jpg", ".gif", ".ico", ".woff2", ".webp", ".pdf"}


def project_files(*suffixes: str) -> list[Path]:
    """Tracked and new files, without ignored ones; all of them when no suffix is named."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = sorted({ROOT / name for name in listed})
    return [file for file in files if file.is_file() and (not suffixes or file.suffix in suffixes)]


def text_files() -> Iterator[tuple[Path, str]]:
    """Path below the root and text of every file that is text."""
    for file in project_files():
        if file.suffix not in BINARY:
            yield file.relative_to(ROOT), file.read_text(encoding="utf-8")


def functions(file: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of a module with `path:line name` for messages."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last one."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
