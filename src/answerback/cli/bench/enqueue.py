"""Enqueue: texts of a campaign through the send gate into threads and outbox.

In three connections, so that neither side waits for the other.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

from answerback.cli.bench.processor_time import ProcessorTime
from answerback.cli.bench.stage import Stage
from answerback.cli.bench.texts import customer
from answerback.domain.sending.gate import About, Purpose
from answerback.storage.pool import create_pool
from answerback.usecases.drafts import Draft
from answerback.usecases.queue_texts import queue_texts

BATCH: Final = 2_000
CONNECTIONS: Final = 3
WARM: Final = 4_000
ASKED: Final = 20_000
AGREE = """
insert into consent_entry (phone, choice, source, words)
select phone, 'opt_in', 'form', 'Yes' from unnest($1::text[]) as p (phone)
"""


async def measure_enqueue(stage: Stage, number_id: int, texts: int) -> dict[str, Any]:
    """Twice to the same customers, who have agreed: first nobody knows them yet, then each has a thread."""
    people = [customer(place) for place in range(texts + WARM)]
    await stage.pool.execute(AGREE, people, timeout=600)
    for table in ("number", "workstream", "consent_entry"):
        await stage.pool.execute(f"vacuum analyze {table}")
    async with await create_pool(stage.database_url, smallest=CONNECTIONS, largest=CONNECTIONS, plan_once=True) as pool:

        async def send(phones: Sequence[str], subject: str) -> dict[str, Any]:
            waiting = [phones[at : at + BATCH] for at in range(0, len(phones), BATCH)]

            async def work() -> None:
                while waiting:
                    batch = [(phone, _draft(phone, subject)) for phone in waiting.pop(0)]
                    async with pool.acquire() as connection, connection.transaction():
                        await queue_texts(connection, number_id, batch, keep_deferred=False)

            processor, started = ProcessorTime(stage), time.perf_counter()
            await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
            seconds = time.perf_counter() - started
            return {"per_second": round(len(phones) / seconds), **processor.per_text(len(phones))}

        await send(people[texts:], "campaign 1")
        strangers = await send(people[:texts], "campaign 1")
        known = await send(people[:texts], "campaign 2")
    queued = await stage.pool.fetchval("select count(*) from outbox where state = 'queued'")
    return {
        "texts": texts,
        "to_strangers": strangers,
        "to_known": known,
        "queued": queued == 2 * texts + WARM,
        "limit": {"what": f"{ASKED:,} a second asked on two idle cores", "per_second": ASKED},
        "ratio_to_limit": round(strangers["per_second"] / ASKED, 2),
    }


def _draft(phone: str, subject: str) -> Draft:
    body = f"Hello {phone[-4:]}, your order is ready. Come by until Friday."
    return Draft(body, Purpose.PROACTIVE, "campaign", about=About.INFORMATIONAL, subject=subject)
