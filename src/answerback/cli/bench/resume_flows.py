"""Flows: runs that waited become due at once, and go on through a branch, a tag and a text to their end."""

import time
from typing import Any, Final

from answerback.cli.bench.processor_time import ProcessorTime
from answerback.cli.bench.stage import Stage
from answerback.domain.flows.definition import Branch, Case, Definition, End, Send, SetFields, Wait
from answerback.domain.flows.triggers import Instant
from answerback.storage.flows import insert_flow, next_flow_id, publish_draft
from answerback.storage.pool import create_pool
from answerback.usecases.step_flows import step_due
from answerback.workers.flow_runner import BATCH

ASKED: Final = 2_000
TEMPLATE = """
with template as (
    insert into message_template (name, purpose) values ('Bench', 'informational') returning id
)
insert into message_template_version (template_id, version, default_locale, texts, slots, state)
select id, 1, 'en', '{"en": "Hello {CustomerFirstName|there}, your order is ready."}', '[]', 'approved' from template
returning template_id
"""
RUNS = """
with person as (
    insert into contact (name, language) select 'Customer ' || i, 'en' from generate_series(1, $1) i returning id
), phone as (
    insert into contact_phone (phone, contact_id) select '+1646' || (2000000 + id % 7000000), id from person
    returning phone, contact_id
), agreed as (
    insert into consent_entry (phone, choice, source, words) select phone, 'opt_in', 'form', 'Yes' from phone
)
insert into flow_run (flow_id, version, contact_id, phone, number_id, trigger_key, alone, state, step, resume_at)
select $2, $3, contact_id, phone, $4, 'bench ' || contact_id, false, 'sleeping', 'which', now() + interval '1 hour'
from phone
"""


async def measure_flows(stage: Stage, number_id: int, runs: int) -> dict[str, Any]:
    """One runner's own steps: lines written into the runs' diaries a second."""
    flow_id, version = await _publish(stage, number_id)
    await stage.pool.execute(RUNS, runs, flow_id, version, number_id, timeout=600)
    for table in ("flow_run", "contact", "contact_phone", "consent_entry"):
        await stage.pool.execute(f"vacuum analyze {table}", timeout=600)
    await stage.pool.execute("update flow_run set resume_at = now()", timeout=600)
    async with await create_pool(stage.database_url, smallest=1, largest=1) as pool:
        processor, started = ProcessorTime(stage), time.perf_counter()
        while (await step_due(pool, BATCH)).runs:
            pass
        seconds = time.perf_counter() - started
        used = processor.per_text(runs)
    steps = await stage.pool.fetchval("select count(*) from flow_run_step")
    ended = await stage.pool.fetchval("select count(*) from flow_run where outcome = 'done'")
    texts = await stage.pool.fetchval("select count(*) from message where origin = 'flow' and status = 'queued'")
    return {
        "runs": runs,
        "steps": steps,
        "steps_per_second": round(steps / seconds),
        "runs_per_second": round(runs / seconds),
        "per_run": used,
        "each_run_to_its_end_with_one_text": ended == texts == runs,
        "limit": {"what": f"{ASKED:,} steps a second asked", "per_second": ASKED},
        "ratio_to_limit": round(steps / seconds / ASKED, 2),
    }


async def _publish(stage: Stage, number_id: int) -> tuple[int, int]:
    template_id: int = await stage.pool.fetchval(TEMPLATE)
    user_id: int = await stage.pool.fetchval(
        "insert into app_user (email, name, role) values ('flows@bench.example', 'Flows', 'administrator') returning id"
    )
    definition = Definition(
        Instant(),
        "pause",
        {
            "pause": Wait(seconds=3600, next="which"),
            "which": Branch(cases=[Case("contact.language == 'es'", "done")], otherwise="mark"),
            "mark": SetFields(add_tags=["reminded"], next="text"),
            "text": Send(template_id=template_id, next="done"),
            "done": End(),
        },
    )
    async with stage.pool.acquire() as connection, connection.transaction():
        flow_id = await next_flow_id(connection)
        await insert_flow(connection, flow_id, "Bench", number_id=number_id, draft=definition, secret=b"")
        return flow_id, await publish_draft(connection, flow_id, user_id)
