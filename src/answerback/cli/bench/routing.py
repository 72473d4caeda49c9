"""Text to screen: from the moment a webhook is sent to the moment the agent's stream shows the offer."""

from typing import Any

from answerback.cli.bench.agents import News, add_agents, listen
from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.load import milliseconds, run_at_rate, until
from answerback.cli.bench.stage import add_account, add_numbers, machine, running, serve_command, set_stage
from answerback.cli.bench.texts import customer, inbound

PATIENCE_SECONDS = 30.0


class _Screens:
    """When each conversation's offer first reached the agent it was made to."""

    def __init__(self) -> None:
        self.shown: dict[int, float] = {}

    def hear(self, agent: int, news: News, now: float) -> None:
        if news.kind == "ConversationOffered" and news.user_id == agent and news.conversation_id is not None:
            self.shown.setdefault(news.conversation_id, now)


async def measure(*, seconds: float, agents: int, queues: int, rate: float) -> dict[str, Any]:
    """`rate` first texts a second from new customers, routed among `agents` connected agents in `queues` queues."""
    async with set_stage() as stage:
        account = await add_account(stage, "http://127.0.0.1:9")
        numbers = await add_numbers(stage, account, queues, 100, queues=queues)
        crew = await add_agents(stage, agents)
        port = free_port()
        texts = int(rate * seconds)
        requests = [inbound(port, account, i, to=numbers[i % queues], sender=customer(i)) for i in range(texts)]
        warm = [inbound(port, account, 10**7 + i, to=numbers[0], sender=customer(5 * 10**6 + i)) for i in range(200)]
        screens = _Screens()
        command = serve_command(port, "web,router,dispatcher,clock")
        with running(command, stage.environment, f"http://127.0.0.1:{port}/readyz"):
            transports = await listen(port, crew, screens.hear, kind="ConversationOffered")
            await run_at_rate(port, warm, 32, rate)
            await until(lambda: len(screens.shown) >= len(warm), PATIENCE_SECONDS)
            tally = await run_at_rate(port, requests, 64, rate)
            await until(lambda: len(screens.shown) >= len(warm) + texts, PATIENCE_SECONDS)
            rows = await stage.pool.fetch(
                "select conversation_id, provider_message_id from message where provider_message_id = any ($1::text[])",
                [f"SM{place:032x}" for place in range(texts)],
            )
            for transport in transports:
                transport.close()
        sent = {f"SM{place:032x}": tally.started + place / rate for place in range(texts)}
        delays = [
            screens.shown[row["conversation_id"]] - sent[row["provider_message_id"]]
            for row in rows
            if row["conversation_id"] in screens.shown
        ]
        return {
            "bench": "routing",
            "texts_per_second": round(tally.rate),
            "agents": agents,
            "queues": queues,
            "texts": texts,
            "offers_shown": len(delays),
            "text_to_screen": milliseconds(delays),
            "webhook_answer": milliseconds(tally.seconds),
            "limit": {"what": "p50 < 25 ms and p99 < 150 ms at 200 texts a second with 200 agents"},
            "machine": machine(),
        }
