"""Dispatch: queued texts over many numbers to a provider, until the last one's fate is known."""

import asyncio
import json
import time
import urllib.request
from contextlib import ExitStack
from typing import Any

from answerback.cli.bench.bare import serve_bare
from answerback.cli.bench.carriers import CARRIERS, Carrier
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.stage import (
    Stage,
    add_account,
    add_numbers,
    machine,
    running,
    serve_command,
    set_stage,
)

ENQUEUE = """
with person as (
    insert into contact (name) select 'Customer ' || i from generate_series(1, $1) i returning id
), thread as (
    insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at,
                              close_reason, last_seq)
    select 1 + (id % $2), 1, 1, id, '+1212' || (2000000 + id), 'closed', now(), 'bench', 1 from person
    returning id, number_id
), text as (
    insert into message (conversation_id, seq, kind, origin, provider_account_id, body, parts, encoding,
                         status, status_rank)
    select id, 1, 'outbound', 'api', $3, 'Your order is on its way.', 1, 'gsm_7', 'queued', 0 from thread
    returning id, conversation_id
)
insert into outbox (message_id, number_id, conversation_id, lane, parts, due_at, gate)
select text.id, thread.number_id, thread.id, 2, 1, now() + interval '1 hour', 'bench'
from text join thread on thread.id = text.conversation_id
"""
SECONDS = """
select extract(epoch from max(left_at) - (select at from started)) as left,
       extract(epoch from max(done_at) - (select at from started)) as done
from (select min(at) as left_at, max(at) as done_at from event where message_id is not null group by message_id) text
"""
NUMBERS = 50
PARTS_PER_SECOND = 1000


async def measure(*, texts: int, target: str, provider: str = "twilio") -> dict[str, Any]:
    """`target` emulator: every status callback must come back and be applied; bare: a server that only says yes."""
    carrier_of = CARRIERS[provider]
    async with set_stage() as stage:
        carrier, port = free_port(), free_port()
        account = await add_account(stage, f"http://127.0.0.1:{carrier}", carrier_of)
        numbers = await add_numbers(stage, account, NUMBERS, PARTS_PER_SECOND, carrier=carrier_of)
        await stage.pool.execute(ENQUEUE, texts, NUMBERS, account, timeout=600)
        await stage.pool.execute("vacuum analyze", timeout=600)
        with ExitStack() as processes:
            if target == "emulator":
                start_emulator(processes, stage, carrier)
            else:
                processes.enter_context(serve_bare(carrier, provider))
            processes.enter_context(
                running(serve_command(port, "web,dispatcher"), stage.environment, f"http://127.0.0.1:{port}/readyz")
            )
            if target == "emulator":
                declare(carrier_of, numbers, emulator=carrier, account=account, centre=port)
            done = {"emulator": "delivered", "bare": "accepted"}[target]
            await stage.pool.execute("update outbox set due_at = now()")
            await stage.pool.execute("create table started as select clock_timestamp() as at")
            await stage.pool.execute("select pg_notify('answerback', 'outbox')")
            await _wait(stage, texts, done)
            left, finished = await _seconds(stage)
        return {
            "bench": "dispatch",
            "provider": provider,
            "target": target,
            "texts": texts,
            "numbers": NUMBERS,
            "left_per_second": round(texts / left),
            f"{done}_per_second": round(texts / finished),
            "statuses": await _statuses(stage),
            "limit": {"what": "1,000 a second to the emulator with every callback applied, 4,000 to a bare server"},
            "machine": machine(),
        }


def start_emulator(processes: ExitStack, stage: Stage, port: int) -> None:
    """The emulated carriers, until the stack closes."""
    command = ["-m", "answerback_emulator", "--port", str(port)]
    processes.enter_context(running(command, stage.environment, f"http://127.0.0.1:{port}/emulator/phones"))


def declare(carrier: Carrier, numbers: list[str], *, emulator: int, account: int, centre: int) -> None:
    """Our account and its numbers, to the emulator; `emulator` and `centre` are ports. The centre must be up: Azure
    shakes hands with it."""
    _post(emulator, "/emulator/accounts", carrier.declared(account, centre))
    for number in numbers:
        _post(emulator, "/emulator/numbers", {"account_sid": carrier.sid, "phone_number": number, "type": "toll_free"})


def _post(port: int, path: str, value: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(value).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - loopback
        pass


async def _wait(stage: Stage, texts: int, done: str) -> None:
    """Until the last text is done. Looked at seldom, since every look costs what is measured."""
    deadline = time.perf_counter() + 300
    while time.perf_counter() < deadline:
        statuses = await _statuses(stage)
        if statuses.get(done, 0) + statuses.get("failed", 0) + statuses.get("unclear", 0) >= texts:
            return
        await asyncio.sleep(0.5)


async def _seconds(stage: Stage) -> tuple[float, float]:
    """From the start until the last text had left, and until the last one was done, by the clock of the event log."""
    [(left, done)] = await stage.pool.fetch(SECONDS)
    return float(left), float(done)


async def _statuses(stage: Stage) -> dict[str, int]:
    rows = await stage.pool.fetch("select status, count(*) from message group by status")
    return {row["status"]: row["count"] for row in rows}
