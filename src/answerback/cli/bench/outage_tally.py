"""After an outage: how long texts took before, during and after it, and whether each left once and in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.cli.bench.load import milliseconds, percentile
from answerback.cli.bench.stage import Stage

MOST_RATIO = 2.0
"""Of the others' median latency, during to before."""
SMALLEST_MS = 25.0
"""Below this a ratio says nothing."""
RESTLESS = """
select (select count(*) from outbox)
     + (select count(*) from unclear_send u join message m on m.id = u.message_id
        where m.status = 'unclear' and u.attempts < 3)
     + (select count(*) from breaker)
"""
LATENCIES = """
select m.provider_account_id as account, q.at as queued, extract(epoch from a.at - q.at)::float8 as seconds
from message m
join event q on q.message_id = m.id and q.kind = 'MessageQueued'
join event a on a.message_id = m.id and a.kind = 'MessageAccepted'
"""
# A later text of the conversation was taken by the provider before an earlier one.
DISORDER = """
select count(*) from (
    select a.id, lag(a.id) over (partition by m.conversation_id order by m.seq) as before
    from message m join event a on a.message_id = m.id and a.kind = 'MessageAccepted'
    where m.kind = 'outbound') taken
where taken.before > taken.id
"""
STATUSES = "select status, count(*) from message where kind = 'outbound' and provider_account_id = $1 group by status"
TURNS = "select count(*) from event where kind = $1 and (data ->> 'account_id')::bigint = $2"


@dataclass(frozen=True, slots=True)
class Phases:
    """When the provider went down, and when it came up again; the database's clock."""

    down: datetime
    up: datetime

    def of(self, at: datetime) -> str:
        return "before" if at < self.down else "during" if at < self.up else "after"


async def at_rest(stage: Stage) -> bool:
    return bool(await stage.pool.fetchval(RESTLESS) == 0)


async def is_held_back(stage: Stage) -> bool:
    return bool(await stage.pool.fetchval("select exists (select from breaker)"))


async def judge(stage: Stage, phases: Phases, accounts: dict[str, int], *, down: str) -> dict[str, Any]:
    """Figures of each provider, and `passed`."""
    latencies: dict[tuple[int, str], list[float]] = {}
    for row in await stage.pool.fetch(LATENCIES):
        latencies.setdefault((row["account"], phases.of(row["queued"])), []).append(row["seconds"])
    providers: dict[str, dict[str, Any]] = {}
    for name, account in accounts.items():
        statuses = {row["status"]: row["count"] for row in await stage.pool.fetch(STATUSES, account)}
        providers[name] = {
            **{phase: milliseconds(latencies.get((account, phase), [])) for phase in ("before", "during", "after")},
            "ratio": _ratio(latencies.get((account, "before"), []), latencies.get((account, "during"), [])),
            "statuses": statuses,
        }
    opened = await stage.pool.fetchval(TURNS, "BreakerOpened", accounts[down])
    closed = await stage.pool.fetchval(TURNS, "BreakerClosed", accounts[down])
    elsewhere = [
        await stage.pool.fetchval(TURNS, "BreakerOpened", account) for name, account in accounts.items() if name != down
    ]
    disorder = await stage.pool.fetchval(DISORDER)
    lost = sum(
        count
        for figures in providers.values()
        for status, count in figures["statuses"].items()
        if status in ("queued", "sending", "failed")
    )
    others = [figures["ratio"] for name, figures in providers.items() if name != down]
    return {
        "providers": providers,
        "breaker_opened": opened,
        "breaker_closed": closed,
        "breakers_elsewhere": sum(elsewhere),
        "out_of_order": disorder,
        "not_sent": lost,
        "shown_unclear": sum(figures["statuses"].get("unclear", 0) for figures in providers.values()),
        "limit": {"what": "the others' median latency at most doubles, or stays below 25 ms", "ratio": MOST_RATIO},
        "moved": max(others),
        "passed": opened > 0 and closed == opened and disorder == 0 and lost == 0 and not sum(elsewhere)
        and max(others) <= MOST_RATIO,
    }  # fmt: skip


def _ratio(before: list[float], during: list[float]) -> float:
    """Of the medians; at most 1 where both are too short to tell."""
    first, second = percentile(before, 0.5) * 1000, percentile(during, 0.5) * 1000
    return round(second / max(first, SMALLEST_MS), 2)
