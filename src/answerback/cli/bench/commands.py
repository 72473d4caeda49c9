"""The bench commands: each prints one JSON object with --json, else the same as readable lines."""

import json
from typing import Any, Literal

from cyclopts import App

from answerback.cli.bench import campaign as campaign_bench
from answerback.cli.bench import crash as crash_test
from answerback.cli.bench import dispatch as dispatch_bench
from answerback.cli.bench import ingest as ingest_bench
from answerback.cli.bench import outage as outage_bench
from answerback.cli.bench import providers as providers_bench
from answerback.cli.bench import routing as routing_bench
from answerback.cli.bench import stream as stream_bench
from answerback.cli.bench.carriers import ProviderName
from answerback.cli.node import run

app = App(name="bench", help="Measure this machine: figure and limit from one run, on a scratch centre.")


@app.command
def ingest(
    *, seconds: float = 8.0, stored: int = 0, seed: int = 1, provider: ProviderName = "twilio", json: bool = False
) -> None:
    """Webhooks a second with signature check and durable commit, against the same statement run natively."""
    show(run(ingest_bench.measure(seconds=seconds, stored=stored, seed=seed, provider=provider)), json)


@app.command
def routing(
    *, seconds: float = 15.0, agents: int = 200, queues: int = 20, rate: float = 200.0, json: bool = False
) -> None:
    """Text to screen: webhook sent to offer shown, through ingest, routing and the live stream."""
    show(run(routing_bench.measure(seconds=seconds, agents=agents, queues=queues, rate=rate)), json)


@app.command
def dispatch(
    *,
    texts: int = 10_000,
    target: Literal["emulator", "bare"] = "emulator",
    provider: ProviderName = "twilio",
    json: bool = False,
) -> None:
    """Texts a second to a provider, from the outbox to their last status."""
    show(run(dispatch_bench.measure(texts=texts, target=target, provider=provider)), json)


@app.command
def providers(
    *,
    rounds: int = 3,
    seconds: float = 4.0,
    texts: int = 20_000,
    target: Literal["emulator", "bare"] = "bare",
    json: bool = False,
) -> None:
    """Ingest and dispatch for every provider in one run, as ratios to Twilio."""
    _show_judged(run(providers_bench.measure(rounds=rounds, seconds=seconds, texts=texts, target=target)), json)


@app.command
def stream(*, seconds: float = 15.0, agents: int = 1000, rate: float = 100.0, json: bool = False) -> None:
    """Commit to socket on the live stream with many connected agents."""
    show(run(stream_bench.measure(seconds=seconds, agents=agents, rate=rate)), json)


@app.command
def crash(*, seed: int = 1, server_kills: int = 20, database_kills: int = 5, json: bool = False) -> None:
    """Kill server and database under load, then count: nothing lost, nothing doubled, nothing stuck."""
    figures = run(crash_test.measure(seed=seed, server_kills=server_kills, database_kills=database_kills))
    _show_judged(figures, json)


@app.command
def outage(
    *, provider: ProviderName = "twilio", down_seconds: float = 300.0, rate: float = 20.0, json: bool = False
) -> None:
    """One provider goes down under load: the others do not notice, and all that waited leaves afterwards, in order."""
    figures = run(outage_bench.measure(provider=provider, down_seconds=down_seconds, rate=rate))
    _show_judged(figures, json)


@app.command
def campaign(
    parts: tuple[str, ...] = campaign_bench.PARTS,
    /,
    *,
    recipients: int = 1_000_000,
    texts: int = 200_000,
    runs: int = 100_000,
    seconds: float = 40.0,
    json: bool = False,
) -> None:
    """A list from a file, its preview, texts into the outbox, flows that become due at once, replies that overtake."""
    sizes = {"recipients": recipients, "texts": texts, "runs": runs}
    show(run(campaign_bench.measure(**sizes, seconds=seconds, parts=parts)), json)


def _show_judged(figures: dict[str, Any], as_json: bool) -> None:
    show(figures, as_json)
    if not figures["passed"]:
        raise SystemExit(1)


def show(figures: dict[str, Any], as_json: bool) -> None:
    """One JSON object, or a line per figure."""
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:>22}  {json.dumps(value) if isinstance(value, dict) else value}")
