"""Dispatch: queued texts over many numbers to a provider, until the last one's fate is known."""

import asyncio
import json
import time
import urllib.request
from contextlib import ExitStack
from typing import Any

from answerback.cli.bench.bare import serve_bare
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.stage import (
    ACCOUNT_SID,
    AUTH_TOKEN,
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
insert into outbox (message_id, number_id, conversation_id, lane, parts, due_at)
select text.id, thread.number_id, thread.id, 2, 1, now() + interval '1 hour'
from text join thread on thread.id = text.conversation_id
"""
NUMBERS = 50
PARTS_PER_SECOND = 1000


async def measure(*, texts: int, target: str) -> dict[str, Any]:
    """`target` emulator: every status callback must come back and be applied; bare: a server that only says yes."""
    async with set_stage() as stage:
        carrier, port = free_port(), free_port()
        account = await add_account(stage, f"http://127.0.0.1:{carrier}")
        numbers = await add_numbers(stage, account, NUMBERS, PARTS_PER_SECOND)
        await stage.pool.execute(ENQUEUE, texts, NUMBERS, account, timeout=600)
        await stage.pool.execute("vacuum analyze", timeout=600)
        with ExitStack() as processes:
            if target == "emulator":
                start_emulator(processes, stage, carrier, numbers)
            else:
                processes.enter_context(serve_bare(carrier))
            processes.enter_context(
                running(serve_command(port, "web,dispatcher"), stage.environment, f"http://127.0.0.1:{port}/readyz")
            )
            done = {"emulator": "delivered", "bare": "accepted"}[target]
            started = time.perf_counter()
            await stage.pool.execute("update outbox set due_at = now()")
            await stage.pool.execute("select pg_notify('answerback', 'outbox')")
            left, finished = await _wait(stage, texts, done)
        return {
            "bench": "dispatch",
            "target": target,
            "texts": texts,
            "numbers": NUMBERS,
            "left_per_second": round(texts / (left - started)),
            f"{done}_per_second": round(texts / (finished - started)),
            "statuses": await _statuses(stage),
            "limit": {"what": "1,000 a second to the emulator with every callback applied, 4,000 to a bare server"},
            "machine": machine(),
        }


def start_emulator(processes: ExitStack, stage: Stage, port: int, numbers: list[str]) -> None:
    """The emulated carrier, holding our account and numbers, until the stack closes."""
    command = ["-m", "answerback_emulator", "--port", str(port)]
    processes.enter_context(running(command, stage.environment, f"http://127.0.0.1:{port}/emulator/phones"))
    _post(port, "/emulator/accounts", {"sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN})
    for number in numbers:
        _post(port, "/emulator/numbers", {"account_sid": ACCOUNT_SID, "phone_number": number, "type": "toll_free"})


def _post(port: int, path: str, value: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(value).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - loopback
        pass


async def _wait(stage: Stage, texts: int, done: str) -> tuple[float, float]:
    """When the last text had left, and when the last one was done."""
    left = 0.0
    deadline = time.perf_counter() + 300
    while time.perf_counter() < deadline:
        statuses = await _statuses(stage)
        now = time.perf_counter()
        waiting = statuses.get("queued", 0) + statuses.get("sending", 0)
        left = left or (now if waiting == 0 else 0.0)
        if statuses.get(done, 0) + statuses.get("failed", 0) + statuses.get("unclear", 0) >= texts:
            return left, now
        await asyncio.sleep(0.1)
    return left or deadline, deadline


async def _statuses(stage: Stage) -> dict[str, int]:
    rows = await stage.pool.fetch("select status, count(*) from message group by status")
    return {row["status"]: row["count"] for row in rows}
