"""A worker goes on whatever goes wrong in one of its turns, and rests unless there is more to do."""

import asyncio

import asyncpg
import pytest

from answerback.workers.turns import take_turns


async def test_a_lost_database_and_a_strange_row_cost_one_turn_and_more_work_costs_no_rest() -> None:
    outcomes: list[Exception | bool | None] = [asyncpg.InterfaceError("gone"), True, ValueError("strange"), True, None]
    done: list[str] = []

    async def turn() -> bool | None:
        if not outcomes:
            raise asyncio.CancelledError
        outcome = outcomes.pop(0)
        done.append("turn")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def rest() -> None:
        done.append("rest")

    with pytest.raises(asyncio.CancelledError):
        await take_turns("test", turn, rest)
    assert done == ["turn", "rest", "turn", "turn", "rest", "turn", "turn", "rest"]
