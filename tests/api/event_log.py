"""The event log as tests read it: it ends below the oldest running transaction of the server, another test's too."""

from typing import Any

import httpx

from tests.message_stage import eventually


async def logged(client: httpx.AsyncClient, kind: str, count: int = 1) -> list[dict[str, Any]]:
    """The events of a kind, once there are so many."""
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        found[:] = (await client.get("/api/v1/events", params={"kind": kind})).json()["items"]
        return len(found) >= count

    await eventually(there)
    assert len(found) == count
    return found
