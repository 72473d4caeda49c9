"""Conditions and values in CEL, the Common Expression Language: safe by construction, no loops, no side effects."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import cel

LONGEST: Final = 2000


class WrongExpression(Exception):  # noqa: N818 - a finding, told to people
    """The expression cannot be read, or has no value over these facts; the message says why, for people."""


@lru_cache(4096)
def compile_expression(text: str) -> "cel.Program":
    """Raises WrongExpression with the reader's own words, which point at the place."""
    try:
        return cel.compile(text)
    except ValueError as error:
        reason = str(error).partition("ERROR: <input>:")[2].partition("\n")[0] or str(error)
        raise WrongExpression(f"cannot be read: {reason}") from error


def evaluate(text: str, facts: Mapping[str, Any]) -> Any:
    """The value; raises WrongExpression where a fact it asks for is not there."""
    program = compile_expression(text)
    try:
        return program.execute(dict(facts))
    except KeyError as error:
        raise WrongExpression(f"asks for {error.args[0]}, which is not there") from error
    except (RuntimeError, TypeError, ValueError) as error:
        raise WrongExpression(str(error).partition(". Check")[0]) from error


def holds(text: str, facts: Mapping[str, Any]) -> bool:
    """Whether a condition is true. One that cannot be answered is not: a missing attribute fails a test, it stops
    nobody."""
    try:
        return evaluate(text, facts) is True
    except WrongExpression:
        return False


def write_down(text: str, facts: Mapping[str, Any]) -> str:
    """The value as text for a slot; whole numbers without a point, nothing for null."""
    value = evaluate(text, facts)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
