"""`answerback bench crash`: kills the server and PostgreSQL at random points under load, then counts every text.

Customers text in at three providers, agents answer, for as long as the killing goes on; the emulated carriers stay up
and remember.
Bounded, and repeatable by its seed as far as two machines schedule alike.
"""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from answerback.cli.bench.agents import BenchAgent, add_agents
from answerback.cli.bench.carriers import CARRIERS, PROVIDERS, Carrier
from answerback.cli.bench.crash_tally import settle_and_count
from answerback.cli.bench.crash_traffic import Line, Traffic
from answerback.cli.bench.dispatch import declare, start_emulator
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.load import until
from answerback.cli.bench.stage import (
    Stage,
    add_account,
    add_numbers,
    machine,
    serve_command,
    set_stage,
    wait_until_ready,
)

AGENTS = 6
NUMBERS = 3
LIFE_SECONDS = (0.2, 2.5)
WARM_SECONDS = 60.0


@dataclass(slots=True)
class Server:
    """The centre under test: a process group that is killed as a whole."""

    stage: Stage
    port: int
    kills: int = 0
    process: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        command = [sys.executable, *serve_command(self.port, "web,router,dispatcher,clock")]
        self.process = subprocess.Popen(command, env=self.stage.environment, start_new_session=True)

    async def ready(self) -> None:
        await asyncio.to_thread(wait_until_ready, self.process, f"http://127.0.0.1:{self.port}/readyz")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()


@dataclass(frozen=True, slots=True)
class Scene:
    """A running centre with its carriers and crew."""

    stage: Stage
    server: Server
    lines: list[Line]
    crew: list[BenchAgent]
    carrier_port: int


async def measure(*, seed: int, server_kills: int, database_kills: int) -> dict[str, Any]:
    """The tallies; `passed` is true when nothing was lost, doubled or stuck."""
    dice = random.Random(seed)
    started = time.perf_counter()
    async with _scene() as scene:
        traffic = Traffic(scene.server.port, scene.lines, scene.crew, dice=dice)
        async with traffic.flowing():
            await until(lambda: all(traffic.promised_replies.values()), WARM_SECONDS)  # agents write at every provider
            await _kill_at_random(scene, dice, server_kills, database_kills)
        tallies = await settle_and_count(scene.stage, traffic, scene.lines, scene.carrier_port)
    return {
        "bench": "crash",
        "seed": seed,
        "seconds": round(time.perf_counter() - started, 1),
        "server_kills": scene.server.kills,
        "database_kills": database_kills,
        "passed": all(tally.passed for tally in tallies.values()),
        "providers": {name: tally.figures() for name, tally in tallies.items()},
        "machine": machine(),
    }


@contextlib.asynccontextmanager
async def _scene() -> AsyncIterator[Scene]:
    async with set_stage() as stage:
        carrier, port = free_port(), free_port()
        lines = [await _add_line(stage, CARRIERS[name], f"http://127.0.0.1:{carrier}") for name in PROVIDERS]
        await stage.pool.execute("update workstream set auto_accept = true")
        crew = await add_agents(stage, AGENTS)
        server = Server(stage, port)
        with contextlib.ExitStack() as processes:
            start_emulator(processes, stage, carrier)
            server.start()
            processes.callback(server.stop)
            await server.ready()
            for line in lines:
                told = partial(declare, emulator=carrier, account=line.account, centre=port)
                await asyncio.to_thread(told, line.carrier, list(line.numbers))
            yield Scene(stage, server, lines, crew, carrier)


async def _add_line(stage: Stage, carrier: Carrier, url: str) -> Line:
    account = await add_account(stage, url, carrier)
    await add_numbers(stage, account, NUMBERS, 50, carrier=carrier)
    rows = await stage.pool.fetch("select id, address from number where provider_account_id = $1", account)
    return Line(carrier, account, {row["address"]: row["id"] for row in rows})


async def _kill_at_random(scene: Scene, dice: random.Random, server_kills: int, database_kills: int) -> None:
    """Each life is short and of random length; the database dies in some of them, before the server does."""
    with_database = set(dice.sample(range(server_kills), min(database_kills, server_kills)))
    for life in range(server_kills):
        await asyncio.sleep(dice.uniform(*LIFE_SECONDS))
        if life in with_database:
            os.kill(scene.stage.postmaster_pid(), signal.SIGKILL)
            await asyncio.sleep(dice.uniform(*LIFE_SECONDS))
        scene.server.kill()
        scene.server.start()
        await scene.server.ready()
        print(
            f"  killed {life + 1} of {server_kills}" + (" (and PostgreSQL)" if life in with_database else ""),
            file=sys.stderr,
        )
