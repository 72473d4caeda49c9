"""`answerback bench outage`: three providers under load, one goes down for a while.

Agents write at a steady rate to customers of every provider. While one provider is down its texts wait behind an open
breaker; the others' texts leave as quickly as before; afterwards everything leaves, in order, once.
"""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp

from answerback.cli.bench.agents import add_agents
from answerback.cli.bench.carriers import CARRIERS, PROVIDERS
from answerback.cli.bench.dispatch import declare, start_emulator
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.load import until_true
from answerback.cli.bench.outage_tally import Phases, at_rest, is_held_back, judge
from answerback.cli.bench.stage import Stage, add_account, add_numbers, machine, running, serve_command, set_stage
from answerback.cli.bench.wire_cut import WireCut

NUMBERS = 2
CONVERSATIONS = 12
PARTS_PER_SECOND = 50
QUIET_SECONDS = 15.0
SETTLE_SECONDS = 150.0
OPENING_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Line:
    """An account, and its conversations that an agent holds."""

    provider: str
    account: int
    conversations: list[int]


@dataclass(slots=True)
class Scene:
    """A running centre; `wire` leads to the provider that will be down."""

    stage: Stage
    port: int
    token: str
    lines: list[Line]
    wire: WireCut
    words: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))


async def measure(
    *, provider: str, down_seconds: float, rate: float, quiet_seconds: float = QUIET_SECONDS
) -> dict[str, Any]:
    """`rate` texts a second over all providers. Latency is from a text's place in the queue to the provider's yes. The
    provider is down for `down_seconds`, or longer until its breaker is open."""
    started = time.perf_counter()
    async with _scene(provider) as scene, _writing(scene, rate) as writing:
        await asyncio.sleep(quiet_seconds)
        down = await scene.stage.pool.fetchval("select clock_timestamp()")
        await scene.wire.cut()
        await asyncio.sleep(down_seconds)
        await until_true(partial(is_held_back, scene.stage), OPENING_SECONDS)
        up = await scene.stage.pool.fetchval("select clock_timestamp()")
        await scene.wire.mend()
        await asyncio.sleep(quiet_seconds)
        scene.words = itertools.count(-1, 0)  # nobody writes any more
        await writing

        rested = await until_true(partial(at_rest, scene.stage), SETTLE_SECONDS)
        accounts = {line.provider: line.account for line in scene.lines}
        figures = await judge(scene.stage, Phases(down, up), accounts, down=provider)
    return {
        "bench": "outage",
        "down": provider,
        "down_seconds": down_seconds,
        "texts_per_second": rate,
        "seconds": round(time.perf_counter() - started, 1),
        **figures,
        "passed": rested and figures["passed"],
        "machine": machine(),
    }


@contextlib.asynccontextmanager
async def _scene(provider: str) -> AsyncIterator[Scene]:
    async with set_stage() as stage:
        carrier, port, cut = free_port(), free_port(), free_port()
        wire = WireCut(cut, carrier)
        accounts = {
            name: await add_account(stage, f"http://127.0.0.1:{cut if name == provider else carrier}", CARRIERS[name])
            for name in PROVIDERS
        }
        for name, account in accounts.items():
            await add_numbers(stage, account, NUMBERS, PARTS_PER_SECOND, carrier=CARRIERS[name])
        [agent] = await add_agents(stage, 1)
        lines = [Line(name, account, await _hold(stage, account, agent.id)) for name, account in accounts.items()]
        with contextlib.ExitStack() as processes:
            start_emulator(processes, stage, carrier)
            await wire.mend()
            ready = f"http://127.0.0.1:{port}/readyz"
            processes.enter_context(running(serve_command(port, "web,dispatcher,clock"), stage.environment, ready))
            for line in lines:
                numbers = await stage.pool.fetch(
                    "select address from number where provider_account_id = $1", line.account
                )
                addresses = [row["address"] for row in numbers]
                told = partial(declare, emulator=carrier, account=line.account, centre=port)
                await asyncio.to_thread(told, CARRIERS[line.provider], addresses)
            try:
                yield Scene(stage, port, agent.token, lines, wire)
            finally:
                await wire.cut()


async def _hold(stage: Stage, account: int, agent: int) -> list[int]:
    """Conversations with customers who wrote, over the account's numbers."""
    rows = await stage.pool.fetch(
        """
        with person as (
            insert into contact (name) select 'Customer ' || i from generate_series(1, $3) i returning id
        )
        insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id,
                                  last_inbound_at)
        select n.id, n.workstream_id, w.queue_id, p.id, '+1212' || (2000000 + p.id), 'active', $2, now()
        from (select id, row_number() over (order by id) - 1 as place from person) p
        join (select id, workstream_id, row_number() over (order by id) - 1 as place
              from number where provider_account_id = $1) n on n.place = p.place % $4
        join workstream w on w.id = n.workstream_id
        returning id
        """,
        account,
        agent,
        CONVERSATIONS,
        NUMBERS,
    )
    return [row["id"] for row in rows]


@contextlib.asynccontextmanager
async def _writing(scene: Scene, rate: float) -> AsyncIterator[asyncio.Task[None]]:
    """The agent writes to every provider's customers in turn: until the words end, or the block."""
    headers = {"Authorization": f"Bearer {scene.token}"}
    async with aiohttp.ClientSession(headers=headers) as http:
        task = asyncio.create_task(_write(http, scene, rate))
        try:
            yield task
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _write(http: aiohttp.ClientSession, scene: Scene, rate: float) -> None:
    places = itertools.cycle(_woven([line.conversations for line in scene.lines]))
    while (word := next(scene.words)) > 0:
        url = f"http://127.0.0.1:{scene.port}/api/v1/conversations/{next(places)}/messages"
        async with http.post(url, json={"body": f"Answer {word}"}) as answer:
            if answer.status != 201:
                raise RuntimeError(f"The centre refused a text: {await answer.text()}")
        await asyncio.sleep(1 / rate)


def _woven(lists: Sequence[list[int]]) -> list[int]:
    """One of each in turn."""
    return [item for row in zip(*lists, strict=True) for item in row]
