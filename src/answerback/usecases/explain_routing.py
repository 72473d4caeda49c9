"""Why a conversation was, or was not, offered. Who waits to be picked gets its explanation when somebody asks."""

from answerback.domain.routing.decide import decide
from answerback.domain.routing.decisions import Held, Nobody
from answerback.storage.connection import Connection, Pool
from answerback.storage.routing import database_time, read_picked
from answerback.storage.routing_decisions import record_decisions
from answerback.storage.views import DecisionView, Reader, decisions_of, visible_conversation
from answerback.usecases.refusals import NotFound
from answerback.usecases.route_groups import describe


async def explain_routing(
    pool: Pool, reader: Reader, conversation_id: int, *, before: int | None = None, limit: int = 50
) -> list[DecisionView] | NotFound:
    """The latest decision first; up to `limit` of those with an id below `before`."""
    async with pool.acquire() as connection, connection.transaction():
        if await visible_conversation(connection, reader, conversation_id) is None:
            return NotFound(f"conversation {conversation_id}")
        await _explain_picked(connection, conversation_id)
        return await decisions_of(connection, conversation_id, before=before, limit=limit)


async def _explain_picked(connection: Connection, conversation_id: int) -> None:
    """The router does not look at what agents pick for themselves."""
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
