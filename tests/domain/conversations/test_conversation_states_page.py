"""The reference page of the conversation states says what the table of moves says."""

import itertools
from pathlib import Path

from answerback.domain.conversations.commands import Command
from answerback.domain.conversations.rules import RULES, Rule
from answerback.domain.conversations.state import State

PAGE = Path(__file__).parents[3] / "docs/reference/conversation-states.md"


def row_of(state: State, command: type[Command], rule: Rule) -> str:
    to = " or ".join(f"`{target}`" for target in rule.to)
    events = ", ".join(rule.emits)
    return f"| `{state}` | {command.__name__} | {rule.who} | {to} | {events} | {rule.note} |"


def test_the_page_lists_exactly_the_legal_moves_in_the_order_of_the_table() -> None:
    said = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert said == [row_of(state, command, rule) for (state, command), rule in RULES.items()]


def test_the_moves_of_a_state_stand_together_in_the_order_of_the_states() -> None:
    assert [state for state, _ in itertools.groupby(state for state, _ in RULES)] == list(State)
