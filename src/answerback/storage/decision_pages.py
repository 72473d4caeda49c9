"""Routing decisions as people read them: with names beside the ids, newest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import msgspec

from answerback.storage.connection import Database

SAID: Final = {
    "queue": "not a member of the queue",
    "presence": "away or not taking work",
    "connected": "not connected",
    "declines": "declined it too often",
    "capacity": "without room for it",
}


class DecisionAgent(msgspec.Struct, frozen=True):
    id: int
    name: str


class RankedAgent(msgspec.Struct, frozen=True):
    """An agent who could take it; position 1 is offered first. `facts` are what set the place."""

    agent_id: int
    agent_name: str
    position: int
    facts: dict[str, Any]


class FailedTest(msgspec.Struct, frozen=True):
    """A test and whom it was the first to rule out: `count` of them, the first hundred by name."""

    test: str
    sentence: str
    count: int
    agents: list[DecisionAgent]


class DecisionView(msgspec.Struct, frozen=True):
    """Why this agent, or why nobody."""

    id: int
    decided_at: datetime
    last_at: datetime
    outcome: str
    agent_id: int | None
    agent_name: str | None
    queue: str
    method: str
    rules_version: str
    sentence: str
    order: list[RankedAgent]
    failed: list[FailedTest]


async def list_decisions(connection: Database, conversation_id: int, before: int, limit: int) -> list[DecisionView]:
    rows = await connection.fetch(
        """
        select d.id, d.decided_at, d.last_at, d.outcome, d.agent_id, u.name as agent_name, q.name as queue, d.method,
               d.rules_version, d.sentence, d.detail
        from routing_decision d join queue q on q.id = d.queue_id left join app_user u on u.id = d.agent_id
        where d.conversation_id = $1 and d.id < $2 order by d.id desc limit $3
        """,
        conversation_id,
        before,
        limit,
    )
    names = await _names(connection, (row["detail"] for row in rows))
    return [_view(dict(row), names) for row in rows]


async def _names(connection: Database, details: Iterable[dict[str, Any]]) -> dict[int, str]:
    ids: set[int] = set()
    for detail in details:
        ids |= {ranked["agent_id"] for ranked in detail.get("order", ())}
        ids |= {agent_id for failed in detail.get("failed", ()) for agent_id in failed["agent_ids"]}
    rows = await connection.fetch("select id, name from app_user where id = any ($1::bigint[])", list(ids))
    return {row["id"]: row["name"] for row in rows}


def _view(row: dict[str, Any], names: dict[int, str]) -> DecisionView:
    detail = row.pop("detail")
    order = [
        RankedAgent(ranked["agent_id"], names.get(ranked["agent_id"], ""), position, ranked["facts"])
        for position, ranked in enumerate(detail.get("order", ()), 1)
    ]
    failed = [
        FailedTest(
            failed["test"],
            SAID.get(failed["test"], failed["test"]),
            failed.get("count", len(failed["agent_ids"])),
            [DecisionAgent(agent_id, names.get(agent_id, "")) for agent_id in failed["agent_ids"]],
        )
        for failed in detail.get("failed", ())
    ]
    return DecisionView(**row, order=order, failed=failed)
