"""A person begins a flow for every contact with a tag, or for an audience: written down once, then worked off as times
of the clock are."""

from dataclasses import dataclass
from typing import Any

from answerback.storage.audience_filters import count_members
from answerback.storage.audiences import lock_audience
from answerback.storage.connection import Connection, Pool
from answerback.storage.flow_schedules import FlowOccurrence, count_tagged, open_for_many
from answerback.storage.flows import active_flow, flow_exists
from answerback.usecases.audit import record_setting
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid


@dataclass(frozen=True, slots=True)
class Many:
    """For whom: one of the two."""

    tag: str | None = None
    audience_id: int | None = None


async def begin_for_many(
    pool: Pool, flow_id: int, whom: Many, actor_id: int
) -> FlowOccurrence | NotFound | Conflict | Invalid:
    """A run for each; who is in the flow already, or was where it lets nobody in twice, begins none."""
    async with pool.acquire() as connection, connection.transaction():
        flow = await active_flow(connection, flow_id)
        if flow is None and not await flow_exists(connection, flow_id):
            return NotFound(f"flow {flow_id}")
        if flow is None:
            return Conflict("This flow begins no runs: publish it, or switch it on.")
        told = await _look(connection, whom)
        if isinstance(told, Invalid):
            return told
        opened = await open_for_many(connection, flow, tag=whom.tag, audience_id=whom.audience_id, user_id=actor_id)
        await record_setting(connection, "FlowBegunForMany", actor_id, {"id": flow_id, "name": flow.name, **told})
        return opened


async def _look(connection: Connection, whom: Many) -> dict[str, Any] | Invalid:
    """Who that is, for the event log."""
    if (whom.tag is None) == (whom.audience_id is None):
        return invalid("tag", "and audience_id are one too many, or one too few", "Give one of the two.")
    if whom.tag is not None:
        contacts = await count_tagged(connection, whom.tag)
        if not contacts:
            return invalid("tag", "is on no contact", "Give contacts the tag first, or choose another.")
        return {"tag": whom.tag, "contacts": contacts}
    assert whom.audience_id is not None
    audience = await lock_audience(connection, whom.audience_id)
    if audience is None or audience.state != "ready":
        return invalid("audience_id", "is not an audience that is ready", "Choose from GET /api/v1/audiences.")
    contacts = await count_members(connection, audience)
    if not contacts:
        return invalid("audience_id", "reaches nobody", "Choose another audience.")
    return {"audience_id": audience.id, "audience": audience.name, "contacts": contacts}
