"""`answerback bench campaign`: what a big campaign costs, and what it costs the others. Each part on a fresh centre."""

from typing import Any

from answerback.cli.bench.audience import measure_import
from answerback.cli.bench.enqueue import measure_enqueue
from answerback.cli.bench.overtaking import measure_overtaking
from answerback.cli.bench.preview import measure_preview
from answerback.cli.bench.resume_flows import measure_flows
from answerback.cli.bench.stage import add_account, add_numbers, machine, set_stage
from answerback.cli.node import collect_rarely

PARTS = ("import", "preview", "enqueue", "flows", "replies")


async def measure(
    *, recipients: int, texts: int, runs: int, seconds: float, parts: tuple[str, ...] = PARTS
) -> dict[str, Any]:
    """Only the `parts` that are named."""
    figures: dict[str, Any] = {"bench": "campaign"}
    collect_rarely()  # as the product's own processes
    for part in parts:
        async with set_stage() as stage:
            account = await add_account(stage, "http://127.0.0.1:9")
            [address] = await add_numbers(stage, account, 1, 1000)
            number_id: int = await stage.pool.fetchval("select id from number")
            await stage.pool.execute("update sending_rules set courtesy_hours = false")  # at whatever hour it is run
            match part:
                case "import":
                    figures[part] = await measure_import(stage, number_id, recipients)
                case "preview":
                    figures[part] = await measure_preview(stage, number_id, recipients)
                case "enqueue":
                    figures[part] = await measure_enqueue(stage, number_id, texts)
                case "flows":
                    figures[part] = await measure_flows(stage, number_id, runs)
                case "replies":
                    figures[part] = await measure_overtaking(stage, account, (number_id, address), seconds)
                case _:
                    raise ValueError(f"There is no part {part}: choose from {', '.join(PARTS)}.")
    return {**figures, "machine": machine()}
