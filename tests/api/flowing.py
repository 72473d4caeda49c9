"""What tests of flows share: runners, flows to run, and customers who say something."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx

from answerback.domain.webhooks.types import KINDS
from answerback.storage.connection import Pool
from answerback.storage.conversations import next_sequence
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import Wakeups, notify
from answerback.usecases.flow_settings import FOLLOWER
from answerback.usecases.hear_for_flows import hear_for_flows
from answerback.web.api.services import Services
from answerback.workers.flow_runner import FlowRunner
from answerback.workers.follower import Follower
from tests.api.test_message_templates import approve
from tests.api.test_settings import make, make_number
from tests.message_stage import eventually, running

PATH = "/api/v1/flows"
PHONE = "+12125550123"


@contextlib.asynccontextmanager
async def flowing(services: Services, database_url: str, *, nodes: int = 1) -> AsyncIterator[None]:
    """Runners and followers, as on so many nodes, at whatever hour this runs."""
    await services.pool.execute("update sending_rules set courtesy_hours = false")
    wakeups = Wakeups(database_url)
    allowed = frozenset({"127.0.0.1"})
    jobs = []
    for _ in range(nodes):
        jobs.append(FlowRunner(services.pool, wakeups, services.sealer, allowed=allowed).run())
        follower = Follower(services.pool, wakeups, FOLLOWER, kinds=KINDS, handle=hear_for_flows)
        jobs.append(follower.run())
    async with wakeups.running(), running(*jobs):
        yield


async def make_template(admin: httpx.AsyncClient, name: str, text: str, **more: Any) -> int:
    draft = {"name": name, "default_locale": "en-US", "texts": {"en-US": text}, "purpose": "conversation", **more}
    template = await approve(admin, await make(admin, "message-templates", draft))
    template_id: int = template["id"]
    return template_id


async def make_flow(admin: httpx.AsyncClient, steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Published; the first step is the one named first."""
    number = await make_number(admin, "+14155550100")
    draft = {"trigger": {"kind": "automated"}, "first": next(iter(steps)), "steps": steps, "again": "always", **more}
    flow = await make(admin, "flows", {"name": "Case created", "number_id": number["id"], "draft": draft})
    published = await admin.post(f"{PATH}/{flow['id']}/publish")
    assert published.status_code == 200, published.text
    return {**flow, **published.json()}


async def begin(admin: httpx.AsyncClient, flow: dict[str, Any], *phones: str, **facts: Any) -> list[dict[str, Any]]:
    """For customers who agreed to texts, unless they said otherwise before."""
    for phone in phones:
        known = (await admin.get("/api/v1/consent", params={"phone": phone})).json()["items"]
        if not known:
            said = {"phone": phone, "choice": "opt_in", "words": "Tell me about my case"}
            assert (await admin.post("/api/v1/consent", json=said)).status_code == 201
    items = [{"phone": phone, "facts": facts} for phone in phones]
    answer = await admin.post(f"{PATH}/{flow['id']}/runs", json={"items": items})
    assert answer.status_code == 201, answer.text
    begun: list[dict[str, Any]] = answer.json()["items"]
    return begun


async def run_of(admin: httpx.AsyncClient, flow: dict[str, Any], run_id: int) -> dict[str, Any]:
    runs = (await admin.get(f"{PATH}/{flow['id']}/runs")).json()["items"]
    return next(run for run in runs if run["id"] == run_id)


async def until(admin: httpx.AsyncClient, flow: dict[str, Any], run_id: int, state: str) -> dict[str, Any]:
    async def there() -> bool:
        return (await run_of(admin, flow, run_id))["state"] == state

    await eventually(there)
    return await run_of(admin, flow, run_id)


async def diary(admin: httpx.AsyncClient, flow: dict[str, Any], run_id: int) -> list[tuple[str, str]]:
    lines = (await admin.get(f"{PATH}/{flow['id']}/runs/{run_id}")).json()["items"]
    return [(line["kind"], line["what"]) for line in lines]


async def say(pool: Pool, body: str) -> None:
    """The customer's text, as the way in leaves it behind."""
    row = await pool.fetchrow("select id, contact_id from conversation where customer_phone = $1", PHONE)
    async with pool.acquire() as connection, connection.transaction():
        message_id = await connection.fetchval(
            """
            insert into message (conversation_id, seq, kind, origin, body, parts, status, status_rank)
            values ($1, $2, 'inbound', 'customer', $3, 1, 'received', 0) returning id
            """,
            row["id"],
            await next_sequence(connection, row["id"]),
            body,
        )
        heard = NewEvent(
            "MessageReceived", conversation_id=row["id"], contact_id=row["contact_id"], message_id=message_id
        )
        await append(connection, [heard])
        await notify(connection, "event")
