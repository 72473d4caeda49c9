"""Tries a flow on the real engine, real templates and the real send gate, with a clock that jumps; then takes all back.

It runs in a transaction that is rolled back: nothing is sent, changed or called. The gate judges by now.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from answerback.domain.flows.definition import Call, Definition
from answerback.storage.connection import Connection, Pool
from answerback.storage.consent import NewEntry, add_entries
from answerback.storage.contacts import contact_of, get_contacts
from answerback.storage.flow_runs import Beginning, Line, Run, begin_runs, lock_runs, save_runs
from answerback.storage.flows import insert_flow, next_flow_id, publish_draft
from answerback.storage.numbers import get_number
from answerback.storage.views.messages import messages_by_id
from answerback.usecases.flow_settings import field_of, find_problems
from answerback.usecases.hear_for_flows import hear_reply
from answerback.usecases.refusals import FieldProblem, Invalid, invalid
from answerback.usecases.settle_call import Answer, hear_answer
from answerback.usecases.step_flows import step_runs

MOST_TURNS = 300
SAMPLE_PHONE = "+12025550199"
TRIAL = "trial"
MADE_UP = "A made-up customer, who agreed to everything"


class GivenAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the next call is answered; None: nothing answers."""

    status: Annotated[int, Meta(ge=200, le=599)] | None = 200
    body: Any = None


class FlowTrial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A flow to try, on a contact or a made-up one. `replies` in order, null for silence; `facts` are the trigger's."""

    draft: Definition
    number_id: Annotated[int, Meta(ge=1, le=2**53)]
    contact_id: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    facts: Annotated[dict[str, Any], Meta(max_length=100)] = {}
    replies: Annotated[list[Annotated[str, Meta(max_length=1600)] | None], Meta(max_length=50)] = []
    answers: Annotated[list[GivenAnswer], Meta(max_length=50)] = []


class FlowTrialLine(msgspec.Struct, frozen=True):
    """One line of the diary; `text` is what the phone shows, ours or the customer's."""

    at: datetime
    step: str
    kind: str
    what: str
    text: str | None = None


class FlowTrialResult(msgspec.Struct, frozen=True):
    """`state` is listening where it waits for a reply that was not given, else ended."""

    lines: list[FlowTrialLine]
    state: str
    step: str | None
    outcome: str | None
    problem: str


class _TakenBack(Exception):  # noqa: N818 - how a transaction is undone
    """Ends the transaction of a trial."""


@dataclass(slots=True)
class _Stage:
    connection: Connection
    trial: FlowTrial
    run: Run
    clock: datetime
    replies: list[str | None]
    answers: list[GivenAnswer]
    spoken: dict[int, str]
    moments: dict[int, datetime]


async def simulate_flow(pool: Pool, trial: FlowTrial, actor_id: int) -> FlowTrialResult | Invalid:
    """From its beginning until it ends, or waits for a reply that was not given."""
    result: FlowTrialResult | Invalid | None = None
    async with pool.acquire() as connection:
        try:
            async with connection.transaction():
                result = await _try(connection, trial, actor_id)
                raise _TakenBack
        except _TakenBack:
            pass
    assert result is not None
    return result


async def _try(connection: Connection, trial: FlowTrial, actor_id: int) -> FlowTrialResult | Invalid:
    if await get_number(connection, trial.number_id) is None:
        return invalid("number_id", "is not a number", "Choose one from GET /api/v1/numbers.")
    problems = await find_problems(connection, trial.draft)
    if problems:
        return Invalid(tuple(FieldProblem(field_of(one), one.problem, one.way_out) for one in problems))
    run = await _begin(connection, trial, actor_id)
    if run is None:
        return invalid("contact_id", "is not a contact with a phone", "Choose another, or leave it out.")
    stage = _Stage(connection, trial, run, datetime.now(UTC), [*trial.replies], [*trial.answers], {}, {})
    for _ in range(MOST_TURNS):
        if not await _turn(stage):
            break
    return await _tell(stage)


async def _begin(connection: Connection, trial: FlowTrial, actor_id: int) -> Run | None:
    flow_id = await next_flow_id(connection)
    name = f"trial {secrets.token_hex(8)}"
    await insert_flow(connection, flow_id, name, number_id=trial.number_id, draft=trial.draft, secret=b"")
    version = await publish_draft(connection, flow_id, actor_id)
    contact_id = trial.contact_id or await contact_of(connection, SAMPLE_PHONE)
    if trial.contact_id is None:
        await add_entries(connection, [NewEntry(SAMPLE_PHONE, None, "opt_in", "agent", MADE_UP)])
    contact = (await get_contacts(connection, [contact_id])).get(contact_id)
    if contact is None or not contact.phones:
        return None
    first, facts = trial.draft.first, {"trigger": trial.facts}
    beginning = Beginning(
        flow_id, version, contact_id, contact.phones[0], trial.number_id, "trial", alone=False, first=first, facts=facts
    )
    (run_id,) = await begin_runs(connection, [beginning])
    (run,) = await lock_runs(connection, [run_id], "ready")
    return run


async def _turn(stage: _Stage) -> bool:
    """One move of the run; whether there is another."""
    run = stage.run
    before = run.places
    if run.state == "listening":
        if not stage.replies:
            return False
        await _reply(stage)
    else:
        calls = await step_runs(stage.connection, [run], stage.clock, lot=TRIAL)
        for call in calls:
            await _answer(stage, call.asked.step)
    stage.moments.update(dict.fromkeys(range(before + 1, run.places + 1), stage.clock))
    if run.state in ("sleeping", "calling") and run.resume_at is not None:
        stage.clock = max(stage.clock, run.resume_at)
    return run.state != "ended"


async def _reply(stage: _Stage) -> None:
    run, text = stage.run, stage.replies.pop(0)
    if text is None:  # the customer stays silent until the time is over
        assert run.resume_at is not None
        stage.clock = run.resume_at
        await step_runs(stage.connection, [run], stage.clock, lot=TRIAL)
        return
    contact = (await get_contacts(stage.connection, [run.contact_id]))[run.contact_id]
    line = hear_reply(run, stage.trial.draft, contact, text, message_id=None)
    stage.spoken[line.place] = text
    await save_runs(stage.connection, [run], [line])


async def _answer(stage: _Stage, step: Call) -> None:
    given = stage.answers.pop(0) if stage.answers else GivenAnswer()
    answer = Answer(given.status, msgspec.json.encode(given.body), "nothing answered")
    line = hear_answer(stage.run, step, answer, jitter=1.0, now=stage.clock)
    await save_runs(stage.connection, [stage.run], [line])


async def _tell(stage: _Stage) -> FlowTrialResult:
    rows = await stage.connection.fetch(
        "select place, step, kind, what, message_id from flow_run_step where run_id = $1 order by place", stage.run.id
    )
    lines = [Line(stage.run.id, **row) for row in rows]
    texts = await _texts_of(stage.connection, lines)
    told = [
        FlowTrialLine(
            stage.moments.get(line.place, stage.clock),
            line.step,
            line.kind,
            line.what,
            stage.spoken.get(line.place) or texts.get(line.message_id or 0),
        )
        for line in lines
    ]
    run = stage.run
    return FlowTrialResult(told, run.state, run.step, run.outcome, run.problem)


async def _texts_of(connection: Connection, lines: Sequence[Line]) -> dict[int, str]:
    messages = await messages_by_id(connection, [line.message_id for line in lines if line.message_id is not None])
    return {message_id: message.body for message_id, message in messages.items()}
