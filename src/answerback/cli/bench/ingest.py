"""Ingest: signed webhooks over HTTP until they are durable, held against the same statement run natively by pgbench."""

import asyncio
import random
import re
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from answerback.cli.bench.carriers import CARRIERS, Carrier
from answerback.cli.bench.load import Tally, milliseconds, run_at_rate, run_closed
from answerback.cli.bench.stage import Stage, add_account, add_numbers, machine, running, serve_command, set_stage
from answerback.cli.bench.stored import store_texts
from answerback.cli.bench.texts import customer, inbound
from answerback.storage.embedded.account import choose_account
from answerback.storage.embedded.binaries import find_binaries

CONNECTIONS = 64
NATIVE_CLIENTS = 16
CUSTOMERS = 100_000
WARM = 2000
NATIVE = """\
\\set s random(1, 2000000000)
\\set p random(2000000, 2099999)
select * from ingest_texts(array[{account}::bigint], array['N' || :client_id || '-' || :s], array[1::bigint],
  array['+1212' || :p], array['Hello, where is my order? It never came.'], array[1], array['gsm_7'],
  array[null::timestamptz], array[null::jsonb], array[true], array[false]);
"""


async def measure(
    *, seconds: float, stored: int, seed: int, provider: str = "twilio", native: bool = True
) -> dict[str, Any]:
    """Rate at saturation, latency at half of it, the native rate if asked for, and their ratio."""
    carrier = CARRIERS[provider]
    async with set_stage() as stage:
        account = await add_account(stage, "http://127.0.0.1:9", carrier)
        numbers = await add_numbers(stage, account, 1, 100, carrier=carrier)
        if stored:
            await store_texts(stage, account, stored)
        dice = random.Random(seed)
        full, half = await _through_http(stage, account, numbers[0], carrier, seconds=seconds, dice=dice)
        kept: int = await stage.pool.fetchval(
            "select count(*) from message where provider_message_id !~ '^(N[0-9]|OLD)'"
        )
        limit = await asyncio.to_thread(_natively, stage, account, seconds) if native else 0
        answered = WARM + len(full.seconds) + len(half.seconds) - full.failed - half.failed
        return {
            "bench": "ingest",
            "provider": provider,
            "texts_per_second": round(full.rate),
            "at_saturation": milliseconds(full.seconds),
            "at_half_load": {"texts_per_second": round(half.rate), **milliseconds(half.seconds)},
            "answered_2xx": answered,
            "stored_exactly_once": kept == answered,
            "refused": full.failed + half.failed,
            "limit": {"what": f"pgbench, {NATIVE_CLIENTS} clients, the same one-row ingest", "per_second": limit},
            "ratio_to_limit": round(full.rate / limit, 2) if limit else None,
            "stored_before": stored,
            "machine": machine(),
        }


async def _through_http(
    stage: Stage, account: int, number: str, carrier: Carrier, *, seconds: float, dice: random.Random
) -> tuple[Tally, Tally]:
    port = free_port()
    wanted = int(seconds * 12_000)
    requests = [
        inbound(port, account, place, to=number, sender=customer(dice.randrange(CUSTOMERS)), carrier=carrier)
        for place in range(wanted * 3 // 2)
    ]
    command = serve_command(port, "web")
    with running(command, stage.environment, f"http://127.0.0.1:{port}/readyz"):
        await run_closed(port, requests[:WARM], CONNECTIONS, 60)  # plans, caches, connections
        full = await run_closed(port, requests[WARM:wanted], CONNECTIONS, seconds)
        rate = full.rate / 2
        half = await run_at_rate(port, requests[wanted : wanted + int(rate * seconds)], CONNECTIONS, rate)
        return full, half


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _natively(stage: Stage, account: int, seconds: float) -> int:
    """Transactions a second of pgbench, PostgreSQL's own load client in C."""
    pgbench = find_binaries(choose_account()).folder / "pgbench"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "ingest.sql"
        script.write_text(NATIVE.format(account=account))
        command = [str(pgbench), "-n", "-M", "prepared", "-c", str(NATIVE_CLIENTS), "-T", str(int(seconds))]
        done = subprocess.run(
            [*command, "-f", str(script), stage.database_url], capture_output=True, text=True, check=True
        )
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    assert found is not None, done.stdout
    return round(float(found[1]))
