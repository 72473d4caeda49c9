"""The bench commands: each prints one JSON object with --json, else the same as readable lines."""

import json
from typing import Any, Literal

from cyclopts import App

from answerback.cli.bench import crash as crash_test
from answerback.cli.bench import dispatch as dispatch_bench
from answerback.cli.bench import ingest as ingest_bench
from answerback.cli.bench import routing as routing_bench
from answerback.cli.bench import stream as stream_bench
from answerback.cli.node import run

app = App(name="bench", help="Measure this machine: figure and limit from one run, on a scratch centre.")


@app.command
def ingest(*, seconds: float = 8.0, stored: int = 0, seed: int = 1, json: bool = False) -> None:
    """Webhooks a second with signature check and durable commit, against the same statement run natively."""
    show(run(ingest_bench.measure(seconds=seconds, stored=stored, seed=seed)), json)


@app.command
def routing(
    *, seconds: float = 15.0, agents: int = 200, queues: int = 20, rate: float = 200.0, json: bool = False
) -> None:
    """Text to screen: webhook sent to offer shown, through ingest, routing and the live stream."""
    show(run(routing_bench.measure(seconds=seconds, agents=agents, queues=queues, rate=rate)), json)


@app.command
def dispatch(*, texts: int = 10_000, target: Literal["emulator", "bare"] = "emulator", json: bool = False) -> None:
    """Texts a second to a provider, from the outbox to their last status."""
    show(run(dispatch_bench.measure(texts=texts, target=target)), json)


@app.command
def stream(*, seconds: float = 15.0, agents: int = 1000, rate: float = 100.0, json: bool = False) -> None:
    """Commit to socket on the live stream with many connected agents."""
    show(run(stream_bench.measure(seconds=seconds, agents=agents, rate=rate)), json)


@app.command
def crash(*, seed: int = 1, server_kills: int = 20, database_kills: int = 5, json: bool = False) -> None:
    """Kill server and database under load, then count: nothing lost, nothing doubled, nothing stuck."""
    figures = run(crash_test.measure(seed=seed, server_kills=server_kills, database_kills=database_kills))
    show(figures, json)
    if not figures["passed"]:
        raise SystemExit(1)


def show(figures: dict[str, Any], as_json: bool) -> None:
    """One JSON object, or a line per figure."""
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:>22}  {json.dumps(value) if isinstance(value, dict) else value}")
