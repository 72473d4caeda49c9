"""Overtaking: how long a person's reply takes while a campaign has more queued on the same number than may leave."""

import asyncio
import contextlib
import random
from typing import Any, Final

import aiohttp

from answerback.cli.bench.agents import add_agents
from answerback.cli.bench.carriers import CARRIERS
from answerback.cli.bench.dispatch import declare, start_emulator
from answerback.cli.bench.enqueue import AGREE
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.load import milliseconds, until_true
from answerback.cli.bench.stage import Stage, running, serve_command
from answerback.domain.sending.gate import About, Purpose
from answerback.usecases.drafts import Draft
from answerback.usecases.queue_texts import queue_texts

PARTS_PER_SECOND: Final = 5
REPLIES_PER_SECOND: Final = 0.5
QUEUED_SECONDS: Final = 4
"""More than leaves in the time."""
PATIENCE_SECONDS: Final = 30.0
HELD = """
with person as (
    insert into contact (name) select 'Customer ' || i from generate_series(1, 20) i returning id
), phone as (
    insert into contact_phone (phone, contact_id) select '+1917' || (2000000 + id), id from person returning *
)
insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id,
                          last_inbound_at)
select n.id, n.workstream_id, w.queue_id, p.contact_id, p.phone, 'active', $2, now()
from phone p, number n join workstream w on w.id = n.workstream_id where n.id = $1
returning id
"""
DELAYS = """
select m.origin, extract(epoch from a.at - q.at)::float8 as seconds
from message m
join event q on q.message_id = m.id and q.kind = 'MessageQueued'
join event a on a.message_id = m.id and a.kind = 'MessageAccepted'
where m.conversation_id in (select id from conversation where number_id = $1)
"""


async def measure_overtaking(stage: Stage, account: int, number: tuple[int, str], seconds: float) -> dict[str, Any]:
    """Replies by the API at random moments; delay is from the reply's place in the queue to the provider's yes."""
    number_id, address = number
    await stage.pool.execute("update number set parts_per_second = $2 where id = $1", number_id, PARTS_PER_SECOND)
    texts = int(PARTS_PER_SECOND * seconds * QUEUED_SECONDS)
    await _fill(stage, number_id, texts)
    [agent] = await add_agents(stage, 1)
    held = [row["id"] for row in await stage.pool.fetch(HELD, number_id, agent.id)]
    carrier, port = free_port(), free_port()
    await stage.pool.execute(
        "update provider_account set api_base_url = $2 where id = $1", account, f"http://127.0.0.1:{carrier}"
    )
    with contextlib.ExitStack() as processes:
        start_emulator(processes, stage, carrier)
        ready = f"http://127.0.0.1:{port}/readyz"
        processes.enter_context(running(serve_command(port, "web,dispatcher"), stage.environment, ready))
        await asyncio.to_thread(declare, CARRIERS["twilio"], [address], emulator=carrier, account=account, centre=port)
        await stage.pool.execute("select pg_notify('answerback', 'outbox')")
        await until_true(lambda: _has_begun(stage), PATIENCE_SECONDS)
        written = await _reply(port, agent.token, held, seconds)
        await until_true(lambda: _has_left(stage, written), PATIENCE_SECONDS)
    rows = await stage.pool.fetch(DELAYS, number_id)
    delays = [row["seconds"] for row in rows if row["origin"] != "campaign"]
    part = 1 / PARTS_PER_SECOND
    return {
        "parts_per_second": PARTS_PER_SECOND,
        "campaign_queued": texts,
        "campaign_left_meanwhile": len(rows) - len(delays),
        "replies": written,
        "replies_left": len(delays),
        "reply": milliseconds(delays),
        "limit": {"what": "2 s and one part's time", "max_ms": round((2 + part) * 1000)},
        "within": len(delays) == written and max(delays) <= 2 + part,
    }


async def _fill(stage: Stage, number_id: int, texts: int) -> None:
    phones = [f"+1332{2_000_000 + place}" for place in range(texts)]
    await stage.pool.execute(AGREE, phones)
    draft = Draft("Our shop opens at nine.", Purpose.PROACTIVE, "campaign", about=About.INFORMATIONAL, subject="bench")
    async with stage.pool.acquire() as connection, connection.transaction():
        await queue_texts(connection, number_id, [(phone, draft) for phone in phones], keep_deferred=False)


async def _reply(port: int, token: str, conversations: list[int], seconds: float) -> int:
    dice = random.Random(1)
    written = 0
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http:
        while written < seconds * REPLIES_PER_SECOND:
            await asyncio.sleep(dice.uniform(0.5, 1.5) / REPLIES_PER_SECOND)
            url = f"http://127.0.0.1:{port}/api/v1/conversations/{conversations[written % len(conversations)]}/messages"
            async with http.post(url, json={"body": "Yes, we have it here."}) as answer:
                if answer.status != 201:
                    raise RuntimeError(f"The centre refused a reply: {await answer.text()}")
            written += 1
    return written


async def _has_begun(stage: Stage) -> bool:
    return bool(await stage.pool.fetchval("select exists (select from event where kind = 'MessageAccepted')"))


async def _has_left(stage: Stage, replies: int) -> bool:
    found = await stage.pool.fetchval(
        "select count(*) from event e join message m on m.id = e.message_id"
        " where e.kind = 'MessageAccepted' and m.origin <> 'campaign'"
    )
    return bool(found >= replies)
