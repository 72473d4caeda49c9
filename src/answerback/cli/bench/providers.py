"""What a provider costs: ingest and dispatch for each of them in one run, in turn, as ratios to Twilio.

In turn, so that a machine that is busy for a while is busy for all of them; the median of the rounds counts.
"""

import statistics
from typing import Any

from answerback.cli.bench import dispatch, ingest
from answerback.cli.bench.carriers import PROVIDERS
from answerback.cli.bench.stage import machine

LEAST_RATIO = 0.85
FIRST = PROVIDERS[0]


async def measure(*, rounds: int, seconds: float, texts: int, target: str) -> dict[str, Any]:
    """`passed` is true when no provider is more than 15 % slower than Twilio."""
    taken: dict[str, list[float]] = {name: [] for name in PROVIDERS}
    sent: dict[str, list[float]] = {name: [] for name in PROVIDERS}
    for place in range(rounds):
        for name in PROVIDERS:
            came = await ingest.measure(seconds=seconds, stored=0, seed=place + 1, provider=name, native=False)
            went = await dispatch.measure(texts=texts, target=target, provider=name)
            taken[name].append(came["texts_per_second"])
            sent[name].append(went["left_per_second"])
    figures = {
        name: {
            "ingest_per_second": statistics.median(taken[name]),
            "ingest_ratio": _ratio(taken, name),
            "dispatch_per_second": statistics.median(sent[name]),
            "dispatch_ratio": _ratio(sent, name),
        }
        for name in PROVIDERS
    }
    ratios = [figure[ratio] for figure in figures.values() for ratio in ("ingest_ratio", "dispatch_ratio")]
    return {
        "bench": "providers",
        "rounds": rounds,
        "target": target,
        "providers": figures,
        "limit": {"what": "no provider more than 15 % below Twilio in the same run", "ratio": LEAST_RATIO},
        "passed": min(ratios) >= LEAST_RATIO,
        "machine": machine(),
    }


def _ratio(figures: dict[str, list[float]], name: str) -> float:
    return round(statistics.median(figures[name]) / statistics.median(figures[FIRST]), 2)
