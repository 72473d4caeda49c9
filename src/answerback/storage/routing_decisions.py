"""Why routing decided so: the stored decisions, for the panel beside a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answerback.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A row of routing_decision about to be written."""

    conversation_id: int
    outcome: str
    agent_id: int | None
    queue_id: int
    method: str
    rules_version: str
    sentence: str
    detail: dict[str, Any]


async def record_decisions(connection: Connection, decisions: Sequence[NewDecision]) -> None:
    """Store why. What only repeats the conversation's latest decision refreshes its time instead."""
    if not decisions:
        return
    await connection.execute(
        """
        with new as (
            select d.*, l.id as latest, l.outcome = d.outcome and l.sentence = d.sentence
                        and d.outcome <> 'offered' as same
            from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[],
                        $8::jsonb[]) with ordinality
                 as d (conversation_id, outcome, agent_id, queue_id, method, rules_version, sentence, detail, ord)
            left join lateral (
                select r.id, r.outcome, r.sentence from routing_decision r
                where r.conversation_id = d.conversation_id order by r.id desc limit 1) l on true
        ), refreshed as (
            update routing_decision r set last_at = now(), detail = new.detail
            from new where new.same and r.id = new.latest
        )
        insert into routing_decision (conversation_id, outcome, agent_id, queue_id, method, rules_version, sentence,
                                      detail)
        select conversation_id, outcome, agent_id, queue_id, method, rules_version, sentence, detail
        from new where same is not true order by ord
        """,
        [each.conversation_id for each in decisions],
        [each.outcome for each in decisions],
        [each.agent_id for each in decisions],
        [each.queue_id for each in decisions],
        [each.method for each in decisions],
        [each.rules_version for each in decisions],
        [each.sentence for each in decisions],
        [each.detail for each in decisions],
    )
