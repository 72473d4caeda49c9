"""No text leaves without passing the send gate: every way out is listed here, and a new one must come this way."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import asyncpg
import pytest

from answerback.storage.connection import Pool
from tests.shape.source_files import ROOT, project_files

SOURCES = ROOT / "src/answerback"
INTO_OUTBOX = re.compile(r"insert\s+into\s+outbox|copy_records_to_table\(\s*\"outbox\"|copy\s+outbox", re.IGNORECASE)


def sources() -> Iterator[tuple[str, str]]:
    for file in project_files(".py", ".sql"):
        if file.is_relative_to(SOURCES):
            yield str(file.relative_to(SOURCES)), file.read_text(encoding="utf-8")


def callers(name: str) -> set[str]:
    """Modules that call a function or method of this name."""
    return calls()[name]


@cache
def calls() -> Mapping[str, set[str]]:
    """Modules by what they call."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, text in sources():
        if path.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                name = called(node) if isinstance(node, ast.Call) else None
                if name is not None:
                    found[name].add(path)
    return found


def called(node: ast.Call) -> str | None:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def test_few_statements_put_texts_into_the_outbox() -> None:
    writing = {re.sub(r"\d{4}", "NNNN", path) for path, text in sources() if INTO_OUTBOX.search(text)}
    assert writing == {
        "storage/migrations/NNNN_texts_in_bulk.sql",  # new texts, one or thousands
        "storage/messages.py",  # back in, to leave from another number
        "cli/bench/dispatch.py",  # measures dispatch alone
    }


def test_only_use_cases_that_ask_the_gate_call_those_statements() -> None:
    calling = {path for path, text in sources() if re.search(r"select store_outbound_texts\(", text)}
    assert calling == {"storage/text_batches.py"}
    assert callers("store_outbound_texts") == {"usecases/text_batch.py"}
    assert callers("add_to_outbox") == {"usecases/queue_text.py"}
    for path in ("usecases/text_batch.py", "usecases/queue_text.py"):
        assert "check(request" in text_of(path)


def test_a_batch_takes_in_no_text_but_by_asking_the_gate() -> None:
    (batch,) = (
        node
        for node in ast.parse(text_of("usecases/text_batch.py")).body
        if isinstance(node, ast.ClassDef) and node.name == "TextBatch"
    )
    methods = {node.name: ast.unparse(node) for node in batch.body if isinstance(node, ast.FunctionDef)}
    assert [name for name, text in methods.items() if "self._texts.append(" in text] == ["_take"]
    assert [name for name, text in methods.items() if "self._take(" in text] == ["ask"]
    assert methods["ask"].index("check(request") < methods["ask"].index("self._take(")


def test_only_the_dispatcher_hands_texts_to_a_provider_and_only_from_the_outbox() -> None:
    sending = {
        path
        for path, text in sources()
        if path.startswith(("workers/", "usecases/", "web/")) and re.search(r"\bOutboundText\(", text)
    }
    assert sending <= {"workers/dispatcher_sender.py", "workers/unclear.py"}
    assert "provider.send(" in text_of("workers/dispatcher_sender.py")
    sent_by = {path for path, text in sources() if "provider.send(" in text}
    assert sent_by == {"workers/dispatcher_sender.py", "workers/unclear.py"}  # the second repeats what the first began


def text_of(path: str) -> str:
    return Path(SOURCES / path).read_text(encoding="utf-8")


def test_a_scheduled_text_is_released_only_where_the_gate_is_asked_again() -> None:
    moving = {path for path, text in sources() if re.search(r"update outbox set state = 'queued'", text)}
    assert moving == {"storage/waiting_texts.py"}
    assert callers("release_texts") == {"usecases/release_texts.py"}
    assert "check(" in text_of("usecases/release_texts.py")


@pytest.mark.parametrize("gate", ["", None])
async def test_the_database_takes_no_text_that_names_no_gate(pool: Pool, gate: str | None) -> None:
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.NotNullViolationError)):
        await pool.execute(
            "insert into outbox (message_id, number_id, conversation_id, lane, parts, gate) values (1, 1, 1, 0, 1, $1)",
            gate,
        )
    with pytest.raises(asyncpg.NotNullViolationError):
        await pool.execute(
            "insert into outbox (message_id, number_id, conversation_id, lane, parts) values (1, 1, 1, 0, 1)"
        )
