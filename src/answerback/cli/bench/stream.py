"""Live stream: many connected agents, events each to its own agent, from commit to the agent's socket."""

import asyncio
import time
from typing import Any

from answerback.cli.bench.agents import News, add_agents, listen
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.load import milliseconds, until
from answerback.cli.bench.stage import add_account, add_numbers, machine, running, serve_command, set_stage

PUBLISH = """
with said as (
    insert into event (kind, user_id, data) values ('PresenceChanged', $1, jsonb_build_object('place', $2::int))
)
select pg_notify('answerback', 'event')
"""


async def measure(*, seconds: float, agents: int, rate: float) -> dict[str, Any]:
    """`rate` events a second in all, each about one agent in turn and heard by that agent."""
    async with set_stage() as stage:
        account = await add_account(stage, "http://127.0.0.1:9")
        await add_numbers(stage, account, 1, 100)
        crew = await add_agents(stage, agents)
        # Each agent alone in the dark: an event about one is that one's only.
        await stage.pool.execute("delete from queue_member")
        port = free_port()
        heard: dict[int, float] = {}

        def hear(agent: int, news: News, now: float) -> None:
            place = news.data.get("place")
            if news.kind == "PresenceChanged" and news.user_id == agent and isinstance(place, int):
                heard.setdefault(place, now)

        with running(serve_command(port, "web"), stage.environment, f"http://127.0.0.1:{port}/readyz"):
            transports = await listen(port, crew, hear, kind="PresenceChanged")
            committed: dict[int, float] = {}
            started = time.perf_counter()
            for place in range(int(rate * seconds)):
                pause = started + place / rate - time.perf_counter()
                if pause > 0:
                    await asyncio.sleep(pause)
                await stage.pool.execute(PUBLISH, crew[place % agents].id, place)
                committed[place] = time.perf_counter()
            await until(lambda: len(heard) >= len(committed), 10)
            for transport in transports:
                transport.close()
        delays = [max(heard[place] - committed[place], 0.0) for place in heard]
        return {
            "bench": "stream",
            "agents": agents,
            "events_per_second": rate,
            "events": len(committed),
            "heard": len(heard),
            "commit_to_socket": milliseconds(delays),
            "limit": {"what": "p99 < 250 ms with 1,000 agents and 100 events a second"},
            "machine": machine(),
        }
