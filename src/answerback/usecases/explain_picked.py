"""Why a conversation that agents pick for themselves is offered to nobody: written down when somebody asks.

The router does not look at such conversations, so that long pick queues cost nothing.
"""

from answerback.domain.routing.decide import decide
from answerback.domain.routing.decisions import Held, Nobody
from answerback.storage.connection import Pool
from answerback.storage.routing import database_time, read_picked
from answerback.storage.routing_decisions import record_decisions
from answerback.usecases.route_groups import describe


async def explain_picked(pool: Pool, conversation_id: int) -> None:
    """Nothing for a conversation that does not wait to be picked."""
    async with pool.acquire() as connection, connection.transaction():
        snapshot = await read_picked(connection, conversation_id)
        if snapshot is None:
            return
        decisions = decide(snapshot, await database_time(connection))
        news = [
            describe(decision, view)
            for decision, view in zip(decisions, snapshot.waiting, strict=True)
            if isinstance(decision, Nobody | Held)
        ]
        await record_decisions(connection, news)
