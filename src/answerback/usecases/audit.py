"""The trail of settings: each change is an event with who did it and what became different, in its transaction."""

from collections.abc import Mapping
from typing import Any

from answerback.storage.connection import Connection
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import Topic, notify

# Routing looks again too: members, methods, capacity and activity all decide who gets work.
SETTING_TOPICS: tuple[Topic, ...] = ("config", "event", "route")


async def record_setting(
    connection: Connection, kind: str, actor_id: int | None, data: Mapping[str, Any], *, user_id: int | None = None
) -> None:
    """Append `kind` and wake everybody who keeps settings in memory; call it inside the changing transaction."""
    await append(connection, [NewEvent(kind, actor_id=actor_id, user_id=user_id, data=data)])
    await notify(connection, *SETTING_TOPICS)


async def record(connection: Connection, event: NewEvent) -> None:
    """Append one event and wake its readers."""
    await append(connection, [event])
    await notify(connection, "event")
