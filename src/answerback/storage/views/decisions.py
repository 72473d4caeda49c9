"""Why a conversation went where it went: its routing decisions as people read them, the latest first."""

from typing import Any, Final

import asyncpg

from answerback.storage.connection import Database
from answerback.storage.views.shapes import DecisionView, FailedTest, PersonRef, RankedAgent

DECISIONS = """
    select d.id, d.decided_at, d.last_at, d.outcome, d.agent_id, a.name as agent_name, q.name as queue, d.method,
           d.rules_version, d.sentence, d.detail
    from routing_decision d join queue q on q.id = d.queue_id left join app_user a on a.id = d.agent_id
    where d.conversation_id = $1 and ($2::bigint is null or d.id < $2)
    order by d.id desc limit $3
"""

RULED_OUT: Final = {
    "queue": "Not a member of the queue",
    "presence": "Not taking work",
    "connected": "No screen open",
    "declines": "Declined it too often",
    "capacity": "No room for it",
}


async def decisions_of(
    connection: Database, conversation_id: int, *, before: int | None = None, limit: int = 50
) -> list[DecisionView]:
    """Up to `limit` of those with an id below `before`."""
    rows = await connection.fetch(DECISIONS, conversation_id, before, limit)
    ids = {agent_id for row in rows for agent_id in _mentioned(row["detail"])}
    people = await connection.fetch("select id, name from app_user where id = any ($1::bigint[])", list(ids))
    names = {person["id"]: person["name"] for person in people}
    return [_view(row, names) for row in rows]


def _mentioned(detail: dict[str, Any]) -> set[int]:
    ranked = {entry["agent_id"] for entry in detail["order"]}
    return ranked.union(*(entry["agent_ids"] for entry in detail["failed"]))


def _view(row: asyncpg.Record, names: dict[int, str]) -> DecisionView:
    fields = dict(row)
    detail = fields.pop("detail")
    order = [
        RankedAgent(entry["agent_id"], names.get(entry["agent_id"], ""), position, entry["facts"])
        for position, entry in enumerate(detail["order"], 1)
    ]
    failed = [
        FailedTest(
            entry["test"],
            RULED_OUT[entry["test"]],
            [PersonRef(agent_id, names.get(agent_id, "")) for agent_id in entry["agent_ids"]],
            entry["count"],
        )
        for entry in detail["failed"]
    ]
    return DecisionView(**fields, order=order, failed=failed)
