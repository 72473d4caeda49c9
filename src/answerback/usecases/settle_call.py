"""What becomes of a run once the system it called has answered, or has not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from answerback.domain.flows.definition import Call
from answerback.domain.webhooks.calls import is_taken, wait_after
from answerback.storage.connection import Pool
from answerback.storage.flow_runs import Line, Run, lock_runs, save_runs
from answerback.storage.wakeups import notify
from answerback.usecases.step_flows import OutsideCall

MOST_KEPT = 20_000
"""Characters of an answer that a run keeps."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; without a status nothing was, and `problem` says why."""

    status: int | None
    body: bytes = b""
    problem: str = ""


async def settle_call(pool: Pool, call: OutsideCall, answer: Answer, *, jitter: float) -> None:
    """An answer leads on; without one the same call is made again for most of a day, then the step has failed."""
    async with pool.acquire() as connection, connection.transaction():
        runs = [run for run in await lock_runs(connection, [call.run_id], "calling") if run.tries == call.tries]
        if not runs:
            return  # it was ended meanwhile, or made again after a crash
        (run,) = runs
        line = hear_answer(run, call.asked.step, answer, jitter=jitter, now=datetime.now(UTC))
        await save_runs(connection, runs, [line])
        await notify(connection, "flow")


def hear_answer(run: Run, step: Call, answer: Answer, *, jitter: float, now: datetime) -> Line:
    """The run goes on where the answer leads, or waits to ask again; gives the line for its diary."""
    status = answer.status
    taken = status is not None and is_taken(status)
    said = f"answered {status}" if status is not None else answer.problem
    run.places += 1
    line = Line(run.id, run.places, run.step or "", "answer", said)
    wait = wait_after(run.tries, jitter=jitter)
    settled = taken or (status is not None and 400 <= status < 500)
    if not settled and wait is not None:
        run.resume_at = now + wait
        return line
    if settled:
        run.facts = {**run.facts, step.save_as: {"status": status, "body": _read(answer.body)}}
    run.state, run.step, run.resume_at = "ready", step.next if taken else step.failed, now
    if not taken and step.failed is None:
        run.state, run.resume_at, run.outcome, run.problem = "ended", None, "failed", f"{step.url}: {said}"
    return line


def _read(body: bytes) -> Any:
    """JSON as it is, else the text."""
    if len(body) > MOST_KEPT:
        return None
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body.decode("utf-8", "replace")
